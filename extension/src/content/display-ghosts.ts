import { doMeet, viewportOf, type Rect } from './display-box.js';
import { Paint, type Added } from './display-paint.js';
import { Styles } from './display-tree.js';
import { isOurs, shadowOf } from './roots.js';
import { allOf, boxOf, isConnected } from './tree.js';

/** Milliseconds of one slice of the walk through the document. */
const SLICE = 4;

/** Elements that are walked through; a document with more has many below its end. */
const MOST_ELEMENTS = 30_000;

/** Descendants of a changed element that are looked at at once; the next walk comes to the others. */
const MOST_AT_ONCE = 150;

/** The same while something merely moves, or time is short. */
const MOST_MOVING = 20;

/** Milliseconds between two walks through a document that keeps changing. */
const WALK_PAUSE = 5000;

/** What is painted somewhere; the name is for those that let the pointer through, so that hit tests do not see them. */
export interface Ghost {
  readonly element: Element;
  /** What CSS adds before or after it; null for the element itself. */
  readonly added: Added | null;
  readonly box: Rect;
  /** Hit tests do not see it. */
  readonly isGhost: boolean;
}

/** Silent ghosts that are looked at again in a turn. */
const MOST_SILENT = 12;

/** Elements that hit tests do not see, found by walks in slices while nothing else is to be done, and at once where something changes. */
export class Ghosts {
  readonly #painted = new Set<Element>();
  /** Those that paint nothing now; what is around them, or the pointer, may change that. */
  readonly #silent = new Set<Element>();
  readonly #walked: () => void;
  readonly #met: (root: ShadowRoot) => void;
  #seen: readonly Ghost[] = [];
  #seenBy: Paint | null = null;
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

  /** Those that are painted within a rectangle of the viewport. What one turn found stays for its other media. */
  near(rect: Rect, paint: Paint): readonly Ghost[] {
    if (this.#seenBy !== paint) {
      this.#seenBy = paint;
      this.#seen = this.#look(viewportOf(), paint);
    }
    return this.#seen.filter(({ box }) => doMeet(rect, box));
  }

  #look(viewport: Rect, paint: Paint): readonly Ghost[] {
    const seen: Ghost[] = [];
    for (const element of this.#painted) {
      if (isConnected(element))
        seen.push(...ghostsOf(element, paint).filter(({ box, isGhost }) => isGhost && doMeet(viewport, box)));
      else
        this.#painted.delete(element);
    }
    return seen;
  }

  /** Looks at what changed, and answers what of it is painted, whether hit tests see it or not. */
  changed(elements: Iterable<Element>, paint: Paint, isThorough: boolean): readonly Ghost[] {
    const changed: Ghost[] = [];
    let left = isThorough ? MOST_AT_ONCE : MOST_MOVING;
    const look = (element: Element): void => {
      if (left-- <= 0)
        return;
      const root = this.#consider(element, paint);
      changed.push(...ghostsOf(element, paint));
      if (root !== null)
        lookBelow(root);
    };
    const lookBelow = (parent: ParentNode): void => {
      const below = parent.querySelectorAll('*');
      for (let index = 0; index < below.length && left > 0; index++)
        look(below[index]!);
    };
    for (const element of elements) {
      if (!isConnected(element))
        continue;
      look(element);
      lookBelow(element);
    }
    let silent = isThorough ? MOST_SILENT : 0;
    for (const element of this.#silent) {
      if (silent-- <= 0)
        break;
      // To the end of the line, or among the painted.
      this.#silent.delete(element);
      if (isConnected(element))
        (paint.isSomewhere(element) ? this.#painted : this.#silent).add(element);
    }
    return changed;
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
    this.#painted.clear();
    this.#silent.clear();
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
    const ghosts = ghostsOf(element, paint).filter(({ isGhost }) => isGhost);
    this.#silent.delete(element);
    this.#painted.delete(element);
    if (ghosts.length > 0)
      this.#painted.add(element);
    else if (paint.styles.of(element).pointerEvents === 'none')
      this.#silent.add(element);
    const root = shadowOf(element);
    if (root !== null)
      this.#met(root);
    return root;
  }
}

/** What an element paints: itself, and what CSS adds to it. */
function ghostsOf(element: Element, paint: Paint): readonly Ghost[] {
  const spill = paint.spillOf(element);
  const isGhost = spill !== null || paint.styles.of(element).pointerEvents === 'none';
  const added = paint.addedOf(element).map(one => ({ element, added: one, box: one.rect, isGhost: one.style.pointerEvents === 'none' }));
  return paint.isSomewhere(element) ? [{ element, added: null, box: spill ?? boxOf(element), isGhost }, ...added] : added;
}
