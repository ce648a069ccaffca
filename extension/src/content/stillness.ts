/** Pixels a millisecond; whoever scrolls faster looks for something else. */
const FAST = 1;

/** Has work wait while the reader scrolls past. */
export class Stillness {
  readonly #stopping = new AbortController();
  #lastMove = -Infinity;
  #last = { at: 0, place: 0 };
  #waiting: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param after Milliseconds without a fast scroll. */
  constructor(readonly after: number) {
    addEventListener('scroll', ({ target }) => this.#scrolled(target), { capture: true, passive: true, signal: this.#stopping.signal });
  }

  /** Does it now if nothing moves, else later, in the order in which it came. */
  wait(work: () => void): void {
    if (this.#timer === null && this.#left() <= 0) return work();
    this.#waiting.push(work);
    this.#timer ??= setTimeout(() => this.#look(), this.after);
  }

  stop(): void {
    this.#stopping.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#waiting = [];
  }

  /** How fast a part of the page is scrolled is not asked: any of it counts. */
  #scrolled(target: EventTarget | null): void {
    const at = performance.now();
    const before = this.#last, place = target === document ? scrollX + scrollY : before.place;
    if (target === document) this.#last = { at, place };
    if (target !== document || Math.abs(place - before.place) > FAST * (at - before.at)) this.#lastMove = at;
  }

  #look(): void {
    const left = this.#left();
    this.#timer = left > 0 ? setTimeout(() => this.#look(), left) : null;
    if (left > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const work of waiting) work();
  }

  #left(): number {
    return this.#lastMove + this.after - performance.now();
  }
}
