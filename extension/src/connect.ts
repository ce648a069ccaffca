import type { ToBackground } from './contract/background.js';

export interface PortEvents<In> {
  receive(message: In): void;
  /** The engine began anew and knows nothing of what was sent. */
  again?(): void;
  /** The extension was taken away or renewed: there is nobody to talk to any more. */
  ended?(): void;
}

/** Milliseconds before it is tried again: at first, and at most. */
const PAUSE = { least: 200, most: 30_000 } as const;

/** A port that lived for so long broke for a reason of its own. */
const LONG = 20_000;

/** The way to the engine: wakes it, opens a port, and opens it again when it breaks. Messages arrive in their order, or not at all before `again`. */
export class EnginePort<Out, In> {
  readonly #name: string;
  readonly #events: PortEvents<In>;
  #port: chrome.runtime.Port | null = null;
  #waiting: Out[] = [];
  #pause: number = PAUSE.least;
  #wasOpen = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Rises with each opening and closing; what an earlier one began is over. */
  #turn = 0;

  constructor(name: string, events: PortEvents<In>) {
    this.#name = name;
    this.#events = events;
  }

  open(): void {
    if (this.#port === null)
      void this.#open(++this.#turn);
  }

  /** Keeps still until it is opened again. */
  close(): void {
    this.#turn++;
    clearTimeout(this.#timer);
    this.#waiting = [];
    this.#port?.disconnect();
    this.#port = null;
  }

  send(message: Out): void {
    if (this.#port === null)
      this.#waiting.push(message);
    else
      this.#port.postMessage(message);
  }

  async #open(turn: number): Promise<void> {
    if (!isThere())
      return this.#end();
    const wake: ToBackground = { to: 'background', kind: 'wake' };
    const isAwake = await chrome.runtime.sendMessage(wake).catch(() => false);
    if (turn !== this.#turn)
      return;
    if (!isThere())
      return this.#end();
    if (isAwake === true)
      this.#connect(turn);
    else
      this.#later(turn);
  }

  #connect(turn: number): void {
    const port = chrome.runtime.connect({ name: this.#name });
    const since = Date.now();
    this.#port = port;
    port.onMessage.addListener((message: In) => {
      if (port === this.#port)
        this.#events.receive(message);
    });
    port.onDisconnect.addListener(() => {
      // Read, so that the browser does not complain that nobody did.
      void chrome.runtime?.lastError;
      if (port !== this.#port)
        return;
      this.#port = null;
      if (Date.now() - since > LONG)
        this.#pause = PAUSE.least;
      this.#later(turn);
    });
    const waiting = this.#waiting;
    this.#waiting = [];
    if (this.#wasOpen) {
      // What waited was said to an engine that is gone, and is said again.
      this.#events.again?.();
      return;
    }
    this.#wasOpen = true;
    for (const message of waiting)
      port.postMessage(message);
  }

  #later(turn: number): void {
    if (turn !== this.#turn)
      return;
    this.#timer = setTimeout(() => void this.#open(turn), this.#pause);
    this.#pause = Math.min(this.#pause * 2, PAUSE.most);
  }

  #end(): void {
    this.close();
    this.#events.ended?.();
  }
}

/** Scripts stay on their pages when the extension is taken away, without a way to it. */
function isThere(): boolean {
  return globalThis.chrome?.runtime?.id !== undefined;
}
