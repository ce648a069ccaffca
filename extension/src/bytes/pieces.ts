/** Bytes in memory before they become a Blob, which the browser may keep elsewhere. */
const FOLD = 4 << 20;

/** Collects bytes. */
export class Pieces {
  #pieces: BlobPart[] = [];
  #loose = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(bytes: Uint8Array): void {
    this.#pieces.push(bytes as Uint8Array<ArrayBuffer>);
    this.#loose += bytes.length;
    this.#length += bytes.length;
    if (this.#loose >= FOLD)
      this.#fold();
  }

  blob(): Blob {
    return new Blob(this.#pieces);
  }

  #fold(): void {
    this.#pieces = [new Blob(this.#pieces)];
    this.#loose = 0;
  }
}

/** Puts bytes behind each other. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1)
    return pieces[0]!;
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
