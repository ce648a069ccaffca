import type { KeptList } from '../contract/settings.js';
import { changeSettings, packedLists, readSettings } from '../settings.js';
import { download, type DownloadFailure } from './download.js';
import { servedIndex, servedList, type ServedList, type ServerFailure } from './server.js';
import { withEngine } from './signer.js';
import { OFFICIAL_FILES, OFFICIAL_FOLDER } from './sources.js';
import { including, take, type OfferedList, type Taken } from './take.js';

/** What became of one list. What was kept stays with everything but `new` and `same`. */
export type Outcome = 'new' | 'same' | NonNullable<Taken['refusal']> | DownloadFailure | ServerFailure | 'no-room' | 'gone';

export interface Told {
  readonly name: string;
  readonly outcome: Outcome;
}

/** Fetches the official lists. Each stands alone: one that cannot be had keeps nobody from the other. */
export function fetchOfficial(): Promise<readonly Told[]> {
  return Promise.all(OFFICIAL_FILES.map(async (name) => {
    const source = OFFICIAL_FOLDER + name;
    const { bytes, failure } = await download(source);
    return { name, outcome: failure ?? (await keep({ role: 'any', name, bytes, origin: 'fetched', source })) };
  }));
}

/** Fetches what the reader's server has; its name stands for all of it where it does not answer as it must. */
export async function fetchFromServer(): Promise<readonly Told[]> {
  const { server, serverSigner: signer, serverSequence: sequence } = await readSettings();
  return withEngine(async (signerOf) => {
    const index = await servedIndex(server, { signer, sequence }, signerOf);
    if (typeof index === 'string')
      return [{ name: server, outcome: index }];
    const told = await Promise.all(index.lists.map(async (list) => {
      const bytes = await servedList(list, signer, signerOf);
      return { name: list.name, outcome: typeof bytes === 'string' ? bytes : await keep({ role: list.role, name: list.name, bytes, origin: 'fetched', source: list.url }) };
    }));
    const gone = signer === '' ? [] : await removeOthers(server, index.lists);
    await changeSettings((settings) => (settings.server === server && settings.serverSigner === signer ? { serverSequence: index.sequence } : {}));
    return [...told, ...gone];
  });
}

/** Takes out lists that the server hands on no more, by a word that is signed; without a signature anybody may have left them out, and they stay. */
async function removeOthers(server: string, served: readonly ServedList[]): Promise<readonly Told[]> {
  const isGone = ({ origin, source, name }: KeptList) => origin === 'fetched' && source.startsWith(`${server}/`) && !served.some((list) => list.url === source && list.name === name);
  const gone = (await readSettings()).lists.filter(isGone);
  if (gone.length > 0)
    await changeSettings(({ lists }) => ({ lists: lists.filter((list) => !isGone(list)) }));
  return gone.map(({ name }) => ({ name, outcome: 'gone' as const }));
}

/** Takes a list of the reader's own. */
export async function keepOwn(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Told> {
  return { name, outcome: await keep({ role: 'any', name, bytes, origin: 'own', source: '' }) };
}

async function keep(offered: OfferedList): Promise<Outcome> {
  const [{ lists }, packed] = await Promise.all([readSettings(), packedLists()]);
  const kept = predecessor(lists, packed, offered);
  const taken = await take(offered, kept);
  if (taken.list === null)
    return taken.refusal;
  const { list } = taken;
  try {
    await changeSettings((settings) => ({ lists: including(settings.lists, list, kept) }));
  }
  catch {
    // The browser gives an extension some megabytes.
    return 'no-room';
  }
  return kept?.content === list.content ? 'same' : 'new';
}

/** What a list would take the place of: what came from the same address, an own one of the same name, or the packed one of the same name. */
function predecessor(lists: readonly KeptList[], packed: readonly KeptList[], { name, origin, source }: OfferedList): KeptList | null {
  return lists.find((list) => list.origin === origin && list.source === source && list.name === name) ?? (origin === 'fetched' ? packed.find((list) => list.name === name) ?? null : null);
}
