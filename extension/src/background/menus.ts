import { filePage, helpPage, linkKey, linkPage, type Place } from '../contract/pages.js';
import { siteOf } from '../sites.js';
import type { Words } from '../words/words.js';
import type { EngineAccess } from './engine.js';
import { inject } from './registration.js';

type Contexts = NonNullable<chrome.contextMenus.CreateProperties['contexts']>;

const ANYTHING: Contexts = ['image', 'video', 'audio', 'link', 'page', 'frame'];

const ITEMS = [
  { id: 'check', contexts: ANYTHING },
  { id: 'compare', contexts: ANYTHING },
  { id: 'report', contexts: ANYTHING },
  { id: 'link', contexts: ['link'] },
  { id: 'check-all', contexts: ANYTHING },
  { id: 'help', contexts: ANYTHING },
] as const satisfies readonly { readonly id: string; readonly contexts: Contexts }[];

/** What was picked to be compared: for this session, and as numbers. The page that compares says so if it is gone by then. */
const PICKED = 'picked';

/** Makes the items anew, in the reader's language. */
export async function makeMenus(words: Words): Promise<void> {
  const isPicked = (await picked()) !== null;
  await chrome.contextMenus.removeAll();
  for (const { id, contexts } of ITEMS)
    chrome.contextMenus.create({ id, contexts: [...contexts], title: words[id === 'compare' ? titleOfCompare(isPicked) : `menu.${id}` as const], documentUrlPatterns: ['*://*/*', 'file:///*'] }, unchecked);
}

/** Two events may make the menus at the same time; the one that comes second changes nothing. */
function unchecked(): void {
  void chrome.runtime.lastError;
}

/** The reader chose an item: the browser lets us see the tab from here on, until it goes elsewhere. */
export async function chosen(info: chrome.contextMenus.OnClickData, tab: chrome.tabs.Tab | undefined, engine: EngineAccess, words: Words): Promise<void> {
  const { menuItemId: item, frameId = 0, linkUrl, srcUrl: url = null } = info;
  if (item === 'help') {
    await open(helpPage());
    return;
  }
  if (item === 'link') {
    if (linkUrl !== undefined && siteOf(linkUrl) !== null)
      await openLink(linkUrl);
    return;
  }
  if (tab?.id === undefined || tab.id < 0 || !(await inject(tab.id)))
    return;
  await engine.wake();
  if (item === 'check-all') {
    await engine.tell({ to: 'engine', kind: 'menu', tab: tab.id, frame: frameId, what: 'check-all', url: null });
    return;
  }
  const id = await engine.tell({ to: 'engine', kind: 'menu', tab: tab.id, frame: frameId, what: 'check', url });
  if (typeof id !== 'number') {
    await letChoose();
    return;
  }
  const place = { tab: tab.id, frame: frameId, id };
  if (item === 'report')
    await open(filePage(place));
  else if (item === 'compare')
    await compare(place, words);
}

/** Nothing was found where the reader clicked: the popup lists what is on the page. Browsers that do not let us open it leave that to the reader. */
async function letChoose(): Promise<void> {
  await chrome.action.openPopup?.().catch(() => undefined);
}

/** The first pick waits for the second. */
async function compare(place: Place, words: Words): Promise<void> {
  const first = await picked();
  if (first === null)
    await chrome.storage.session.set({ [PICKED]: place });
  else
    await chrome.storage.session.remove(PICKED);
  await chrome.contextMenus.update('compare', { title: words[titleOfCompare(first === null)] });
  if (first !== null)
    await open(filePage(first, place));
}

async function picked(): Promise<Place | null> {
  return ((await chrome.storage.session.get(PICKED))[PICKED] as Place | undefined) ?? null;
}

function titleOfCompare(isPicked: boolean) {
  return isPicked ? 'menu.compare-second' : 'menu.compare';
}

/** The address goes by way of the session's storage, so that it stands in no history. */
async function openLink(address: string): Promise<void> {
  const key = crypto.randomUUID();
  await chrome.storage.session.set({ [linkKey(key)]: address });
  await open(linkPage(key));
}

async function open(page: string): Promise<void> {
  await chrome.tabs.create({ url: chrome.runtime.getURL(page) });
}
