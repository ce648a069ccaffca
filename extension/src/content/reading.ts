import { acceptOf } from '../bytes/accept.js';
import { base64Of } from '../bytes/base64.js';
import { openHttp } from '../bytes/http.js';
import { readFile, type ReadResult } from '../bytes/read.js';
import { BlobSequence, type Sequence } from '../bytes/sequence.js';
import { Unread } from '../bytes/unread.js';
import { CHUNK, CHUNKS_AHEAD, MOST_READING_TIME } from '../contract/limits.js';
import type { Medium, Obstacle } from '../contract/media.js';
import type { Found, Reader, ReaderEvents } from '../contract/parts.js';
import { decodeDataUrl } from './reading-data.js';
import { OwnBytes } from './reading-own.js';
import { sameness } from './sameness.js';
import { nextTurn } from './turns.js';

/** Reads what the engine asks for in the frame: its own `blob:` and `data:`, and what its page may read. */
export function createReader(events: ReaderEvents): Reader {
  const jobs = new Map<number, Job>();
  const own = new OwnBytes();
  return {
    read(job, found, most, isWhole) {
      const reading = new Job(job, found, events, own);
      jobs.set(job, reading);
      void reading.run(most, isWhole).finally(() => jobs.delete(job));
    },
    go: (job) => jobs.get(job)?.go(),
    stop: (job) => jobs.get(job)?.stop(),
    compare: (found, verdict, job) => sameness(found, verdict, job === null ? null : own.of(job)),
  };
}

/** Nobody waits for the answer any more. */
class Stopped extends Error {}

class Job {
  readonly #stopping = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout>;
  #allowed = 0;
  #allow: (() => void) | null = null;

  constructor(readonly job: number, readonly found: Found, readonly events: ReaderEvents, readonly own: OwnBytes) {
    // The engine counts the time as well; this is for when it is gone.
    this.#timer = setTimeout(() => this.#stopping.abort(new Unread('too-slow')), MOST_READING_TIME.reader);
    this.#stopping.signal.addEventListener('abort', () => this.#allow?.());
  }

  go(): void {
    this.#allowed++;
    this.#allow?.();
  }

  stop(): void {
    this.#stopping.abort(new Stopped());
  }

  async run(most: number, isWhole: boolean): Promise<void> {
    const { job, events, found } = this;
    try {
      const result = await readFile((inParts) => open(found, inParts, most, this.#stopping.signal), {
        isWhole,
        most,
        opened: async (validator) => {
          this.#allowed = 0;
          events.answer({ kind: 'head', job, validator });
          await this.#allowance();
          return true;
        },
        pause: nextTurn,
      });
      await this.#answer(result);
    }
    catch (fault) {
      if (!(fault instanceof Stopped))
        events.answer({ kind: 'unread', job, obstacle: fault instanceof Unread ? fault.obstacle : 'no-access' });
    }
    finally {
      clearTimeout(this.#timer);
      this.#stopping.abort(new Stopped());
    }
  }

  async #answer(result: ReadResult): Promise<void> {
    if (result.kind === 'spared')
      this.events.answer({ kind: 'spared', job: this.job, length: result.length });
    if (result.kind === 'bytes') {
      this.own.keep(this.job, result.blob);
      await this.#send(result.blob);
    }
  }

  async #send(blob: Blob): Promise<void> {
    this.#allowed = CHUNKS_AHEAD;
    let at = 0;
    do {
      await this.#allowance();
      const base64 = await base64Of(blob.slice(at, at + CHUNK));
      this.#stopping.signal.throwIfAborted();
      at += CHUNK;
      this.events.answer({ kind: 'chunk', job: this.job, base64, isLast: at >= blob.size });
    } while (at < blob.size);
  }

  /** Waits until the engine says that one more may come. */
  async #allowance(): Promise<void> {
    while (this.#allowed === 0) {
      this.#stopping.signal.throwIfAborted();
      await new Promise<void>((resolve) => { this.#allow = resolve; });
    }
    this.#stopping.signal.throwIfAborted();
    this.#allowed--;
  }
}

async function open({ medium, address }: Found, inParts: boolean, most: number, signal: AbortSignal): Promise<Sequence> {
  if (medium.url.startsWith('data:'))
    return new BlobSequence(await decodeDataUrl(address, most), null);
  if (medium.url.startsWith('blob:'))
    return openBlob(medium, signal);
  const isOwn = new URL(medium.url).origin === origin;
  return openHttp({
    url: medium.url,
    init: { cache: 'force-cache', credentials: 'same-origin', referrerPolicy: 'no-referrer', headers: { Accept: acceptOf(medium.kind) }, signal },
    // Of other origins too few headers are told to put parts together; and Firefox asks the server for a part of what it has.
    inParts: inParts && isOwn && __BROWSER__ === 'chromium',
    seesHeaders: false,
    unanswered,
  });
}

async function openBlob({ url, kind }: Medium, signal: AbortSignal): Promise<Sequence> {
  const blob = await fetch(url, { signal }).then((response) => response.blob()).catch(() => null);
  signal.throwIfAborted();
  if (blob === null)
    // Films are put together under such addresses; others were withdrawn by the page.
    throw new Unread(kind === 'video' || kind === 'audio' ? 'stream' : 'changed');
  return new BlobSequence(blob, `blob:${blob.size}`);
}

function unanswered(): Obstacle {
  return navigator.onLine ? 'no-access' : 'offline';
}
