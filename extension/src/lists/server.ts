import type { TrustRole } from '@provenance/browser';
import { digestOf } from '@provenance/page/bytes.js';
import { download, type DownloadFailure } from './download.js';

/** What a server of the reader's choice says it has: GET /api/v1/trust-lists (docs/extension.md). */
export interface ServedList {
  readonly name: string;
  readonly role: TrustRole;
  /** Of the same server. */
  readonly url: string;
  readonly sha256: string;
  /** Which issue the server says it is. Whether it is older than what is kept, the list itself tells. */
  readonly date: string;
  readonly sequence: number;
}

const MOST_LISTS = 32;
const ROLES: ReadonlySet<unknown> = new Set<TrustRole>(['anchors', 'time-stamp-anchors', 'identity-anchors', 'incidents', 'any']);

export type ServerFailure = DownloadFailure | 'not-understood' | 'other-bytes';

/** The lists that a server has; only the reader asks for them, and nothing is sent but the address. */
export async function servedLists(server: string): Promise<readonly ServedList[] | ServerFailure> {
  const { bytes, failure } = await download(`${server}/api/v1/trust-lists`);
  return failure !== null ? failure : readServed(new TextDecoder().decode(bytes), server) ?? 'not-understood';
}

/** One of them, if it is the one that was named. */
export async function servedList(list: ServedList): Promise<Uint8Array<ArrayBuffer> | ServerFailure> {
  const { bytes, failure } = await download(list.url);
  if (failure !== null)
    return failure;
  return (await digestOf(bytes)) === list.sha256 ? bytes : 'other-bytes';
}

/** What a server answered; null where one of its lists is not understood, as half of what it meant could be worse than nothing. */
export function readServed(text: string, server: string): readonly ServedList[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  }
  catch {
    return null;
  }
  if (!Array.isArray(value) || value.length > MOST_LISTS)
    return null;
  const lists = value.map((entry) => read(entry, server));
  return lists.includes(null) ? null : lists as readonly ServedList[];
}

function read(value: unknown, server: string): ServedList | null {
  if (typeof value !== 'object' || value === null)
    return null;
  const { name, role, url, sha256, date, sequence } = value as Partial<Record<keyof ServedList, unknown>>;
  if (typeof name !== 'string' || name === '' || name.length > 200 || !ROLES.has(role) || typeof url !== 'string' || !URL.canParse(url, server))
    return null;
  const address = new URL(url, server);
  if (address.origin !== server || typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256))
    return null;
  if (typeof date !== 'string' || Number.isNaN(Date.parse(date)) || !Number.isSafeInteger(sequence) || (sequence as number) < 0)
    return null;
  return { name, role: role as TrustRole, url: address.href, sha256, date, sequence: sequence as number };
}
