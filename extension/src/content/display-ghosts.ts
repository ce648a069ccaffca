import { doMeet, type Rect } from './display-box.js';
import { Paint, type Added } from './display-paint.js';
import { allOf, boxOf, isConnected, isOurs, shadowRootOf, Styles } from './display-tree.js';

/** Milliseconds of one slice of the walk through the document. */
const SLICE = 4;

/** Elements that are walked through; a document with more has many below its end. */
const MOST_ELEMENTS = 30_000;

/** Descendants of a changed element that are looked at at once; the next walk comes to the others. */
const MOST_AT_ONCE = 150;

/** Milliseconds between two walks through a document that keeps changing. */
const WALK_PAUSE = 5000;

/** What is painted and lets the pointer through, so that hit tests do not see it. */
export interface Ghost {
  readonly element: Element;
  /** What CSS adds before or after it; null for the element itself. */
  readonly added: Added | null;
}

/** Elements that hit tests do not see, found by walks in slices while nothing else is to be done, and at once where something changes. */
export class Ghosts {
  readonly #elements = new Set<Element>();
  readonly #walked: () => void;
  readonly #met: (root: ShadowRoot) => void;
  #lastWalk = -Infinity;
  #isWalking = false;
  #isStale = false;
  #isStopped = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** `walked`: the document was gone through. `met`: there is a shadow root. */
  constructor(walked: () => void, met: (root: ShadowRoot) => void) {
    this.#walked = walked;
    this.#met = met;
  }

  near(rect: Rect, paint: Paint): readonly Ghost[] {
    const near: Ghost[] = [];
    for (const element of this.#elements) {
      if (!isConnected(element)) {
        this.#elements.delete(element);
        continue;
      }
      if (doMeet(rect, boxOf(element)) && paint.styles.of(element).pointerEvents === 'none')
        near.push({ element, added: null });
      for (const added of paint.addedOf(element)) {
        if (added.style.pointerEvents === 'none' && doMeet(rect, added.rect))
          near.push({ element, added });
      }
    }
    return near;
  }

  /** Looks at what changed now, and at the whole document soon. */
  changed(elements: Iterable<Element>): void {
    const paint = new Paint(new Styles());
    let left = MOST_AT_ONCE;
    const look = (element: Element): void => {
      if (left-- <= 0)
        return;
      const root = this.#consider(element, paint);
      if (root !== null)
        lookBelow(root);
    };
    const lookBelow = (parent: ParentNode): void => {
      const below = parent.querySelectorAll('*');
      for (let index = 0; index < below.length && left > 0; index++)
        look(below[index]!);
    };
    for (const element of elements) {
      look(element);
      lookBelow(element);
    }
    this.walkSoon();
  }

  walkSoon(): void {
    this.#isStale = true;
    if (this.#isWalking || this.#isStopped || this.#timer !== null)
      return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#walk();
    }, Math.max(0, this.#lastWalk + WALK_PAUSE - performance.now()));
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#timer !== null)
      clearTimeout(this.#timer);
    this.#elements.clear();
  }

  #walk(): void {
    this.#isWalking = true;
    this.#isStale = false;
    const lists: ArrayLike<Element>[] = [allOf('body, body *')];
    let list = 0, index = 0, count = 0;
    const slice = () => {
      const end = performance.now() + SLICE;
      const paint = new Paint(new Styles());
      while (!this.#isStopped && count < MOST_ELEMENTS && list < lists.length) {
        const element = lists[list]![index++];
        if (element === undefined) {
          list++;
          index = 0;
          continue;
        }
        count++;
        const root = this.#consider(element, paint);
        if (root !== null)
          lists.push(root.querySelectorAll('*'));
        if (count % 16 === 0 && performance.now() > end) {
          requestIdleCallback(slice, { timeout: 500 });
          return;
        }
      }
      this.#isWalking = false;
      this.#lastWalk = performance.now();
      if (this.#isStopped)
        return;
      this.#walked();
      if (this.#isStale)
        this.walkSoon();
    };
    requestIdleCallback(slice, { timeout: 500 });
  }

  #consider(element: Element, paint: Paint): ShadowRoot | null {
    if (isOurs(element) || !isConnected(element))
      return null;
    const isGhost = paint.styles.of(element).pointerEvents === 'none' || paint.addedOf(element).some(({ style }) => style.pointerEvents === 'none');
    if (isGhost)
      this.#elements.add(element);
    else
      this.#elements.delete(element);
    const root = shadowRootOf(element);
    if (root !== null)
      this.#met(root);
    return root;
  }
}
