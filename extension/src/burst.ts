/** Milliseconds between two bursts. */
const PAUSE = 16;

/**
 * Sends at once what is said first, and what follows in bursts: a message between processes costs each of them, and the browser, more than
 * what is in it.
 */
export class Burst<T> {
  readonly #pass: (messages: readonly T[]) => void;
  readonly #hasTimers: () => boolean;
  #waiting: T[] = [];
  #last = -Infinity;

  /** @param hasTimers Whether timers keep their time, which they do not in pages that nobody sees. */
  constructor(pass: (messages: readonly T[]) => void, hasTimers: () => boolean) {
    this.#pass = pass;
    this.#hasTimers = hasTimers;
  }

  send(message: T): void {
    this.#waiting.push(message);
    if (this.#waiting.length > 1)
      return;
    const left = this.#last + PAUSE - performance.now();
    if (left > 0 && this.#hasTimers())
      setTimeout(() => this.#flush(), left);
    else
      queueMicrotask(() => this.#flush());
  }

  /** Nobody is to hear of what was not sent yet. */
  drop(): void {
    this.#waiting = [];
  }

  #flush(): void {
    const messages = this.#waiting;
    this.#waiting = [];
    this.#last = performance.now();
    if (messages.length > 0)
      this.#pass(messages);
  }
}
