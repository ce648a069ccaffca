import type { Finder, Found } from '../contract/parts.js';

/** Milliseconds for which what was clicked may still be found: our script may have come with the click. */
const WAIT = 4000;

/** What the reader meant who opened the context menu. */
export class Clicks {
  readonly #stopping = new AbortController();
  #place: { readonly x: number; readonly y: number } | null = null;
  #wanted: { readonly url: string; readonly until: number } | null = null;

  constructor() {
    addEventListener('contextmenu', (event) => {
      // Pages can tell of clicks that no reader made (attacks.md K04).
      if (event.isTrusted) this.#place = { x: event.clientX, y: event.clientY };
    }, { capture: true, passive: true, signal: this.#stopping.signal });
  }

  /** The medium with the address that the browser tells; else what is at the place, or below what lies over it. */
  asked(finder: Finder | null, url: string | null): Found | null {
    const pointed = this.#place && finder?.at(this.#place.x, this.#place.y);
    this.#wanted = null;
    if (url === null) return pointed ?? null;
    if (pointed && isAt(pointed, url)) return pointed;
    const found = [...(finder?.media.values() ?? [])].find((each) => isAt(each, url)) ?? null;
    if (!found) this.#wanted = { url, until: performance.now() + WAIT };
    return found;
  }

  /** What was asked for and is found only now. */
  among(found: readonly Found[]): Found | null {
    if (!this.#wanted) return null;
    const { url, until } = this.#wanted;
    const clicked = performance.now() < until ? found.find((each) => isAt(each, url)) : undefined;
    if (clicked) this.#wanted = null;
    return clicked ?? null;
  }

  stop(): void {
    this.#stopping.abort();
  }
}

/** Browsers cut long addresses. */
function isAt({ address }: Found, url: string): boolean {
  return address === url || (url.startsWith('data:') && url.length >= 64 && address.startsWith(url));
}
