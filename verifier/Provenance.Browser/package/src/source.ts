import { VerifierError } from './errors.js';

/** Files up to this size are read as a whole: one read is quicker than many. */
const wholeBytes = 32 << 20;

/** What is read at a time of larger files, and kept for the reads around it. */
const windowBytes = 256 << 10;

/** What is read at a time of a range that is passed through. */
const pieceBytes = 1 << 20;

/** Windows kept of one file. */
const mostWindows = 16;

/** What a Blob holds. A file that went away since it was picked is a fault under another name in each browser; one that changed may only be shorter. */
export async function bytesOf(blob: Blob): Promise<Uint8Array> {
  const bytes = await blob.arrayBuffer().catch((fault: unknown) => {
    throw unreadable(fault);
  });
  if (bytes.byteLength !== blob.size) throw new VerifierError('unreadable', `${bytes.byteLength} of ${blob.size} bytes could be read`);
  return new Uint8Array(bytes);
}

function unreadable(fault: unknown): VerifierError {
  return new VerifierError('unreadable', fault instanceof Error ? fault.message : String(fault));
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
  #blob: Blob;
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
    this.#blob = input instanceof Blob ? input : new Blob([input as Uint8Array<ArrayBuffer>]);
  }

  get length(): number {
    return this.#blob.size;
  }

  /** Brings a small file into memory, until `release`. */
  async prepare(): Promise<void> {
    if (this.length <= wholeBytes) this.#whole ??= await this.#read(this.#blob);
  }

  /** Lets go of what can be read again. */
  release(): void {
    this.#whole = null;
    this.#windows.clear();
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
    return this.#read(this.#blob.slice(offset, offset + length));
  }

  /**
   * A range in pieces, each valid until the next one is asked for: they lie in one buffer, as buffers thrown away pile up faster than they
   * are cleared.
   */
  async *pieces(offset: number, length: number): AsyncGenerator<Uint8Array> {
    const reader = this.#whole ? null : byteReaderOf(this.#blob.slice(offset, offset + length));
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
