import { createVerifier, type Verifier } from '@provenance/browser';
import { render } from 'preact';
import { App } from './App.js';
import { failureOf, obstacleOf } from './failure.js';
import { chooseLanguage, keptLanguage } from './language.js';
import { linkedFile } from './link.js';
import { createOpener } from './opener.js';
import { createSession } from './session.js';
import { initialState } from './state.js';
import { storageOf } from './storage.js';
import { keptLists, packedLists } from './trust.js';

const storage = storageOf();
let verifier: Verifier | undefined;
const engine = () => verifier ??= createVerifier({ base: new URL('./engine/browser/', document.baseURI), metadataBase: new URL('./engine/browser-metadata/', document.baseURI) });
const session = createSession(initialState(chooseLanguage(keptLanguage(storage), navigator.languages)), engine);
const opener = createOpener(session);

const page = document.getElementById('page');
if (page !== null) {
  page.replaceChildren();
  render(<App session={session} opener={opener} />, page);
}

const obstacle = obstacleOf({ isSecureContext, hasSubtle: globalThis.crypto?.subtle !== undefined, hasEngine: typeof WebAssembly === 'object' && typeof HTMLDialogElement === 'function' });
if (obstacle !== null)
  session.dispatch({ kind: 'obstacle', code: obstacle });
else
  void begin();

/** Reads the lists, and the file that the page's own address names. */
async function begin(): Promise<void> {
  const [packed, kept] = await Promise.all([packedLists().catch(() => []), keptLists(storage)]);
  // Whoever opens this page has a file to ask about, so the engine starts before it is asked.
  engine().ready.catch((error: unknown) => session.dispatch({ kind: 'obstacle', code: failureOf(error) === 'old' ? 'old' : 'engine' }));
  session.dispatch({ kind: 'trust', trust: { lists: [...packed, ...kept], looksUp: true, remembers: kept.length > 0 } });
  const address = linkedFile(location.href);
  if (address !== null)
    await opener.begin(address);
}
