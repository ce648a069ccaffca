import type { Display } from '../contract/media.js';
import type { DisplayEvents, DisplayWatch, Found } from '../contract/parts.js';
import { doMeet, type Rect } from './display-box.js';
import { changes, type Change } from './display-changes.js';
import { isCovered } from './display-cover.js';
import { Ghosts } from './display-ghosts.js';
import { mannerOf } from './display-manner.js';
import { Paint } from './display-paint.js';
import { boxOf, isAround, isConnected, rootOf, Styles } from './display-tree.js';

/** Milliseconds of a frame for media that a change touches, and for all others in turn. */
const AT_ONCE = 8;
const IN_TURN = 2;

interface Watched {
  readonly found: Found;
  display: Display;
  isCovered: boolean;
  isNear: boolean;
}

export function createDisplayWatch(events: DisplayEvents): DisplayWatch {
  return new PageDisplayWatch(events);
}

class PageDisplayWatch implements DisplayWatch {
  readonly #events: DisplayEvents;
  readonly #watched = new Map<number, Watched>();
  /** Whose turn it is, while there is something to look at. */
  readonly #queue = new Set<number>();
  readonly #sizes = new ResizeObserver(entries => changes.noteSizes(entries));
  readonly #near = new IntersectionObserver(entries => this.#came(entries), { rootMargin: '50%' });
  #ghosts: Ghosts | null = null;

  constructor(events: DisplayEvents) {
    this.#events = events;
  }

  watch(found: Found): Display {
    const { id } = found.medium;
    this.unwatch(id);
    if (this.#watched.size === 0)
      changes.listen(this.#turn);
    if (this.#ghosts === null) {
      this.#ghosts = new Ghosts(() => changes.note(), root => changes.observe(root));
      this.#ghosts.walkSoon();
    }
    const watched: Watched = { found, display: 'whole', isCovered: false, isNear: true };
    this.#watched.set(id, watched);
    this.#sizes.observe(found.element);
    this.#near.observe(found.element);
    changes.observe(rootOf(found.element));
    watched.display = this.#displayOf(watched, new Paint(new Styles()));
    return watched.display;
  }

  unwatch(id: number): void {
    const element = this.#watched.get(id)?.found.element;
    this.#watched.delete(id);
    this.#queue.delete(id);
    if (element !== undefined && ![...this.#watched.values()].some(({ found }) => found.element === element)) {
      this.#sizes.unobserve(element);
      this.#near.unobserve(element);
    }
    if (this.#watched.size > 0 || this.#ghosts === null)
      return;
    changes.unlisten(this.#turn);
    this.#ghosts.stop();
    this.#ghosts = null;
  }

  stop(): void {
    for (const id of [...this.#watched.keys()])
      this.unwatch(id);
    this.#sizes.disconnect();
    this.#near.disconnect();
  }

  #came(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      for (const watched of this.#watched.values()) {
        if (watched.found.element === target)
          watched.isNear = isIntersecting;
      }
    }
    changes.note(...entries.filter(entry => entry.isIntersecting).map(({ target }) => target));
  }

  /** Before a frame is painted: at once what the change touches, and all others in turn, as time allows. */
  readonly #turn = ({ elements, isAnywhere }: Change): boolean => {
    const start = performance.now();
    if (isAnywhere) {
      this.#ghosts?.changed(elements);
      for (const [id, { isNear }] of this.#watched) {
        if (isNear)
          this.#queue.add(id);
      }
    }
    const paint = new Paint(new Styles());
    for (const [id, watched] of this.#touchedBy(elements)) {
      if (performance.now() - start > AT_ONCE)
        break;
      this.#look(id, watched, paint);
    }
    const turn = performance.now();
    for (const id of this.#queue) {
      if (performance.now() - turn > IN_TURN)
        break;
      const watched = this.#watched.get(id);
      if (watched !== undefined)
        this.#look(id, watched, paint);
    }
    return this.#queue.size > 0;
  };

  #touchedBy(elements: ReadonlySet<Element>): readonly (readonly [number, Watched])[] {
    if (elements.size === 0)
      return [];
    const boxes: Rect[] = [...elements].filter(isConnected).map(boxOf);
    return [...this.#watched].filter(([, { found: { element }, isNear }]) => isNear
      && ([...elements].some(changed => isAround(changed, element)) || boxes.some(box => doMeet(box, boxOf(element)))));
  }

  #look(id: number, watched: Watched, paint: Paint): void {
    this.#queue.delete(id);
    const display = this.#displayOf(watched, paint);
    if (display === watched.display)
      return;
    watched.display = display;
    this.#events.changed(id, display);
  }

  #displayOf(watched: Watched, paint: Paint): Display {
    const manner = mannerOf(watched.found, paint.styles);
    if (manner === 'covered' || this.#ghosts === null)
      return manner;
    // What is outside the viewport cannot be asked about, and is as it was.
    watched.isCovered = isCovered(watched.found, paint, this.#ghosts) ?? watched.isCovered;
    return watched.isCovered ? 'covered' : manner;
  }
}
