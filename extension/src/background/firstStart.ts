import { packedLists, readSettings } from '../settings.js';

/** Asks about trust lists once, where none came with the extension: without one, no issuer is known. */
export async function askAboutLists(): Promise<void> {
  const [{ wasAsked, lists }, packed] = await Promise.all([readSettings(), packedLists()]);
  if (!wasAsked && lists.length === 0 && packed.length === 0)
    await chrome.tabs.create({ url: chrome.runtime.getURL('options.html?first') });
}
