/** How often the same thing is done, at most, so that a page which changes itself with every frame does not keep us busy (attacks.md K18). */
export class Pace {
  readonly #most: number;
  readonly #turns = new WeakMap<object, { since: number; count: number }>();

  /** At most so many times a second for each thing. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Whether it may be done now; counts as done if so. */
  allows(thing: object): boolean {
    const now = performance.now();
    const turn = this.#turns.get(thing);
    if (!turn || now - turn.since >= 1000) {
      this.#turns.set(thing, { since: now, count: 1 });
      return true;
    }
    return turn.count++ < this.#most;
  }
}
