import { createFrame, type Frame } from './display-frame.js';
import { isOurs } from './roots.js';
import { fontsOf, isConnected, isElement, nameOf, rootElementOf } from './tree.js';
import { hostOf } from './labels/host.js';

/** What may have changed since the last frame. */
export interface Change {
  /** Elements that were changed, added, hovered or are moving; the first of them if there are very many. */
  readonly elements: ReadonlySet<Element>;
  /** Something happened whose effects may be anywhere; not so while something merely goes on moving, or a listener asked to go on. */
  readonly isAnywhere: boolean;
}

/** Returns true to be called again in the next frame. */
export type ChangeListener = (change: Change) => boolean | void;

/** Elements that are kept of one frame; a feed that adds more is swept as a whole. */
const MOST_ELEMENTS = 200;

/** Milliseconds between two looks while the document is scrolled. */
const SCROLL_PAUSE = 250;

/**
 * Everything that can change how media are shown, gathered by one observer and told before the frame is painted. Runs only while somebody
 * listens, which is while there are labels; a page without any is not observed.
 */
class Changes {
  readonly #listeners: ChangeListener[] = [];
  #elements = new Set<Element>();
  #isChanged = false;
  #lastScroll = 0;
  #frame: Frame | null = null;
  #stop = new AbortController();
  #roots = new WeakSet<Node>();
  /** Elements in transition or animation, and how many of them. */
  readonly #moving = new Map<Element, number>();
  readonly #observer = new MutationObserver(records => this.#mutated(records));

  /** Listeners are called in the order in which they came. */
  listen(listener: ChangeListener): void {
    this.#listeners.push(listener);
    if (this.#listeners.length === 1)
      this.#start();
  }

  unlisten(listener: ChangeListener): void {
    const index = this.#listeners.indexOf(listener);
    if (index < 0)
      return;
    this.#listeners.splice(index, 1);
    if (this.#listeners.length === 0)
      this.#end();
  }

  /** Observes a shadow root too, as the document's observer does not see into it. */
  observe(root: Node): void {
    if (this.#roots.has(root) || this.#listeners.length === 0)
      return;
    this.#roots.add(root);
    this.#observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    // A picture covers when it has come. Its document and its root hear of that, and no window does.
    root.addEventListener('load', event => this.note(...elementsOf(event)), { capture: true, passive: true, signal: this.#stop.signal });
  }

  /** Something changed, in these elements if they are known. */
  note(...elements: readonly Element[]): void {
    if (this.#listeners.length === 0)
      return;
    this.#add(elements);
    this.#frame?.ask();
  }

  /** Calls listeners again although nothing changed. */
  again(): void {
    this.#frame?.ask();
  }

  /** The same as `note`, for what a ResizeObserver tells. */
  noteSizes(entries: readonly ResizeObserverEntry[]): void {
    if (this.#listeners.length === 0)
      return;
    this.#add(entries.map(({ target }) => target));
    this.#frame?.now();
  }

  #add(elements: readonly Element[]): void {
    this.#isChanged = true;
    for (const element of elements) {
      if (this.#elements.size < MOST_ELEMENTS && !isOurs(element))
        this.#elements.add(element);
    }
  }

  #start(): void {
    this.#frame = createFrame(() => this.#tell());
    this.#stop = new AbortController();
    this.observe(document);
    const listen = (target: EventTarget, types: string, heard: (event: Event) => void) => {
      for (const type of types.split(' '))
        target.addEventListener(type, heard, { capture: true, passive: true, signal: this.#stop.signal });
    };
    listen(window, 'load', ({ target }) => this.note(...target instanceof Element && isSheet(target) ? [rootElementOf() ?? target] : []));
    listen(window, 'resize toggle fullscreenchange change input focusin focusout', () => this.note());
    listen(window, 'mouseover mouseout', event => this.note(...elementsOf(event)));
    listen(window, 'scroll', event => this.#scrolled(event.target));
    listen(window, 'scrollend', () => this.note());
    listen(window, 'transitionrun animationstart', event => this.#moves(event, 1));
    listen(window, 'transitionend transitioncancel animationend animationcancel', event => this.#moves(event, -1));
    listen(fontsOf(), 'loadingdone', () => this.note());
  }

  #end(): void {
    this.#stop.abort();
    this.#observer.disconnect();
    this.#roots = new WeakSet();
    this.#frame?.stop();
    this.#frame = null;
    this.#elements.clear();
    this.#moving.clear();
  }

  #mutated(records: readonly MutationRecord[]): void {
    const host = hostOf().element;
    const changed: Element[] = [];
    let isForeign = false;
    for (const { type, target, addedNodes, removedNodes } of records) {
      if (target === host || type === 'childList' && [...addedNodes, ...removedNodes].every(node => node === host))
        continue;
      isForeign = true;
      const element = isElement(target) ? target : target.parentElement;
      if (element !== null && (type !== 'childList' || isSheet(element)))
        changed.push(element);
      for (const node of addedNodes) {
        if (isElement(node))
          changed.push(node);
        else if (element !== null)
          changed.push(element);
      }
    }
    const root = rootElementOf();
    // What a style sheet changes may be anywhere.
    if (root !== null && changed.some(isSheet))
      changed.unshift(root);
    if (isForeign)
      this.note(...changed);
  }

  /** The labels move along with the document; only what is fixed to the viewport moves against them. */
  #scrolled(target: EventTarget | null): void {
    if (target instanceof Element) {
      this.note(target);
      return;
    }
    if (performance.now() - this.#lastScroll > SCROLL_PAUSE) {
      this.#lastScroll = performance.now();
      this.note();
    }
  }

  #moves(event: Event, by: 1 | -1): void {
    for (const element of elementsOf(event)) {
      const count = (this.#moving.get(element) ?? 0) + by;
      if (count > 0)
        this.#moving.set(element, count);
      else
        this.#moving.delete(element);
      this.note(element);
    }
  }

  #tell(): void {
    for (const element of this.#moving.keys()) {
      if (isConnected(element))
        this.#elements.add(element);
      else
        this.#moving.delete(element);
    }
    const change: Change = { elements: this.#elements, isAnywhere: this.#isChanged };
    this.#elements = new Set();
    this.#isChanged = false;
    let isAgain = this.#moving.size > 0;
    for (const listener of [...this.#listeners])
      isAgain = listener(change) === true || isAgain;
    if (isAgain)
      this.#frame?.ask();
  }
}

function isSheet(element: Element): boolean {
  return /^(style|link)$/.test(nameOf(element));
}

/** Where an event happened, in open shadow roots too. */
function elementsOf(event: Event): Element[] {
  const target = event.composedPath()[0];
  return target instanceof Element && !isOurs(target) ? [target] : [];
}

export const changes = new Changes();

