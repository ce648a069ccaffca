import type { Settings } from '../../contract/settings.js';
import { matchesSite } from '../../sites.js';
import type { WatchedTab } from './watched.js';

/**
 * Whether our script is in the tab. `no-tab`: there is none. `closed`: no extension may look at it. `not-opened`: this extension may not yet,
 * and may once its button is pressed there.
 */
export type Looking = 'beginning' | 'there' | 'no-tab' | 'closed' | 'not-opened' | 'denied' | 'paused';

/** Puts our script into the tab, which tells of its media and asks nobody for anything. It begins once only, however often it is put in. */
export async function look(tab: WatchedTab | null, settings: Settings): Promise<Looking> {
  if (tab === null)
    return 'no-tab';
  if (settings.isPaused)
    return 'paused';
  const { url } = tab;
  if (url !== null && settings.denied.some(site => matchesSite(site, url)))
    return 'denied';
  if (url !== null && !/^(https?|file|ftp|blob|data|about):/.test(url))
    return 'closed';
  try {
    await chrome.scripting.executeScript({ target: { tabId: tab.id, allFrames: true }, files: ['content.js'], injectImmediately: true });
    return 'there';
  }
  catch {
    return url === null ? 'not-opened' : 'closed';
  }
}
