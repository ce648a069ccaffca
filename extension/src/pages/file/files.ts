import type { Verifier, Language } from '@provenance/browser';
import { createVerifier } from '@provenance/browser';
import { createOpener, type Opener } from '@provenance/page/opener.js';
import { createSession, type Session } from '@provenance/page/session.js';
import { initialState, type Given, type TrustList } from '@provenance/page/state.js';
import type { Surroundings } from '@provenance/page/surroundings.js';
import { readStored, trustList } from '@provenance/page/trust.js';
import type { Place } from '../../contract/pages.js';
import type { KeptList, Settings } from '../../contract/settings.js';
import { changeSettings, listsInForce, packedLists } from '../../settings.js';
import { say, wordsOf, type WordKey } from '../../words/words.js';
import { languageOf } from '../tab/language.js';
import type { View } from '../tab/view.js';

/** The verify page as a part of the extension: its engine is packed, its lists and its language are the reader's settings. */
export interface VerifyPage {
  readonly session: Session;
  readonly opener: Opener;
  readonly surroundings: Surroundings;
}

export function createVerifyPage(settings: Settings): VerifyPage {
  let verifier: Verifier | undefined;
  const at = (path: string) => chrome.runtime.getURL(path);
  const engine = () => verifier ??= createVerifier({ base: at('engine/browser/'), metadataBase: at('engine/browser-metadata/') });
  const session = createSession(initialState(languageOf(settings)), engine);
  return {
    session,
    opener: createOpener(session, false),
    surroundings: {
      hasFiles: false,
      keepLanguage: language => void changeSettings({ language }),
      manageLists: () => void chrome.runtime.openOptionsPage(),
    },
  };
}

/** Hands the lists in force over; what is open is judged anew. */
export async function useLists(session: Session, settings: Settings): Promise<void> {
  const kept = listsInForce(settings, await packedLists());
  const lists = await Promise.all(kept.map(listOf));
  const now = session.state.trust.lists;
  if (session.state.isTrustRead && lists.length === now.length && lists.every((list, index) => list.digest === now[index]?.digest && list.file.role === now[index]?.file.role))
    return;
  session.dispatch({ kind: 'trust', trust: { ...session.state.trust, lists } });
}

async function listOf(kept: KeptList): Promise<TrustList> {
  const [file] = readStored([kept]);
  return trustList(file ?? { role: kept.role, name: kept.name, content: '' }, kept.origin);
}

/** Takes the bytes that were checked from the engine, which holds them or reads them anew. */
export async function takeFrom(engine: View, place: Place): Promise<Given> {
  const { url, name } = await engine.bytes(place);
  const blob = await (await fetch(url)).blob();
  return { name, blob, origin: 'given', note: inAllLanguages('file.from-page') };
}

/** Fetches what a link leads to, because the reader said so. Nobody learns more than that the file is asked for. */
export async function fetchLinked(address: string): Promise<Given | null> {
  try {
    const response = await fetch(address, { credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' });
    if (!response.ok)
      return null;
    const { host, pathname } = new URL(address);
    const name = pathname.slice(pathname.lastIndexOf('/') + 1);
    return { name, blob: await response.blob(), origin: 'linked', note: inAllLanguages('file.from-link', { host }) };
  }
  catch {
    return null;
  }
}

function inAllLanguages(key: WordKey, values: Readonly<Record<string, string>> = {}): Readonly<Record<Language, string>> {
  return { en: say(wordsOf('en'), key, values), ko: say(wordsOf('ko'), key, values) };
}
