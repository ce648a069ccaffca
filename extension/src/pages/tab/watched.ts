/** The tab that is looked at, as far as the browser tells of it. */
export interface WatchedTab {
  readonly id: number;
  /** Null where the browser does not say: a site that was neither allowed nor opened with our button. */
  readonly url: string | null;
  readonly window: number;
  readonly isPrivate: boolean;
  /** Counts the pages that the tab showed since we look. */
  readonly page: number;
}

/** Tells which tab is looked at, now and after each change: the one that the page's own address names, else the one in front. */
export function watchTab(search: string, changed: (tab: WatchedTab | null) => void): () => void {
  const named = namedTab(search);
  let current: number | null = null;
  let page = 0;

  async function find(): Promise<void> {
    const tab = named === null ? (await chrome.tabs.query({ active: true, currentWindow: true }))[0] : await chrome.tabs.get(named).catch(() => undefined);
    current = tab?.id ?? null;
    changed(tab?.id === undefined ? null : { id: tab.id, url: tab.url ?? null, window: tab.windowId, isPrivate: tab.incognito, page });
  }

  const activated = () => void find();
  const updated = (id: number, change: { readonly status?: string; readonly url?: string }) => {
    if (id !== current || (change.status !== 'complete' && change.url === undefined))
      return;
    page++;
    void find();
  };
  if (named === null)
    chrome.tabs.onActivated.addListener(activated);
  chrome.tabs.onUpdated.addListener(updated);
  void find();
  return () => {
    chrome.tabs.onActivated.removeListener(activated);
    chrome.tabs.onUpdated.removeListener(updated);
  };
}

function namedTab(search: string): number | null {
  const tab = new URLSearchParams(search).get('tab');
  return tab !== null && /^\d{1,15}$/.test(tab) ? Number(tab) : null;
}
