import { SMALLEST } from '../../contract/limits.js';
import type { Size } from '../../contract/media.js';
import { boxOf, isDisplayed } from '../tree.js';

export const isSmall = ({ width, height }: Size) => width < SMALLEST.width || height < SMALLEST.height;

/** Tells of elements that come within about a screen of the viewport and are large enough, once each. */
export class Near {
  readonly #tell: (elements: readonly Element[]) => void;
  readonly #sight = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: '100%' });
  /** Of those that are near, but small or hidden as yet. */
  readonly #growth = new ResizeObserver((entries) => this.#told(entries.map((entry) => entry.target)));
  readonly #waiting = new Set<Element>();

  constructor(tell: (elements: readonly Element[]) => void) {
    this.#tell = tell;
  }

  /** Watches an element, or again from the start. */
  watch(element: Element): void {
    this.unwatch(element);
    this.#sight.observe(element);
  }

  /** Looks again at one that was small or hidden, because the page changed it. */
  again(element: Element): void {
    if (this.#waiting.has(element)) this.watch(element);
  }

  unwatch(element: Element): void {
    this.#sight.unobserve(element);
    if (this.#waiting.delete(element)) this.#growth.unobserve(element);
  }

  stop(): void {
    this.#sight.disconnect();
    this.#growth.disconnect();
  }

  #seen(entries: readonly IntersectionObserverEntry[]): void {
    const near: Element[] = [];
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      if (!isIntersecting) {
        if (this.#waiting.delete(target)) this.#growth.unobserve(target);
      } else if (this.#isFit(target, boundingClientRect)) {
        near.push(target);
      } else {
        this.#waiting.add(target);
        this.#growth.observe(target);
      }
    }
    this.#told(near);
  }

  #told(elements: readonly Element[]): void {
    const fit = elements.filter((element) => this.#isFit(element, boxOf(element)));
    fit.forEach((element) => this.unwatch(element));
    if (fit.length > 0) this.#tell(fit);
  }

  #isFit(element: Element, box: Size): boolean {
    return !isSmall(box) && isDisplayed(element, true);
  }
}
