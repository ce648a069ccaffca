import { filePage } from '../../contract/pages.js';
import type { Entry } from '../../contract/media.js';

/** Opens the page that shows the very bytes that were checked, apart from everything a page may lay over them (attacks.md K15). */
export async function openFile(tab: number, entry: Pick<Entry, 'frame' | 'id'>, other: Pick<Entry, 'frame' | 'id'> | null = null): Promise<void> {
  const place = ({ frame, id }: Pick<Entry, 'frame' | 'id'>) => ({ tab, frame, id });
  await chrome.tabs.create({ url: chrome.runtime.getURL(filePage(place(entry), other && place(other))) });
}
