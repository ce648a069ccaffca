import type { TrustFile, TrustRole } from '@provenance/browser';
import { digestOf, fromBase64, toBase64 } from './bytes.js';
import type { TrustList } from './state.js';

/** Far more than any list of authorities holds. */
export const MOST_LIST_BYTES = 4 << 20;

const KEPT = 'provenance.lists';

/** A list as it stands in trust.json and in what the browser keeps: its bytes in Base64. */
interface StoredList {
  readonly role: TrustRole;
  readonly name: string;
  readonly content: string;
  readonly purposes?: string;
}

export async function trustList(file: TrustFile, origin: TrustList['origin']): Promise<TrustList> {
  return { file, digest: await digestOf(bytesOf(file)), origin };
}

/** A list that a person adds. */
export async function ownList(file: File): Promise<TrustList> {
  return trustList({ role: 'any', name: file.name, content: new Uint8Array(await file.arrayBuffer()) }, 'own');
}

/** Whether a list is certificates as text; a list in JSON begins with a brace. */
export function isPem(file: TrustFile): boolean {
  return !new TextDecoder().decode(bytesOf(file).subarray(0, 64)).trimStart().startsWith('{');
}

/** The lists that came with the page. */
export async function packedLists(): Promise<readonly TrustList[]> {
  const response = await fetch('./trust.json', { credentials: 'omit' });
  return response.ok ? Promise.all(readStored(await response.json()).map(file => trustList(file, 'packed'))) : [];
}

/** The lists that the person had the browser keep; none where it keeps nothing. */
export async function keptLists(storage: Storage | null): Promise<readonly TrustList[]> {
  try {
    const text = storage?.getItem(KEPT);
    return text ? await Promise.all(readStored(JSON.parse(text)).map(file => trustList(file, 'own'))) : [];
  }
  catch {
    return [];
  }
}

/** Keeps a person's lists, or forgets them. Whether the browser allowed it. */
export function keepLists(storage: Storage | null, lists: readonly TrustList[], remembers: boolean): boolean {
  try {
    if (remembers)
      storage?.setItem(KEPT, JSON.stringify(lists.filter(list => list.origin === 'own').map(list => stored(list.file))));
    else
      storage?.removeItem(KEPT);
    return storage !== null;
  }
  catch {
    return false;
  }
}

/** Lists out of JSON; what has not the form of one is left out. */
export function readStored(value: unknown): readonly TrustFile[] {
  return Array.isArray(value) ? value.filter(isStored).map(read) : [];
}

function isStored(value: unknown): value is StoredList {
  if (typeof value !== 'object' || value === null)
    return false;
  const { role, name, content, purposes } = value as Partial<Record<keyof StoredList, unknown>>;
  return ROLES.has(role) && typeof name === 'string' && typeof content === 'string' && (purposes === undefined || typeof purposes === 'string');
}

export const ROLES: ReadonlySet<unknown> = new Set<TrustRole>(['anchors', 'time-stamp-anchors', 'allowed', 'identity-anchors', 'incidents', 'packed', 'any']);

function read({ role, name, content, purposes }: StoredList): TrustFile {
  return { role, name, content: fromBase64(content), ...purposes !== undefined && { purposes } };
}

function stored(file: TrustFile): StoredList {
  const { role, name, purposes } = file;
  return { role, name, content: toBase64(bytesOf(file)), ...purposes !== undefined && { purposes } };
}

function bytesOf({ content }: TrustFile): Uint8Array<ArrayBuffer> {
  return typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
}
