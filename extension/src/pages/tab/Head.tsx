import { Mark } from '../Brand.js';
import type { Words } from '../../words/words.js';

interface HeadProps {
  readonly origin: string;
  readonly counter: string | null;
  readonly mark: string;
  readonly isPopup: boolean;
  readonly words: Words;
}

/** Which page this speaks of, as the browser tells it, and what its media came to. */
export function Head({ origin, counter, mark, isPopup, words }: HeadProps) {
  return (
    <header class="head">
      <div class="head-line">
        <p class="brand"><Mark />{words['panel.title']}</p>
        {mark !== '' && <p class="own-mark"><span class="away">{words['tab.mark']}</span> <bdi>{mark}</bdi></p>}
        {isPopup && <PanelButton words={words} />}
      </div>
      <h1><bdi>{origin === '' ? words['tab.no-origin'] : origin}</bdi></h1>
      {counter !== null && <p class="counter">{counter}</p>}
    </header>
  );
}

/** Opens the side panel, which stays while one reads on; absent where the browser has none. */
function PanelButton({ words }: { readonly words: Words }) {
  const open = panelOpener();
  return open && (
    <button type="button" class="icon-button" aria-label={words['popup.panel']} title={words['popup.panel']} onClick={() => void open().then(() => close())}>
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M3.5 4.5h17v15h-17zM14.5 4.5v15" /></svg>
    </button>
  );
}

/** Called in the click's own task, as browsers demand; so the window must be known before. */
function panelOpener(): (() => Promise<void>) | null {
  if (__BROWSER__ === 'firefox') {
    const { sidebarAction } = chrome as unknown as { readonly sidebarAction?: { open(): Promise<void> } };
    return sidebarAction ? () => sidebarAction.open() : null;
  }
  return chrome.sidePanel?.open ? () => chrome.sidePanel.open({ windowId: chrome.windows.WINDOW_ID_CURRENT }) : null;
}
