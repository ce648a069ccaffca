import { make } from './draw.js';

interface VisibilityEntry extends IntersectionObserverEntry { readonly isVisible?: boolean }
interface VisibilityOptions extends IntersectionObserverInit { readonly trackVisibility: boolean; readonly delay: number }

/** Milliseconds; the least that Chromium allows to ask about. */
const DELAY = 100;

/** Whether this browser tells what is covered. */
export const TELLS_VISIBLE = 'isVisible' in IntersectionObserverEntry.prototype;

/**
 * What lies over a frame belongs to the page around it, which no script in the frame can look at: a header that stays, a popover, a dialog
 * with its backdrop. Chromium tells whether something does, of the whole frame at once, however little of it is covered. That is no
 * interference; but it may be another picture upon the one with the label, so there is no label until nothing lies over the frame.
 */
export class Below {
  readonly #spots = new Map<HTMLElement, HTMLElement>();
  readonly #hidden: (label: HTMLElement) => void;
  readonly #labels = new WeakMap<Element, HTMLElement>();
  readonly #observer = new IntersectionObserver(entries => this.#told(entries), { trackVisibility: true, delay: DELAY } as VisibilityOptions);

  /** `hidden` is told of labels that are no longer seen. */
  constructor(hidden: (label: HTMLElement) => void) {
    this.#hidden = hidden;
  }

  /** A spot at the middle of the label, above all that is ours: a label that is not seen cannot tell when it could be. */
  put(label: HTMLElement): void {
    let spot = this.#spots.get(label);
    if (spot === undefined) {
      spot = make('div', 'spot');
      this.#spots.set(label, spot);
      this.#labels.set(spot, label);
      label.style.visibility = 'hidden';
      label.after(spot);
      this.#observer.observe(spot);
    }
    spot.hidden = false;
    spot.style.transform = label.style.transform;
  }

  /** The label has no place now. */
  rest(label: HTMLElement): void {
    const spot = this.#spots.get(label);
    if (spot !== undefined)
      spot.hidden = true;
  }

  remove(label: HTMLElement): void {
    const spot = this.#spots.get(label);
    if (spot === undefined)
      return;
    this.#observer.unobserve(spot);
    spot.remove();
    this.#spots.delete(label);
  }

  isBelow(label: HTMLElement): boolean {
    return label.style.visibility === 'hidden';
  }

  stop(): void {
    this.#observer.disconnect();
  }

  #told(entries: readonly VisibilityEntry[]): void {
    for (const { target, isIntersecting, isVisible } of entries) {
      const label = this.#labels.get(target);
      if (label === undefined || !isIntersecting)
        continue;
      label.style.visibility = isVisible === true ? '' : 'hidden';
      if (isVisible !== true)
        this.#hidden(label);
    }
  }
}
