import { bytesOf } from '../bytes/base64.js';
import { Pieces } from '../bytes/pieces.js';
import type { ReadResult } from '../bytes/read.js';
import { Unread } from '../bytes/unread.js';
import type { ReadAnswer, ToFrame } from '../contract/frames.js';
import { CHUNK } from '../contract/limits.js';

export interface FrameReadOptions {
  readonly id: number;
  readonly most: number;
  readonly isWhole: boolean;
  readonly signal: AbortSignal;
  opened(validator: string | null): Promise<boolean>;
}

/** What a frame reads for us. It may say about its own media what it likes; it cannot have us wait for ever, or keep more than was asked for. */
export class FrameReads {
  readonly #open = new Map<number, FrameRead>();
  #lastJob = 0;

  constructor(readonly send: (message: ToFrame) => void) {}

  read(options: FrameReadOptions): Promise<ReadResult & { readonly job: number }> {
    const job = ++this.#lastJob;
    return new Promise((resolve, reject) => {
      const end = () => {
        this.#open.delete(job);
        options.signal.removeEventListener('abort', abort);
      };
      const abort = () => {
        end();
        this.send({ kind: 'stop', job });
        reject(options.signal.reason as Error);
      };
      const fail = (fault: Error, isOver: boolean) => {
        end();
        if (!isOver)
          this.send({ kind: 'stop', job });
        reject(fault);
      };
      options.signal.throwIfAborted();
      options.signal.addEventListener('abort', abort);
      this.#open.set(job, new FrameRead(job, options, this.send, (result) => { end(); resolve({ ...result, job }); }, fail));
      this.send({ kind: 'read', job, id: options.id, most: options.most, isWhole: options.isWhole });
    });
  }

  /** Answers to what nobody waits for any more are not looked at. */
  take(answer: ReadAnswer): void {
    this.#open.get(answer.job)?.take(answer);
  }

  /** The frame is gone. */
  end(): void {
    for (const read of [...this.#open.values()])
      read.fail(new Unread('changed'), true);
  }
}

class FrameRead {
  #pieces = new Pieces();
  #validator: string | null = null;
  #hasBegun = false;

  constructor(
    readonly job: number,
    readonly options: FrameReadOptions,
    readonly send: (message: ToFrame) => void,
    readonly done: (result: ReadResult) => void,
    readonly fail: (fault: Error, isOver: boolean) => void,
  ) {}

  take(answer: ReadAnswer): void {
    if (answer.kind === 'head')
      void this.#begin(answer.validator);
    else if (answer.kind === 'unread')
      this.fail(new Unread(answer.obstacle), true);
    else if (!this.#hasBegun)
      this.fail(new Unread('changed'), false);
    else if (answer.kind === 'spared' && !this.options.isWhole)
      this.done({ kind: 'spared', length: answer.length, validator: this.#validator });
    else if (answer.kind === 'chunk')
      this.#add(answer.base64, answer.isLast);
  }

  async #begin(validator: string | null): Promise<void> {
    this.#validator = validator;
    const isWanted = await this.options.opened(validator);
    if (this.options.signal.aborted)
      return;
    this.#hasBegun = true;
    if (isWanted)
      this.send({ kind: 'go', job: this.job });
    else {
      this.send({ kind: 'stop', job: this.job });
      this.done({ kind: 'unwanted' });
    }
  }

  #add(base64: string, isLast: boolean): void {
    const bytes = decoded(base64);
    if (bytes === null || bytes.length > CHUNK || this.#pieces.length + bytes.length > this.options.most)
      return this.fail(new Unread(bytes === null ? 'changed' : 'too-large'), false);
    this.#pieces.add(bytes);
    if (isLast)
      this.done({ kind: 'bytes', blob: this.#pieces.blob(), validator: this.#validator });
    else
      this.send({ kind: 'go', job: this.job });
  }
}

function decoded(base64: string): Uint8Array | null {
  try {
    return bytesOf(base64);
  }
  catch {
    return null;
  }
}
