import { Mark } from '../Brand.js';
import type { Words } from '../../words/words.js';

interface HeadProps {
  readonly origin: string;
  readonly counter: string | null;
  readonly mark: string;
  /** Whose side panel can be opened from here; null where this is the panel. */
  readonly window: number | null;
  readonly words: Words;
}

/** Letters of a counter that would take too much of a small window if it stayed in sight. */
const LONG = 130;

/** Which page this speaks of, as the browser tells it, and what its media came to. */
export function Head({ origin, counter, mark, window, words }: HeadProps) {
  return (
    <header class={counter !== null && counter.length > LONG ? 'head long' : 'head'}>
      <div class="head-line">
        <p class="brand"><Mark />{words['panel.title']}</p>
        {mark !== '' && <p class="own-mark"><span class="away">{words['tab.mark']}</span> <bdi>{mark}</bdi></p>}
        {window !== null && <PanelButton window={window} words={words} />}
      </div>
      <h1><bdi>{origin === '' ? words['tab.no-origin'] : origin}</bdi></h1>
      {counter !== null && <p class="counter">{counter}</p>}
    </header>
  );
}

/** Opens the side panel, which stays while one reads on; absent where the browser has none. */
function PanelButton({ window, words }: { readonly window: number; readonly words: Words }) {
  const open = panelOpener(window);
  return open && (
    <button type="button" class="icon-button" aria-label={words['popup.panel']} title={words['popup.panel']} onClick={() => void open().then(() => close())}>
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M3.5 4.5h17v15h-17zM14.5 4.5v15" /></svg>
    </button>
  );
}

/** What it gives is called in the click's own task, as browsers demand; so the window must be known before. */
function panelOpener(window: number): (() => Promise<void>) | null {
  if (__BROWSER__ === 'firefox') {
    const { sidebarAction } = chrome as unknown as { readonly sidebarAction?: { open(): Promise<void> } };
    return sidebarAction ? () => sidebarAction.open() : null;
  }
  return chrome.sidePanel?.open ? () => chrome.sidePanel.open({ windowId: window }) : null;
}
