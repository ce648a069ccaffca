import { acceptOf } from '../bytes/accept.js';
import { openHttp } from '../bytes/http.js';
import { readFile, type ReadResult } from '../bytes/read.js';
import { BlobSequence, type Sequence } from '../bytes/sequence.js';
import { Unread } from '../bytes/unread.js';
import { MOST_READING_TIME } from '../contract/limits.js';
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
  #allow: (() => void) | null = null;

  constructor(readonly job: number, readonly found: Found, readonly events: ReaderEvents, readonly own: OwnBytes) {
    // The engine counts the time as well; this is for when it is gone.
    this.#timer = setTimeout(() => this.#stopping.abort(new Unread('too-slow')), MOST_READING_TIME.reader);
    this.#stopping.signal.addEventListener('abort', () => this.#allow?.());
  }

  go(): void {
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
        opened: async (validator, isLikely) => {
          events.answer({ kind: 'head', job, validator, isLikely });
          await new Promise<void>((resolve) => { this.#allow = resolve; });
          this.#stopping.signal.throwIfAborted();
          return true;
        },
        pause: nextTurn,
      });
      this.#answer(result);
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

  #answer(result: ReadResult): void {
    if (result.kind === 'unwanted')
      return;
    if (result.kind === 'bytes')
      this.own.keep(this.job, result.blob);
    this.events.answer({ ...result, job: this.job });
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
