/** A file from its first byte on, for as long as somebody reads. */
export interface Sequence {
  /** What tells it from another file under its address; null where nothing does. */
  readonly validator: string | null;
  /** How many bytes it has, if that is known for sure. */
  readonly length: number | null;
  /**
   * The next bytes, `most` at most; none at the end.
   * @param ahead How many are wanted in all before somebody may stop.
   */
  read(most: number, ahead: number): Promise<Uint8Array>;
  /** All that is left, where that can be had without passing through our memory; else null. */
  rest(): Promise<Blob | null>;
  /** Nobody reads on. */
  cancel(): void;
}

/** Bytes at hand. A page's `blob:` never changes under its address. */
export class BlobSequence implements Sequence {
  #at = 0;

  constructor(readonly blob: Blob, readonly validator: string | null) {}

  get length(): number {
    return this.blob.size;
  }

  async read(most: number): Promise<Uint8Array> {
    const read = new Uint8Array(await this.blob.slice(this.#at, this.#at + most).arrayBuffer());
    // In Firefox a content script gets a buffer of the page's here, of whose arrays it may read the bytes and nothing else.
    const bytes = new Uint8Array(read.length);
    bytes.set(read);
    this.#at += bytes.length;
    return bytes;
  }

  async rest(): Promise<Blob> {
    const rest = this.blob.slice(this.#at);
    this.#at = this.blob.size;
    return rest;
  }

  cancel(): void {
    // Nothing is under way.
  }
}
