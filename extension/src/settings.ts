import { MOST_LIST_BYTES, ROLES } from '@provenance/page/trust.js';
import { DEFAULT_SETTINGS, SETTINGS_VERSION, type KeptList, type Settings } from './contract/settings.js';
import { isSite } from './sites.js';

const KEPT = 'settings';

/** Characters of the reader's own mark. */
export const MOST_MARK = 24;

const MOST_SITES = 1000;
const MOST_LISTS = 64;

/** Says of each member whether a value can be it. What is no member, or cannot be it, is left out: other versions wrote other things. */
const CAN_BE: { readonly [Name in keyof Settings]: (value: unknown) => boolean } = {
  language: (value) => value === 'browser' || value === 'en' || value === 'ko',
  sites: areSites,
  denied: areSites,
  isPaused: isBoolean,
  inPrivate: isBoolean,
  lists: (value) => Array.isArray(value) && value.length <= MOST_LISTS && value.every(isKeptList),
  usesPacked: isBoolean,
  offersRemote: isBoolean,
  offersRevocation: isBoolean,
  server: (value) => value === '' || (typeof value === 'string' && isServer(value)),
  serverSigner: (value) => value === '' || (typeof value === 'string' && isSha256(value)),
  serverSequence: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  mark: (value) => typeof value === 'string' && value.length <= MOST_MARK,
  wasAsked: isBoolean,
};

/** The settings in an object that anybody may have written: storage, a builder's file, a file of the reader's. */
export function settingsIn(value: unknown): Partial<Settings> {
  if (typeof value !== 'object' || value === null)
    return {};
  const known = Object.entries(value).filter(([name, member]) => Object.hasOwn(CAN_BE, name) && CAN_BE[name as keyof Settings](member));
  return Object.fromEntries(known);
}

/** What the reader chose, over what the builder packed, over what we think. */
export async function readSettings(): Promise<Settings> {
  const [packed, chosen] = await Promise.all([packedDefaults(), chosenSettings()]);
  return { ...DEFAULT_SETTINGS, ...packed, ...chosen };
}

/** Changes some members and leaves the others; two windows that write at the same time do not lose each other's change. */
export async function changeSettings(change: Partial<Settings> | ((settings: Settings) => Partial<Settings>)): Promise<void> {
  await navigator.locks.request(KEPT, async () => {
    const next = settingsIn(typeof change === 'function' ? change(await readSettings()) : change);
    await chrome.storage.local.set({ [KEPT]: { version: SETTINGS_VERSION, ...(await chosenSettings()), ...next } });
  });
}

/** Only what the reader chose, without what came with the extension. */
export async function chosenSettings(): Promise<Partial<Settings>> {
  return settingsIn((await chrome.storage.local.get(KEPT))[KEPT]);
}

/** Forgets everything, of this session too. */
export async function forgetAll(): Promise<void> {
  await navigator.locks.request(KEPT, () => Promise.all([chrome.storage.local.clear(), chrome.storage.session.clear()]));
}

/** Tells of every change. What comes back ends it. */
export function watchSettings(changed: (settings: Settings) => void): () => void {
  const listen = (changes: Record<string, unknown>, area: string) => {
    if (area === 'local' && KEPT in changes)
      void readSettings().then(changed);
  };
  chrome.storage.onChanged.addListener(listen);
  return () => chrome.storage.onChanged.removeListener(listen);
}

/** The lists that came with the extension (build.mjs, PROVENANCE_TRUST). */
export async function packedLists(): Promise<readonly KeptList[]> {
  const lists = await packed('trust.json');
  return Array.isArray(lists) ? lists.map((list) => ({ ...list, origin: 'packed', source: '', added: 0 })).filter(isKeptList) : [];
}

/** All lists that are in force. One that was fetched stands for the packed one of the same name, which is an older issue of it. */
export function listsInForce(settings: Settings, packed: readonly KeptList[]): readonly KeptList[] {
  const fetched = new Set(settings.lists.filter((list) => list.origin === 'fetched').map((list) => list.name));
  return [...(settings.usesPacked ? packed.filter((list) => !fetched.has(list.name)) : []), ...settings.lists];
}

/** A digest as we write it. */
export function isSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** A server's address that may be kept: https, or http to this machine; without a path, a name or a password. */
export function isServer(address: string): boolean {
  if (!URL.canParse(address))
    return false;
  const { protocol, hostname, origin } = new URL(address);
  const isHere = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  return address === origin && (protocol === 'https:' || (protocol === 'http:' && isHere));
}

async function packedDefaults(): Promise<Partial<Settings>> {
  return settingsIn(await packed('defaults.json'));
}

/** A file that a builder may have packed. */
async function packed(name: string): Promise<unknown> {
  try {
    const response = await fetch(chrome.runtime.getURL(name));
    return response.ok ? await response.json() : null;
  }
  catch {
    // Chromium answers for a file that is not there as for a host that is not.
    return null;
  }
}

function isKeptList(value: unknown): value is KeptList {
  if (typeof value !== 'object' || value === null)
    return false;
  const { role, name, content, origin, source, added } = value as Partial<Record<keyof KeptList, unknown>>;
  return ROLES.has(role) && typeof name === 'string' && name.length <= 300
    && typeof content === 'string' && content.length <= Math.ceil(MOST_LIST_BYTES / 3) * 4 && /^[A-Za-z0-9+/]*={0,2}$/.test(content)
    && (origin === 'packed' || origin === 'fetched' || origin === 'own') && typeof source === 'string' && source.length <= 2000 && Number.isFinite(added);
}

function areSites(value: unknown): boolean {
  return Array.isArray(value) && value.length <= MOST_SITES && value.every((site) => typeof site === 'string' && isSite(site));
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}
