import { isAround } from '../display-tree.js';
import { fullScreenOf, nameOf, rootElementOf } from '../tree.js';
import { putOnTop, type Host } from './host.js';

/** How often the host is put back after the page touched it, in the life of a document. More would be a fight that the page wins anyway. */
const MOST_RETURNS = 3;

/** How often within how many milliseconds the host is raised over what came into the top layer after it, and over what lies on labels. */
const MOST_RAISES = 3;
const TOP_LAYER_TIME = 1000;
const COVERED_TIME = 10_000;

/** Keeps the host where it belongs, and notices when the page takes it away, hides it, changes it or puts something over it. */
export interface Guard {
  /** Puts the host where the labels of `elements` can be reached: in the modal dialog or full-screen element that holds one of them, as all else is inert then. Answers whether that is another one than before. */
  settle(elements: Iterable<Element>): boolean;
  /** Whether the element is below an open modal dialog, or one of another kind whose label could not be reached. */
  isBelowModal(element: Element): boolean;
  /** Something lies over a label: raises the host once more, or says that the page interferes. */
  covered(): void;
  /** Hears of the document again: `document.open()` takes every listener away. */
  listen(): void;
  /** Whether the page won. */
  readonly isOver: boolean;
  stop(): void;
}

/** `interfered` takes the labels away; they may come back when it returns true. */
export function createGuard(host: Host, interfered: () => void): Guard {
  const { element } = host;
  const stop = new AbortController();
  let home: Element | null = rootElementOf();
  let modal: Element | null = null;
  let returns = 0, isOver = false, isPutting = false, isToRaise = false;
  const mayRaise = seldom(TOP_LAYER_TIME), mayUncover = seldom(COVERED_TIME);

  const put = () => {
    if (home === null)
      return;
    isPutting = true;
    putOnTop(host, home);
    isPutting = false;
    watchHome.disconnect();
    watchHome.observe(home, { childList: true });
    watchHome.observe(element, { attributes: true });
  };

  const tampered = () => {
    if (isOver || isPutting)
      return;
    isOver = ++returns > MOST_RETURNS;
    interfered();
    isPutting = true;
    for (const name of element.getAttributeNames())
      element.removeAttribute(name);
    isPutting = false;
    if (isOver) {
      watchHome.disconnect();
      element.remove();
    }
    else
      put();
  };

  const watchHome = new MutationObserver(() => {
    // A dialog that went away with us in it did so for reasons of its own.
    if (home?.isConnected && !isPristine(element, home))
      tampered();
  });

  const toggled = (event: Event) => {
    if (event.isTrusted && (event as ToggleEvent).newState === 'closed' && element.isConnected)
      tampered();
  };
  const raise = (event: Event) => {
    if (event.target !== element)
      isToRaise = true;
  };
  // The same listener listens once.
  const listen = () => {
    element.addEventListener('beforetoggle', toggled, { signal: stop.signal });
    for (const type of ['toggle', 'fullscreenchange'])
      window.addEventListener(type, raise, { capture: true, passive: true, signal: stop.signal });
  };
  listen();

  // There may be no root yet when we come.
  const watchRoot = new MutationObserver(() => {
    watchRoot.disconnect();
    home ??= rootElementOf();
    put();
  });
  if (home === null)
    watchRoot.observe(document, { childList: true });
  put();
  return {
    settle(elements) {
      if (isOver)
        return false;
      const before = modal;
      modal = modalOf();
      const inner = modal;
      const next = inner !== null && !isReplaced(inner) && [...elements].some(medium => isAround(inner, medium)) ? inner  : rootElementOf();
      if (next === null)
        return false;
      if (next !== home || !next.isConnected || !element.isConnected) {
        home = next;
        put();
      }
      else if (isToRaise && mayRaise())
        put();
      isToRaise = false;
      return modal !== before;
    },
    isBelowModal: medium => modal !== null && (isReplaced(modal) || !isAround(modal, medium)),
    covered() {
      if (isOver || !home?.isConnected)
        return;
      if (mayUncover())
        put();
      else
        tampered();
    },
    listen,
    get isOver() {
      return isOver;
    },
    stop() {
      isOver = true;
      stop.abort();
      watchHome.disconnect();
      watchRoot.disconnect();
      element.remove();
    },
  };
}

/** What all else is inert for. The list of dialogs is live, and costs nothing while there are none. */
function modalOf(): Element | null {
  const full = fullScreenOf();
  const dialog = Array.from(DIALOGS).filter(element => element.matches(':modal')).at(-1) ?? null;
  return full === null || dialog !== null && !isAround(dialog, full) ? dialog : full;
}

const DIALOGS = document.getElementsByTagName('dialog');

/** Elements whose children are not shown. */
function isReplaced(element: Element): boolean {
  return /^(audio|canvas|embed|iframe|img|object|svg|video)$/.test(nameOf(element));
}

function seldom(time: number): () => boolean {
  let times: number[] = [];
  return () => {
    const now = performance.now();
    times = [...times.filter(past => now - past < time), now];
    return times.length <= MOST_RAISES;
  };
}

/** What takes labels out of sight or reach. Other tools of the reader's leave marks of their own on every element, which do no harm. */
const HARMFUL = /^(aria-.*|class|dir|hidden|id|inert|is|role|slot|style|tabindex)$/;

function isPristine(element: Element, home: Element): boolean {
  return element.parentNode === home && !element.getAttributeNames().some(name => HARMFUL.test(name)) && element.getAttribute('popover') === 'manual' && element.matches(':popover-open');
}
