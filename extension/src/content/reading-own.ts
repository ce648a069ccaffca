import type { Medium } from '../contract/media.js';

/** Milliseconds that bytes are kept for the engine's answer, and after they were compared: several elements may show the same file. */
const KEPT = { before: 30_000, after: 500 } as const;

/** Bytes that are kept in all. */
const MOST = 48 << 20;

/** Bytes that this frame read, until they are compared with what it shows. */
export class OwnBytes {
  readonly #kept = new Map<string, { readonly blob: Blob; timer: ReturnType<typeof setTimeout> }>();

  keep(medium: Medium, blob: Blob): void {
    const key = keyOf(medium);
    this.#drop(key);
    this.#kept.set(key, { blob, timer: this.#dropLater(key, KEPT.before) });
    let sum = 0;
    for (const [each, kept] of [...this.#kept].reverse()) {
      sum += kept.blob.size;
      if (sum > MOST && each !== key)
        this.#drop(each);
    }
  }

  of(medium: Medium): Blob | null {
    const key = keyOf(medium);
    const kept = this.#kept.get(key);
    if (kept === undefined)
      return null;
    clearTimeout(kept.timer);
    kept.timer = this.#dropLater(key, KEPT.after);
    return kept.blob;
  }

  #dropLater(key: string, after: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#kept.delete(key), after);
  }

  #drop(key: string): void {
    clearTimeout(this.#kept.get(key)?.timer);
    this.#kept.delete(key);
  }
}

/** Addresses of `data:` are cut. */
function keyOf({ id, url }: Medium): string {
  return url.startsWith('data:') ? `${id}` : url;
}
