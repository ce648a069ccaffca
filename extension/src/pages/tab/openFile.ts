import type { Entry } from '../../contract/media.js';
import { keyOf } from './order.js';

/** The page that shows the very bytes that were checked, apart from everything a page may lay over them (attacks.md K15). */
export function fileAddress(tab: number, entry: Pick<Entry, 'frame' | 'id'>, other?: Pick<Entry, 'frame' | 'id'>): string {
  const query = new URLSearchParams({ tab: String(tab), frame: String(entry.frame), id: String(entry.id), ...other && { with: keyOf(other) } });
  return `file.html?${query}`;
}

export async function openFile(tab: number, entry: Pick<Entry, 'frame' | 'id'>, other?: Pick<Entry, 'frame' | 'id'>): Promise<void> {
  await chrome.tabs.create({ url: chrome.runtime.getURL(fileAddress(tab, entry, other)) });
}
