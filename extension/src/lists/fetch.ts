import type { KeptList } from '../contract/settings.js';
import { changeSettings, packedLists, readSettings } from '../settings.js';
import { download, type DownloadFailure } from './download.js';
import { servedList, servedLists, type ServerFailure } from './server.js';
import { OFFICIAL_FILES, OFFICIAL_FOLDER } from './sources.js';
import { including, take, type OfferedList, type Taken } from './take.js';

/** What became of one list. What was kept stays with everything but `new` and `same`. */
export type Outcome = 'new' | 'same' | NonNullable<Taken['refusal']> | DownloadFailure | ServerFailure | 'no-room';

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

/** Fetches what a server has; its name stands for all of it where it does not answer. */
export async function fetchFrom(server: string): Promise<readonly Told[]> {
  const served = await servedLists(server);
  if (typeof served === 'string')
    return [{ name: server, outcome: served }];
  return Promise.all(served.map(async (list) => {
    const bytes = await servedList(list);
    return { name: list.name, outcome: typeof bytes === 'string' ? bytes : await keep({ role: list.role, name: list.name, bytes, origin: 'fetched', source: list.url }) };
  }));
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
