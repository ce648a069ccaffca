import type { Obstacle } from '../contract/media.js';
import { HEAD } from './read.js';
import type { Sequence } from './sequence.js';
import { Unread, Unsteady } from './unread.js';

export interface HttpRequest {
  readonly url: string;
  /** How it is asked for; only ever by GET. */
  readonly init: RequestInit;
  /** Whether to ask for parts, which a server need not heed. */
  readonly inParts: boolean;
  /** Whether all headers can be read of answers of other origins too, as the holder of a host permission may. */
  readonly seesHeaders: boolean;
  /** What it means that there was no answer. */
  unanswered(): Obstacle;
}

/** Begins to read a file from a server. */
export async function openHttp(request: HttpRequest): Promise<Sequence> {
  if (!request.inParts)
    return new WholeSequence(request, await ask(request, null));
  const response = await ask({ ...request, unanswered: inOnePiece }, `bytes=0-${HEAD - 1}`);
  if (response.status === 206)
    return new PartsSequence(request, response);
  // An empty file has no first part.
  return response.status === 416 ? openHttp({ ...request, inParts: false }) : new WholeSequence(request, response);
}

/** Browsers take no part that is encoded, and some servers encode whatever they are asked for. */
function inOnePiece(): never {
  throw new Unsteady();
}

async function ask({ url, init, unanswered }: HttpRequest, range: string | null): Promise<Response> {
  const headers = new Headers(init.headers);
  if (range !== null)
    headers.set('Range', range);
  const response = await answered(fetch(url, { ...init, method: 'GET', headers }), init, unanswered);
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    void response.body?.cancel();
    throw new Unread('redirect');
  }
  if (response.status === 200 || (range !== null && (response.status === 206 || response.status === 416)))
    return response;
  void response.body?.cancel();
  throw new Unread('http-error');
}

/** Browsers tell no more of a failure than that there was one. */
async function answered<T>(promise: Promise<T>, { signal }: RequestInit, unanswered: () => Obstacle): Promise<T> {
  try {
    return await promise;
  }
  catch {
    signal?.throwIfAborted();
    throw new Unread(unanswered());
  }
}

/** The body of a response, of which no more is read than is asked for. */
class Body {
  #reader: ReadableStreamDefaultReader<Uint8Array> | null;
  #left: Uint8Array = new Uint8Array();

  constructor(readonly request: HttpRequest, response: Response) {
    this.#reader = response.body?.getReader() ?? null;
  }

  async read(most: number): Promise<Uint8Array> {
    while (this.#left.length === 0 && this.#reader !== null) {
      const { done, value } = await answered(this.#reader.read(), this.request.init, this.request.unanswered);
      if (done)
        this.#reader = null;
      else
        this.#left = value;
    }
    const bytes = this.#left.subarray(0, most);
    this.#left = this.#left.subarray(most);
    return bytes;
  }

  cancel(): void {
    void this.#reader?.cancel().catch(() => undefined);
    this.#reader = null;
  }
}

/** A file that comes in one response. */
class WholeSequence implements Sequence {
  readonly validator: string | null;
  readonly length: number | null;
  readonly #body: Body;

  constructor(request: HttpRequest, response: Response) {
    this.#body = new Body(request, response);
    this.length = lengthOf(request, response);
    this.validator = validatorOf(response, this.length);
  }

  read(most: number): Promise<Uint8Array> {
    return this.#body.read(most);
  }

  async rest(): Promise<null> {
    return null;
  }

  cancel(): void {
    this.#body.cancel();
  }
}

/** A file that comes in parts, which belong together as far as the server's word goes. */
class PartsSequence implements Sequence {
  readonly validator: string | null;
  readonly length: number;
  readonly #request: HttpRequest;
  readonly #isSplit: boolean;
  #body: Body;
  #at = 0;
  #end: number;

  constructor(request: HttpRequest, response: Response) {
    this.#request = request;
    const part = partOf(response);
    if (part === null || part.start !== 0 || part.end > HEAD) {
      void response.body?.cancel();
      throw new Unsteady();
    }
    this.length = part.length;
    this.validator = validatorOf(response, part.length);
    this.#isSplit = isStrong(response);
    this.#body = new Body(request, response);
    this.#end = part.end;
  }

  async read(most: number, ahead: number): Promise<Uint8Array> {
    if (this.#at === this.#end && this.#at < this.length)
      await this.#askNext(ahead);
    const bytes = await this.#body.read(most);
    this.#at += bytes.length;
    // A part that is shorter or longer than it says.
    if (this.#at > this.#end || (bytes.length === 0 && this.#at < this.#end))
      throw new Unsteady();
    return bytes;
  }

  cancel(): void {
    this.#body.cancel();
  }

  async rest(): Promise<Blob | null> {
    if (this.#at < this.#end || this.#at === this.length)
      return null;
    const { response, part } = await this.#ask(Infinity);
    const length = part.end - part.start;
    // The browser takes what comes by itself: only where it is certain that it ends.
    if (part.end !== this.length || response.headers.get('Content-Length') !== `${length}`) {
      this.#take(response, part);
      return null;
    }
    const blob = await answered(response.blob(), this.#request.init, this.#request.unanswered);
    if (blob.size !== length)
      throw new Unsteady();
    this.#at = this.#end = part.end;
    return blob;
  }

  async #askNext(ahead: number): Promise<void> {
    const { response, part } = await this.#ask(ahead);
    this.#take(response, part);
  }

  #take(response: Response, part: Part): void {
    this.#body = new Body(this.#request, response);
    this.#end = part.end;
  }

  /** The part that follows. */
  async #ask(ahead: number): Promise<{ readonly response: Response; readonly part: Part }> {
    this.#body.cancel();
    // Parts of two files would make one that nobody signed: a false alarm.
    if (!this.#isSplit)
      throw new Unsteady();
    const last = this.#at + ahead >= this.length ? this.length - 1 : this.#at + ahead - 1;
    const response = await ask(this.#request, `bytes=${this.#at}-${last}`);
    const part = response.status === 206 ? partOf(response) : null;
    if (part === null || part.start !== this.#at || part.end > last + 1 || part.length !== this.length || validatorOf(response, part.length) !== this.validator) {
      void response.body?.cancel();
      throw new Unsteady();
    }
    return { response, part };
  }
}

interface Part {
  readonly start: number;
  /** The byte behind the last. */
  readonly end: number;
  /** Of the whole file. */
  readonly length: number;
}

/** RFC 9110 §14.4; null where it is not one part of a file of a known length, as it stands on the server. */
function partOf({ headers }: Response): Part | null {
  const [, first, last, length] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/i.exec(headers.get('Content-Range') ?? '') ?? [];
  if (first === undefined || isEncoded(headers))
    return null;
  const part = { start: Number(first), end: Number(last) + 1, length: Number(length) };
  return part.start < part.end && part.end <= part.length ? part : null;
}

/** Of an answer whose headers can all be read; the length of what is encoded is not that of what it decodes to. */
function lengthOf({ seesHeaders }: HttpRequest, { headers, type }: Response): number | null {
  const length = headers.get('Content-Length');
  return (seesHeaders || type === 'basic') && length !== null && /^\d{1,15}$/.test(length) && !isEncoded(headers) ? Number(length) : null;
}

function isEncoded(headers: Headers): boolean {
  return !/^(identity)?$/i.test(headers.get('Content-Encoding') ?? '');
}

function validatorOf({ headers }: Response, length: number | null): string | null {
  const tag = headers.get('ETag'), modified = headers.get('Last-Modified');
  return tag === null && modified === null ? null : JSON.stringify([tag, modified, length]).slice(0, 500);
}

/** RFC 9110 §13.1.5: a weak tag is no ground to put parts together. */
function isStrong({ headers }: Response): boolean {
  return headers.get('ETag')?.startsWith('"') === true || headers.get('Last-Modified') !== null;
}
