import type { TrustRole } from '@provenance/browser';
import { digestOf } from '@provenance/page/bytes.js';
import type { components, paths } from '../server/api.js';
import { download, type DownloadFailure } from './download.js';
import type { SignerOf } from './signer.js';

/** What a server of the reader's choice hands on: GET /api/v1/trust-lists (docs/extension.md). Members that are not named here are passed over. */
export interface ServedIndex {
  /** Milliseconds since 1970. */
  readonly issued: number;
  /** Rises with every change. */
  readonly sequence: number;
  readonly lists: readonly ServedList[];
}

export interface ServedList {
  readonly name: string;
  readonly role: TrustRole;
  /** Of the same server. */
  readonly url: string;
  readonly sha256: string;
  /** Which issue the server says it is. Whether it is older than what is kept, the list itself tells. */
  readonly date: string;
  readonly sequence: number;
  /** Of the same server; null where nobody signed. */
  readonly signature: string | null;
}

/** Whose answers are taken. */
export interface Expected {
  /** SHA-256 of the certificate that must sign; empty where nobody must. */
  readonly signer: string;
  /** The number of the youngest index that was taken. */
  readonly sequence: number;
}

const PATH = '/api/v1/trust-lists' satisfies keyof paths;
const SIGNATURE = '.p7s';
const MOST_LISTS = 32;
const ROLES: ReadonlySet<unknown> = new Set<TrustRole & components['schemas']['TrustList']['role']>(['anchors', 'time-stamp-anchors', 'identity-anchors', 'incidents', 'any']);

/** A server makes its index anew every day (ServedIndex.cs). */
const MOST_AGE = 14 * 24 * 3600_000;

/** How far a clock may be wrong. */
const MOST_AHEAD = 24 * 3600_000;

/** Between index and signature the server may have made others. */
const TRIES = 2;

export type ServerFailure = DownloadFailure | 'not-understood' | 'other-bytes' | 'not-signed' | 'other-signer' | 'stale' | 'replayed';

/** What a server hands on; only the reader asks for it, and nothing is sent but the address. */
export async function servedIndex(server: string, expected: Expected, signerOf: SignerOf, now = Date.now()): Promise<ServedIndex | ServerFailure> {
  const bytes = await signedBytes(server + PATH, server + PATH + SIGNATURE, expected.signer, signerOf);
  if (typeof bytes === 'string')
    return bytes;
  const index = readServed(new TextDecoder().decode(bytes), server);
  if (index === null)
    return 'not-understood';
  if (index.sequence < expected.sequence)
    return 'replayed';
  // Who signs nothing can also write another date.
  return expected.signer !== '' && (now - index.issued > MOST_AGE || index.issued - now > MOST_AHEAD) ? 'stale' : index;
}

/** One of its lists, if it is the one that was named, and signed by whom it must be. */
export async function servedList(list: ServedList, signer: string, signerOf: SignerOf): Promise<Uint8Array<ArrayBuffer> | ServerFailure> {
  if (signer !== '' && list.signature === null)
    return 'not-signed';
  const bytes = await signedBytes(list.url, list.signature ?? '', signer, signerOf);
  return typeof bytes === 'string' || (await digestOf(bytes)) === list.sha256 ? bytes : 'other-bytes';
}

async function signedBytes(address: string, signatureAddress: string, signer: string, signerOf: SignerOf): Promise<Uint8Array<ArrayBuffer> | ServerFailure> {
  for (let tries = 1; ; tries++) {
    const { bytes, failure } = await download(address);
    if (failure !== null)
      return failure;
    if (signer === '')
      return bytes;
    const signature = await download(signatureAddress);
    if (signature.failure !== null)
      return 'not-signed';
    const found = await signerOf(bytes, signature.bytes);
    if (found === signer)
      return bytes;
    if (found !== null || tries === TRIES)
      return 'other-signer';
  }
}

/** What a server answered; null where it, or one of its lists, is not understood, as half of what it meant could be worse than nothing. */
export function readServed(text: string, server: string): ServedIndex | null {
  const value = parse(text);
  const { format, version, issued, sequence, lists } = (value ?? {}) as Partial<Record<keyof components['schemas']['TrustLists'], unknown>>;
  if (format !== 'provenance-trust-lists' || version !== 1 || !isTime(issued) || !isNumber(sequence) || !Array.isArray(lists) || lists.length > MOST_LISTS)
    return null;
  const read = lists.map((entry) => readList(entry, server));
  return read.includes(null) ? null : { issued: Date.parse(issued), sequence, lists: read as readonly ServedList[] };
}

function readList(value: unknown, server: string): ServedList | null {
  if (typeof value !== 'object' || value === null)
    return null;
  const { name, role, url, sha256, date, sequence, signature } = value as Partial<Record<keyof components['schemas']['TrustList'], unknown>>;
  if (typeof name !== 'string' || name === '' || name.length > 200 || !ROLES.has(role) || typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256))
    return null;
  const address = addressOn(url, server), signatureAddress = signature === undefined ? null : addressOn(signature, server);
  if (address === null || (signature !== undefined && signatureAddress === null) || !isTime(date) || !isNumber(sequence))
    return null;
  return { name, role: role as TrustRole, url: address, sha256, date, sequence, signature: signatureAddress };
}

/** An address of the same server; null for anything else. */
function addressOn(url: unknown, server: string): string | null {
  if (typeof url !== 'string' || !URL.canParse(url, server))
    return null;
  const { origin, href } = new URL(url, server);
  return origin === server ? href : null;
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  }
  catch {
    return null;
  }
}
