import { messageOf, VerifierError } from './errors.js';

/** Files up to this size are read as a whole: one read is quicker than many. */
const wholeBytes = 32 << 20;

/** Bytes in hand that stay in memory while their answer is kept; more of them become a Blob, which takes about as long as a small verification. */
const keptBytes = 4 << 20;

/** What is read at a time of larger files, and kept for the reads around it. */
const windowBytes = 256 << 10;

/** What is read at a time of a range that is passed through. */
const pieceBytes = 1 << 20;

/** Windows kept of one file. */
const mostWindows = 16;

/** A stretch of bytes: a range of a file, or bytes in hand. */
export type Part = { readonly offset: number; readonly length: number } | Uint8Array;

/** What a Blob holds. A file that went away since it was picked is a fault under another name in each browser; one that changed may only be shorter. */
export async function bytesOf(blob: Blob): Promise<Uint8Array> {
  const bytes = await blob.arrayBuffer().catch((fault: unknown) => {
    throw unreadable(fault);
  });
  if (bytes.byteLength !== blob.size) throw new VerifierError('unreadable', `${bytes.byteLength} of ${blob.size} bytes could be read`);
  return new Uint8Array(bytes);
}

function unreadable(fault: unknown): VerifierError {
  return new VerifierError('unreadable', messageOf(fault));
}

/** Reads into buffers that are handed over; null where the platform has no such reader for a Blob. */
function byteReaderOf(blob: Blob): ReadableStreamBYOBReader | null {
  try {
    return blob.stream().getReader({ mode: 'byob' });
  } catch {
    return null;
  }
}

/** Node reads what is in memory without ever looking at messages, one of which may say that nobody waits any more. */
async function takeTurns(): Promise<void> {
  if (typeof setImmediate === 'function') await new Promise((resolve) => setImmediate(resolve));
}

/** A file as the engine reads it: a few bytes here and there. */
export class Source {
  readonly length: number;
  #blob: Blob | null = null;
  #whole: Uint8Array | null = null;
  #windows = new Map<number, Uint8Array>();
  #hashed = 0;

  /** Why it could not be read; null while it can. */
  fault: VerifierError | null = null;

  /** Set when nobody waits for the answer any more. */
  isCancelled = false;

  /** Told how many bytes were hashed so far. */
  onProgress: ((hashed: number) => void) | null = null;

  constructor(input: Blob | Uint8Array) {
    this.length = input instanceof Blob ? input.size : input.byteLength;
    if (input instanceof Blob) this.#blob = input;
    else this.#whole = input;
  }

  /** Brings a small file into memory, until `release`. */
  async prepare(): Promise<void> {
    if (this.length <= wholeBytes) this.#whole ??= await this.#read(this.#stored());
  }

  /** Lets go of what can be read again. */
  release(): void {
    this.#windows.clear();
    if (this.#blob === null && this.length <= keptBytes) return;
    this.#stored();
    this.#whole = null;
  }

  /** The file as a Blob, which browsers keep where there is room. */
  #stored(): Blob {
    this.#blob ??= new Blob([this.#whole as Uint8Array<ArrayBuffer>]);
    return this.#blob;
  }

  /** The bytes of a range where they are at hand. */
  peek(offset: number, length: number): Uint8Array | null {
    if (this.#whole) return this.#whole.subarray(offset, offset + length);
    const start = offset - (offset % windowBytes);
    const window = this.#windows.get(start);
    return window && offset + length <= start + window.length ? window.subarray(offset - start, offset - start + length) : null;
  }

  /** Copies bytes that are at hand; false where they are not. Long ranges may lie in several windows. */
  read(offset: number, to: { readonly byteLength: number; set(from: Uint8Array, offset?: number): void }): boolean {
    const length = to.byteLength;
    const pieces: Uint8Array[] = [];
    for (let at = offset; at < offset + length; ) {
      const piece = this.peek(at, Math.min(offset + length - at, this.#whole ? length : windowBytes - (at % windowBytes)));
      if (!piece || piece.length === 0) return false;
      pieces.push(piece);
      at += piece.length;
    }
    let written = 0;
    for (const piece of pieces) {
      to.set(piece, written);
      written += piece.length;
    }
    return true;
  }

  /** Gets the windows of a range at hand. */
  async fetch(offset: number, length: number): Promise<void> {
    const needed = Math.ceil((offset + length) / windowBytes) - Math.floor(offset / windowBytes);
    while (this.#windows.size > 0 && this.#windows.size + needed > mostWindows) {
      const [oldest] = this.#windows.keys();
      this.#windows.delete(oldest!);
    }
    for (let start = offset - (offset % windowBytes); start < offset + length; start += windowBytes) {
      if (!this.#windows.has(start)) this.#windows.set(start, await this.slice(start, Math.min(windowBytes, this.length - start)));
    }
  }

  /** Reads a range from the file itself. */
  async slice(offset: number, length: number): Promise<Uint8Array> {
    if (this.#whole) return this.#whole.subarray(offset, offset + length);
    await takeTurns();
    return this.#read(this.#stored().slice(offset, offset + length));
  }

  /** Several stretches as one, read at once. */
  async gather(parts: readonly Part[]): Promise<Uint8Array> {
    const [first] = parts;
    if (this.#whole && parts.length === 1 && first && !(first instanceof Uint8Array)) return this.#whole.subarray(first.offset, first.offset + first.length);
    const inHand = this.#whole ? this.gatherAtOnce(parts) : null;
    if (inHand) return inHand;
    const blob = this.#stored();
    const pieces = parts.map((part) => (part instanceof Uint8Array ? (part as Uint8Array<ArrayBuffer>) : blob.slice(part.offset, part.offset + part.length)));
    return this.#read(new Blob(pieces));
  }

  /** The same, where all of them are at hand: valid until the next call. */
  gatherAtOnce(parts: readonly Part[]): Uint8Array | null {
    const gathered = bufferOf(parts.reduce((sum, part) => sum + part.length, 0));
    let written = 0;
    for (const part of parts) {
      const bytes = part instanceof Uint8Array ? part : this.peek(part.offset, part.length);
      if (bytes?.length !== part.length) return null;
      gathered.set(bytes, written);
      written += bytes.length;
    }
    return gathered;
  }

  /**
   * A range in pieces, each valid until the next one is asked for: they lie in one buffer, as buffers thrown away pile up faster than they
   * are cleared.
   */
  async *pieces(offset: number, length: number): AsyncGenerator<Uint8Array> {
    const reader = this.#whole ? null : byteReaderOf(this.#stored().slice(offset, offset + length));
    if (!reader) {
      for (let at = offset; at < offset + length; at += windowBytes) yield await this.slice(at, Math.min(windowBytes, offset + length - at));
      return;
    }
    let left = length;
    try {
      for (let buffer = new ArrayBuffer(pieceBytes); left > 0; ) {
        await takeTurns();
        const { value } = await reader.read(new Uint8Array(buffer));
        if (!value?.length) throw new Error(`${left} bytes are missing`);
        left -= value.length;
        buffer = value.buffer;
        yield value;
      }
    } catch (fault) {
      this.fault = unreadable(fault);
      throw this.fault;
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  }

  async #read(blob: Blob): Promise<Uint8Array> {
    try {
      return await bytesOf(blob);
    } catch (fault) {
      // The engine hands on faults in words of its own.
      if (fault instanceof VerifierError) this.fault = fault;
      throw fault;
    }
  }

  /** Counts bytes that were hashed. */
  count(bytes: number): void {
    this.#hashed += bytes;
    this.onProgress?.(this.#hashed);
  }
}

let kept = new Uint8Array(0);

/** A buffer that is used again: at the size of a picture, new memory costs ten times the copy into it. */
function bufferOf(length: number): Uint8Array {
  if (kept.length < length) kept = new Uint8Array(length);
  return kept.subarray(0, length);
}
