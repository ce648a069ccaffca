/** Keeps what was used last. */
export class Lru<V> {
  readonly #kept = new Map<string, { readonly value: V; readonly weight: number }>();
  #weight = 0;

  /** @param dropped Told of what is kept no longer. */
  constructor(readonly most: number, readonly mostWeight = Infinity, readonly dropped: (value: V) => void = () => undefined) {}

  get size(): number {
    return this.#kept.size;
  }

  get(key: string): V | undefined {
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
    }
    return kept?.value;
  }

  /** What weighs more than all may weigh is not kept. */
  set(key: string, value: V, weight = 0): void {
    this.delete(key);
    if (weight > this.mostWeight) {
      this.dropped(value);
      return;
    }
    this.#kept.set(key, { value, weight });
    this.#weight += weight;
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.most && this.#weight <= this.mostWeight)
        break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const kept = this.#kept.get(key);
    if (kept === undefined)
      return;
    this.#kept.delete(key);
    this.#weight -= kept.weight;
    this.dropped(kept.value);
  }

  clear(): void {
    for (const key of [...this.#kept.keys()])
      this.delete(key);
  }
}
