/** Milliseconds of one slice, the first of which falls behind a frame: beside the page's own work it makes no long task. */
const SLICE = 5;

/** Milliseconds after which work is done without a frame, and then for how long: a page that is hidden has none, nobody who waits for it, and few timers. */
const NO_FRAME = { after: 400, slice: 25 };

/**
 * Work that is done in slices. Each begins right behind a frame, when the page is laid out: asking for styles and boxes then costs the page
 * nothing that it had not done itself.
 */
export class Slices {
  readonly #work: (until: number) => boolean;
  readonly #channel = new MessageChannel();
  #frame = 0;
  #timer = 0;

  /** `work` goes on until a time of `performance.now()`, and says whether something is left. */
  constructor(work: (until: number) => boolean) {
    this.#work = work;
    this.#channel.port1.onmessage = () => this.#run(SLICE);
  }

  wake(): void {
    if (this.#timer !== 0) return;
    this.#frame = requestAnimationFrame(() => this.#channel.port2.postMessage(null));
    this.#timer = window.setTimeout(() => this.#run(NO_FRAME.slice), NO_FRAME.after);
  }

  stop(): void {
    this.#rest();
    this.#channel.port1.close();
  }

  #run(slice: number): void {
    if (this.#timer === 0) return;
    this.#rest();
    let isMore = true;
    try {
      isMore = this.#work(performance.now() + slice);
    } finally {
      // One element that breaks us is not the end of the others.
      if (isMore) this.wake();
    }
  }

  #rest(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#timer = 0;
  }
}
