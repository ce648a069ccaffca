import { listen } from '../tree.js';

/** What loads a picture, or may bring style sheets and shadow roots about. */
const INITIATORS = new Set(['img', 'image', 'input', 'css', 'video', 'audio', 'script', 'link']);

/** Milliseconds from something unknown having been loaded to the look for it; doubled as long as looking does not find it. */
const WAIT = { least: 1000, most: 16_000 } as const;

interface LateEvents {
  /** The addresses of everything that is known. */
  addresses(): ReadonlySet<string>;
  /** Something may be there that no event told of. */
  look(): void;
  /** The viewport or its density changed: told before the next frame is painted. */
  resized(): void;
}

/**
 * What no change of the tree tells of. No event says that a shadow root was attached, or that a script changed a style sheet, but both end in a
 * picture being loaded that no known element shows: then it is worth looking for it.
 */
export class Late {
  readonly #events: LateEvents;
  readonly #resources = new PerformanceObserver((list) => this.#loaded(list.getEntries() as PerformanceResourceTiming[]));
  readonly #loads = new Set<string>();
  readonly #onLook = () => this.#events.look();
  readonly #onResize = () => this.#resized();
  #missed: readonly string[] = [];
  #wait: number = WAIT.least;
  #timer = 0;
  #frame = 0;
  #density: MediaQueryList | null = null;

  constructor(events: LateEvents) {
    this.#events = events;
    this.#resources.observe({ type: 'resource' });
  }

  listen(signal: AbortSignal): void {
    listen(document, 'DOMContentLoaded', this.#onLook, signal);
    listen(window, 'load', this.#onLook, signal);
    listen(window, 'resize', this.#onResize, signal);
    this.#listenToDensity(signal);
  }

  stop(): void {
    this.#resources.disconnect();
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
  }

  #listenToDensity(signal: AbortSignal): void {
    this.#density = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    this.#density.addEventListener('change', () => {
      this.#resized();
      this.#listenToDensity(signal);
    }, { once: true, signal });
  }

  #resized(): void {
    // The first place in the frame is kept.
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#events.resized();
    });
  }

  #loaded(entries: readonly PerformanceResourceTiming[]): void {
    for (const { name, initiatorType } of entries) {
      if (INITIATORS.has(initiatorType)) this.#loads.add(name);
    }
    if (this.#loads.size > 0 && this.#timer === 0) this.#timer = window.setTimeout(() => this.#compare(), this.#wait);
  }

  #compare(): void {
    const known = this.#events.addresses();
    const paidOff = this.#missed.some((address) => known.has(address));
    this.#missed = [...this.#loads].filter((address) => !known.has(address));
    this.#loads.clear();
    this.#timer = 0;
    this.#wait = this.#missed.length === 0 || paidOff ? WAIT.least : Math.min(2 * this.#wait, WAIT.most);
    if (this.#missed.length > 0) this.#events.look();
  }
}
