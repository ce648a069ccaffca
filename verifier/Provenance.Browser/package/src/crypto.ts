import { loadSha2, type Sha2, type Sha2Algorithm } from './sha2.js';
import type { Part, Source } from './source.js';

/** The numbers of HashAlgorithm.cs. */
const names = ['SHA-256', 'SHA-384', 'SHA-512', 'SHA-1'] as const;

/** The numbers of SignatureFamily.cs that are asked about. */
const Family = { ecdsa: 0, rsaPkcs1: 1, rsaPss: 2 } as const;

/** Below this many bytes a digest worked out at once is quicker than one that is waited for (tests/browser/measure-sha2.mjs). */
const atOnceBytes = 24 << 10;

/** Above this many bytes a digest is worked out piece by piece; up to it, WebCrypto needs them in one buffer. */
const oneBufferBytes = 64 << 20;

/** Imported keys kept. */
const mostKeys = 64;

/** Bytes in the engine's memory, as the runtime hands them over: valid during the call alone. */
export interface EngineBytes {
  readonly byteLength: number;
  slice(): Uint8Array;
  set(from: Uint8Array, offset?: number): void;
}

/** Numbers in the engine's memory. */
export interface EngineNumbers {
  slice(): Float64Array;
}

/** What the engine asks for (WebCrypto.cs). One digest is under way at a time. */
export class CryptoImports {
  #sha2: Sha2 | null = null;
  #loading: Promise<Sha2> | null = null;
  readonly #sourceOf: (number: number) => Source;
  readonly #keys = new Map<string, CryptoKey>();
  #digest: Promise<Uint8Array> | null = null;
  #finished: Uint8Array | null = null;

  constructor(sourceOf: (number: number) => Source) {
    this.#sourceOf = sourceOf;
  }

  digestBytes(algorithm: Sha2Algorithm, bytes: EngineBytes, digest: EngineBytes): boolean {
    if (this.#sha2 && bytes.byteLength <= atOnceBytes) {
      digest.set(this.#sha2.digest(algorithm, bytes.slice()));
      return true;
    }
    this.#begin(subtleDigest(algorithm, bytes.slice()));
    return false;
  }

  digestParts(algorithm: Sha2Algorithm, source: number, plan: EngineNumbers, bytes: EngineBytes, digest: EngineBytes): boolean {
    const file = this.#sourceOf(source);
    const parts = partsOf(plan.slice(), bytes.slice());
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    if (this.#sha2 && length <= atOnceBytes) {
      const whole = file.gatherAtOnce(parts);
      if (whole) {
        digest.set(this.#sha2.digest(algorithm, whole));
        file.count(length);
        return true;
      }
    }
    this.#begin(length <= oneBufferBytes ? this.#oneBuffer(algorithm, file, parts, length) : this.#inPieces(algorithm, file, parts));
    return false;
  }

  async digestLater(): Promise<void> {
    this.#finished = await this.#digest;
    this.#digest = null;
  }

  takeDigest(digest: EngineBytes): void {
    digest.set(this.#finished!);
    this.#finished = null;
  }

  /** 1: good. 0: bad, or the key is none. -1: the platform lacks the algorithm. */
  async check(family: number, hash: number, saltLength: number, key: Uint8Array, exponent: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<number> {
    try {
      const imported = await this.#key(family, hash, key, exponent);
      const algorithm = family === Family.ecdsa ? { name: 'ECDSA', hash: names[hash]! } : family === Family.rsaPss ? { name: 'RSA-PSS', saltLength } : { name: 'RSASSA-PKCS1-v1_5' };
      return (await crypto.subtle.verify(algorithm, imported, signature as BufferSource, message as BufferSource)) ? 1 : 0;
    } catch (fault) {
      // A point that is refused is not on its curve. A modulus was looked at before (KeyRules.cs): one that is refused is beyond the platform.
      return family !== Family.ecdsa || (fault instanceof DOMException && fault.name === 'NotSupportedError') ? -1 : 0;
    }
  }

  async #key(family: number, hash: number, key: Uint8Array, exponent: Uint8Array): Promise<CryptoKey> {
    const name = `${family} ${hash} ${String.fromCharCode(...key)} ${String.fromCharCode(...exponent)}`;
    const known = this.#keys.get(name);
    if (known) return known;
    const imported = family === Family.ecdsa ? await importPoint(key) : await importModulus(family, hash, key, exponent);
    if (this.#keys.size >= mostKeys) this.#keys.clear();
    this.#keys.set(name, imported);
    return imported;
  }

  #begin(digest: Promise<Uint8Array>): void {
    // The first digest of all is not kept waiting for it.
    if (!this.#sha2) this.#loadSha2().catch(() => undefined);
    // Whoever began it waits for it, and hears of its fault then.
    digest.catch(() => undefined);
    this.#digest = digest;
  }

  async #oneBuffer(algorithm: Sha2Algorithm, file: Source, parts: readonly Part[], length: number): Promise<Uint8Array> {
    const bytes = await file.gather(parts);
    if (file.isCancelled) throw new Error('cancelled');
    const digest = await subtleDigest(algorithm, bytes);
    file.count(length);
    return digest;
  }

  async #inPieces(algorithm: Sha2Algorithm, file: Source, parts: readonly Part[]): Promise<Uint8Array> {
    const sha2 = await this.#loadSha2();
    sha2.start(algorithm);
    try {
      for await (const piece of piecesOf(file, parts)) {
        sha2.update(piece);
        file.count(piece.length);
      }
      return sha2.finish();
    } catch (fault) {
      sha2.abandon();
      throw fault;
    }
  }

  #loadSha2(): Promise<Sha2> {
    this.#loading ??= loadSha2().then((sha2) => (this.#sha2 = sha2));
    return this.#loading;
  }
}

function partsOf(plan: Float64Array, bytes: Uint8Array): Part[] {
  const parts: Part[] = [];
  let taken = 0;
  for (let at = 0; at < plan.length; at += 2) {
    const offset = plan[at]!, length = plan[at + 1]!;
    if (length === 0) continue;
    parts.push(offset < 0 ? bytes.subarray(taken, (taken += length)) : { offset, length });
  }
  return parts;
}

async function* piecesOf(file: Source, parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Uint8Array) {
      yield part;
      continue;
    }
    for await (const piece of file.pieces(part.offset, part.length)) {
      if (file.isCancelled) throw new Error('cancelled');
      yield piece;
    }
  }
}

async function subtleDigest(algorithm: Sha2Algorithm, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(names[algorithm]!, bytes as BufferSource));
}

/** A point of an elliptic curve (SEC 1 §2.3.3), whose length tells the curve. */
function importPoint(point: Uint8Array): Promise<CryptoKey> {
  const namedCurve = point.length === 65 ? 'P-256' : point.length === 97 ? 'P-384' : 'P-521';
  return crypto.subtle.importKey('raw', point as BufferSource, { name: 'ECDSA', namedCurve }, false, ['verify']);
}

/** A key of RSA as a JSON Web Key (RFC 7518 §6.3.1): every browser takes it, whatever the certificate calls the algorithm. */
function importModulus(family: number, hash: number, modulus: Uint8Array, exponent: Uint8Array): Promise<CryptoKey> {
  const algorithm = { name: family === Family.rsaPss ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5', hash: names[hash]! };
  return crypto.subtle.importKey('jwk', { kty: 'RSA', n: base64url(modulus), e: base64url(exponent) }, algorithm, false, ['verify']);
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
