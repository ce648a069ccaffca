/** Milliseconds that bytes are kept for the engine's answer, and after they were compared: several elements may show the same file. */
const KEPT = { before: 30_000, after: 500 } as const;

/** Bytes that are kept in all. */
const MOST = 48 << 20;

/**
 * Bytes that this frame read, until they are compared with what it shows. By the job that read them, not by their address: a server may give
 * other bytes each time, and only those that the verdict is on may be compared (attacks.md K13).
 */
export class OwnBytes {
  readonly #kept = new Map<number, { readonly blob: Blob; timer: ReturnType<typeof setTimeout> }>();

  keep(job: number, blob: Blob): void {
    this.#kept.set(job, { blob, timer: this.#dropLater(job, KEPT.before) });
    let sum = 0;
    for (const [each, kept] of [...this.#kept].reverse()) {
      sum += kept.blob.size;
      if (sum > MOST && each !== job)
        this.#drop(each);
    }
  }

  of(job: number): Blob | null {
    const kept = this.#kept.get(job);
    if (kept === undefined)
      return null;
    clearTimeout(kept.timer);
    kept.timer = this.#dropLater(job, KEPT.after);
    return kept.blob;
  }

  #dropLater(job: number, after: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#kept.delete(job), after);
  }

  #drop(job: number): void {
    clearTimeout(this.#kept.get(job)?.timer);
    this.#kept.delete(job);
  }
}
