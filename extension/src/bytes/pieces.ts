/** Browsers may keep a Blob elsewhere. */
const FOLD = 1 << 20;

/** Collects bytes. What is added belongs to it from then on. */
export class Pieces {
  #parts: Blob[] = [];
  #loose: Uint8Array<ArrayBuffer>[] = [];
  #looseLength = 0;
  #length = 0;

  /** @param fold Bytes in memory before they become a Blob. */
  constructor(readonly fold = FOLD) {}

  get length(): number {
    return this.#length;
  }

  add(bytes: Uint8Array): void {
    this.#loose.push(bytes as Uint8Array<ArrayBuffer>);
    this.#looseLength += bytes.length;
    this.#length += bytes.length;
    if (this.#looseLength >= this.fold)
      this.#fold();
  }

  addBlob(blob: Blob): void {
    this.#fold();
    this.#parts.push(blob);
    this.#length += blob.size;
  }

  blob(): Blob {
    this.#fold();
    return new Blob(this.#parts);
  }

  /** All of them in memory, theirs who ask; null where some no longer are. */
  taken(): Uint8Array<ArrayBuffer> | null {
    return this.#parts.length > 0 ? null : joined(this.#loose);
  }

  /** Nobody wants them. */
  drop(): void {
    this.#loose.forEach(release);
    this.#loose = [];
    this.#parts = [];
  }

  #fold(): void {
    this.#parts.push(new Blob(this.#loose));
    this.#loose.forEach(release);
    this.#loose = [];
    this.#looseLength = 0;
  }
}

/** Gives memory back now: browsers see no reason to look for so few objects, however large they are. Not of bytes that others have a part of. */
export function release(bytes: Uint8Array<ArrayBuffer>): void {
  const buffer = bytes.buffer as ArrayBuffer & { transfer?(length: number): ArrayBuffer };
  // None at all may be the end of what was given back before.
  if (bytes.byteLength > 0 && bytes.byteLength === buffer.byteLength)
    buffer.transfer?.(0);
}

/** Puts bytes behind each other. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  if (pieces.length === 1)
    return pieces[0] as Uint8Array<ArrayBuffer>;
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
