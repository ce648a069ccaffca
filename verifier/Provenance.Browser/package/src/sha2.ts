import { createSHA1, createSHA256, createSHA384, createSHA512 } from 'hash-wasm';

/** As `HashAlgorithm` in C# numbers them: 0 SHA-256, 1 SHA-384, 2 SHA-512, 3 SHA-1. */
export type Sha2Algorithm = 0 | 1 | 2 | 3;

/**
 * Digests in WebAssembly, for what WebCrypto cannot do: answer at once, and take a range in pieces.
 *
 * One range at a time is taken in pieces. Whole digests may be asked for meanwhile: they have states of their own.
 */
export interface Sha2 {
  /** The digest of bytes in hand. */
  digest(algorithm: Sha2Algorithm, bytes: Uint8Array): Uint8Array;
  /** Begins a range. Throws while another one is under way, which would otherwise be mixed with this one. */
  start(algorithm: Sha2Algorithm): void;
  /** The next piece of the range. Its bytes are read before this returns. */
  update(bytes: Uint8Array): void;
  /** Ends the range and gives its digest. */
  finish(): Uint8Array;
  /** Forgets the range under way, if there is one. */
  abandon(): void;
}

const creators = [createSHA256, createSHA384, createSHA512, createSHA1] as const;

/** Compiles the WebAssembly, the only step that waits. */
export async function loadSha2(): Promise<Sha2> {
  const [whole, pieces] = await Promise.all([createAll(), createAll()]);
  let underWay: Hasher | undefined;

  function range(): Hasher {
    if (underWay === undefined) throw new Error('no range is under way: start one first');
    return underWay;
  }

  return {
    digest: (algorithm, bytes) => pick(whole, algorithm).init().update(bytes).digest('binary'),
    start(algorithm) {
      if (underWay !== undefined) throw new Error('a range is under way: finish or abandon it first');
      underWay = pick(pieces, algorithm).init();
    },
    update(bytes) {
      range().update(bytes);
    },
    finish() {
      const digest = range().digest('binary');
      underWay = undefined;
      return digest;
    },
    abandon() {
      underWay = undefined;
    },
  };
}

type Hasher = Awaited<ReturnType<(typeof creators)[number]>>;

function createAll(): Promise<Hasher[]> {
  return Promise.all(creators.map((create) => create()));
}

function pick(hashers: readonly Hasher[], algorithm: Sha2Algorithm): Hasher {
  const hasher = hashers[algorithm];
  if (hasher === undefined) throw new RangeError(`no digest algorithm has the number ${String(algorithm)}`);
  return hasher;
}
