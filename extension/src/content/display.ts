import type { Display } from '../contract/media.js';
import type { DisplayEvents, DisplayWatch, Found } from '../contract/parts.js';
import { doMeet } from './display-box.js';
import { changes, type Change } from './display-changes.js';
import { isCovered } from './display-cover.js';
import { Ghosts, type Ghost } from './display-ghosts.js';
import { mannerOf } from './display-manner.js';
import { Paint } from './display-paint.js';
import { isAround, Styles } from './display-tree.js';
import { boxOf, isConnected, isShowing, rootOf } from './tree.js';

/**
 * Hit tests are spared: this share of the time may go into them, saved up to so many milliseconds and spent ahead up to so many for media that
 * a change touches. Everything else about these is looked at in the frame of the change whatever it costs.
 */
const SHARE = 0.05;
const SAVED = 8;
const AHEAD = 40;

/** Milliseconds between looks at what is near though nothing is told: of animations and style rules made by script no browser tells. */
const PULSE = 1000;

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
  #credit = SAVED;
  #last = performance.now();
  #pulse: ReturnType<typeof setInterval> | undefined;
  #isBeat = false;
  /** Until there is time for who is next. */
  #waiting: ReturnType<typeof setTimeout> | null = null;

  constructor(events: DisplayEvents) {
    this.#events = events;
  }

  watch(found: Found): Display {
    const { id } = found.medium;
    this.unwatch(id);
    if (this.#watched.size === 0) {
      changes.listen(this.#turn);
      this.#pulse = setInterval(() => this.#beat(), PULSE);
    }
    if (this.#ghosts === null) {
      this.#ghosts = new Ghosts(() => changes.note(), root => changes.observe(root));
      this.#ghosts.walkSoon();
    }
    const watched: Watched = { found, display: 'whole', isCovered: false, isNear: true };
    this.#watched.set(id, watched);
    this.#sizes.observe(found.element);
    this.#near.observe(found.element);
    changes.observe(rootOf(found.element));
    watched.display = this.#displayOf(watched, new Paint(new Styles()), [], true);
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
    clearInterval(this.#pulse);
    if (this.#waiting !== null)
      clearTimeout(this.#waiting);
    this.#waiting = null;
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

  #beat(): void {
    if (!isShowing())
      return;
    this.#isBeat = true;
    changes.again();
  }

  /** Before a frame is painted: at once what the change touches, and all others in turn, as time allows. */
  readonly #turn = ({ elements, isAnywhere }: Change): void => {
    const now = performance.now();
    this.#credit = Math.min(SAVED, this.#credit + (now - this.#last) * SHARE);
    this.#last = now;
    const paint = new Paint(new Styles());
    const changed = this.#ghosts?.changed(elements, paint, (isAnywhere || this.#isBeat) && this.#credit > 0) ?? [];
    this.#credit -= performance.now() - now;
    if (isAnywhere)
      this.#ghosts?.walkSoon();
    if (isAnywhere || this.#isBeat) {
      this.#isBeat = false;
      for (const [id, { isNear }] of this.#watched) {
        if (isNear)
          this.#queue.add(id);
      }
    }
    for (const [id, watched] of this.#touchedBy(elements, changed))
      this.#look(id, watched, paint, changed, this.#credit > -AHEAD);
    for (const id of this.#queue) {
      if (this.#credit <= 0)
        break;
      const watched = this.#watched.get(id);
      if (watched !== undefined)
        this.#look(id, watched, paint, changed, true);
    }
    if (this.#queue.size > 0 && this.#waiting === null)
      this.#waiting = setTimeout(() => {
        this.#waiting = null;
        changes.again();
      }, Math.max(1 - this.#credit, 0) / SHARE);
  };

  #touchedBy(elements: ReadonlySet<Element>, changed: readonly Ghost[]): readonly (readonly [number, Watched])[] {
    if (elements.size === 0)
      return [];
    const boxes = [...[...elements].filter(isConnected).map(boxOf), ...changed.map(({ box }) => box)];
    return [...this.#watched].filter(([, { found: { element }, isNear }]) => {
      if (!isNear)
        return false;
      const box = boxOf(element);
      return boxes.some(other => doMeet(other, box)) || [...elements].some(other => isAround(other, element));
    });
  }

  #look(id: number, watched: Watched, paint: Paint, changed: readonly Ghost[], mayHit: boolean): void {
    const start = performance.now();
    const display = this.#displayOf(watched, paint, changed, mayHit);
    this.#credit -= performance.now() - start;
    if (mayHit)
      this.#queue.delete(id);
    else
      this.#queue.add(id);
    if (display === watched.display)
      return;
    watched.display = display;
    this.#events.changed(id, display);
  }

  #displayOf(watched: Watched, paint: Paint, changed: readonly Ghost[], mayHit: boolean): Display {
    const ghosts = this.#ghosts;
    const manner = mannerOf(watched.found, paint.styles);
    if (manner === 'covered' || ghosts === null)
      return manner;
    // What cannot be asked about is as it was.
    watched.isCovered = isCovered(watched.found, paint, seen => [...changed.filter(({ box }) => doMeet(box, seen)), ...ghosts.near(seen, paint)], mayHit) ?? watched.isCovered;
    return watched.isCovered ? 'covered' : manner;
  }
}
