import { digestOf } from '@provenance/page/bytes.js';
import { Pieces, release } from '../bytes/pieces.js';
import type { ReadResult } from '../bytes/read.js';
import { Unread } from '../bytes/unread.js';
import type { ReadAnswer, ToFrame } from '../contract/frames.js';
import { MOST_HASHED } from '../contract/limits.js';

export interface FrameReadOptions {
  readonly id: number;
  readonly most: number;
  readonly isWhole: boolean;
  readonly signal: AbortSignal;
  opened(validator: string | null, isLikely: boolean): Promise<boolean>;
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
  #hasBegun = false;
  #isOver = false;

  constructor(
    readonly job: number,
    readonly options: FrameReadOptions,
    readonly send: (message: ToFrame) => void,
    readonly done: (result: ReadResult) => void,
    readonly fail: (fault: Error, isOver: boolean) => void,
  ) {}

  take(answer: ReadAnswer): void {
    if (this.#isOver)
      return;
    switch (answer.kind) {
      case 'head':
        return void this.#goOn(answer.validator, answer.isLikely);
      case 'spared':
        return this.options.isWhole ? this.fail(new Unread('changed'), true) : this.done(answer);
      case 'unread':
        return this.fail(new Unread(answer.obstacle), true);
      case 'bytes':
        if (!this.#hasBegun)
          return this.fail(new Unread('changed'), false);
        this.#isOver = true;
        return void this.#copy(answer.blob, answer.validator);
    }
  }

  async #goOn(validator: string | null, isLikely: boolean): Promise<void> {
    const isWanted = await this.options.opened(validator, isLikely);
    if (this.options.signal.aborted)
      return;
    this.#hasBegun = true;
    this.send({ kind: isWanted ? 'go' : 'stop', job: this.job });
    if (!isWanted)
      this.done({ kind: 'unwanted' });
  }

  /**
   * Takes bytes of our own. Where a frame's process was taken over, its Blob may be of its own making: with other bytes at each reading, one file for
   * the digest and another one for the verdict, or with no end.
   */
  async #copy(blob: Blob, validator: string | null): Promise<void> {
    const pieces = new Pieces(MOST_HASHED), { signal, most } = this.options;
    const reader = blob.stream().getReader();
    const cancel = () => void reader.cancel().catch(() => undefined);
    signal.addEventListener('abort', cancel);
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        pieces.add(next.value);
        if (pieces.length > most)
          throw new Unread('too-large');
      }
      const bytes = pieces.taken();
      const digest = bytes === null ? null : await digestOf(bytes);
      const own = bytes === null ? pieces.blob() : new Blob([bytes]);
      if (bytes !== null)
        release(bytes);
      this.done({ kind: 'bytes', blob: own, digest, validator });
    }
    catch (fault) {
      // What cannot be read went away with its page.
      this.fail(fault instanceof Unread ? fault : new Unread('changed'), true);
    }
    finally {
      pieces.drop();
      signal.removeEventListener('abort', cancel);
      cancel();
    }
  }
}
