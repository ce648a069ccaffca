import type { Settings } from '../contract/settings.js';

const ID = 'labels';
const FILE = 'content.js';

let turn: Promise<unknown> = Promise.resolve();

/** Sees to it that the content script runs where the reader wants labels unasked and the browser still allows it. One after the other. */
export function register(settings: Settings): Promise<void> {
  const next = turn.then(() => reconcile(settings));
  turn = next.catch(() => undefined);
  return next;
}

async function reconcile(settings: Settings): Promise<void> {
  const matches = settings.isPaused ? [] : await held(settings.sites);
  const [before] = await chrome.scripting.getRegisteredContentScripts({ ids: [ID] });
  if (matches.length === 0) {
    if (before !== undefined)
      await chrome.scripting.unregisterContentScripts({ ids: [ID] });
    return;
  }
  const excludeMatches = [...settings.denied];
  if (before !== undefined && isSame(before.matches, matches) && isSame(before.excludeMatches, excludeMatches))
    return;
  const script: chrome.scripting.RegisteredContentScript = {
    id: ID, js: [FILE], matches, excludeMatches, allFrames: true, matchOriginAsFallback: true, runAt: 'document_start', persistAcrossSessions: true,
  };
  await (before === undefined ? chrome.scripting.registerContentScripts([script]) : chrome.scripting.updateContentScripts([script]));
  await injectIntoOpen(matches, excludeMatches, settings.inPrivate);
}

/** Of the sites on which labels are wanted, those that the browser lets us see. */
async function held(sites: readonly string[]): Promise<string[]> {
  const isHeld = await Promise.all(sites.map((site) => chrome.permissions.contains({ origins: [site] })));
  return sites.filter((_, index) => isHeld[index]);
}

/** Pages that were there before; the script begins once only, however often it is put in. */
async function injectIntoOpen(matches: string[], denied: string[], inPrivate: boolean): Promise<void> {
  const [tabs, without] = await Promise.all([chrome.tabs.query({ url: matches }), denied.length > 0 ? chrome.tabs.query({ url: denied }) : []]);
  const isDenied = new Set(without.map(({ id }) => id));
  await Promise.all(tabs.filter((tab) => tab.id !== undefined && !tab.discarded && !isDenied.has(tab.id) && (inPrivate || !tab.incognito)).map((tab) => inject(tab.id!)));
}

/** Puts the content script into a tab's frames, as far as we may see them. Whether that was possible. */
export async function inject(tabId: number): Promise<boolean> {
  try {
    await chrome.scripting.executeScript({ target: { tabId, allFrames: true }, files: [FILE], injectImmediately: true });
    return true;
  }
  catch {
    // A page of the browser's own, a store, or one that went away.
    return false;
  }
}

function isSame(one: readonly string[] | undefined, other: readonly string[]): boolean {
  return [...(one ?? [])].sort().join(' ') === [...other].sort().join(' ');
}
