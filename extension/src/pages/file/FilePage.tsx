import { App } from '@provenance/page/App.js';
import { obstacleOf } from '@provenance/page/failure.js';
import { useEffect, useState } from 'preact/hooks';
import { linkKey, readFilePage } from '../../contract/pages.js';
import { readSettings, watchSettings } from '../../settings.js';
import { wordsOf, type WordKey } from '../../words/words.js';
import { openView, ViewError } from '../tab/view.js';
import { createVerifyPage, takeFrom, useLists, type VerifyPage } from './files.js';
import { LinkedFile } from './LinkedFile.js';

/** What stands above the answer. */
type Handover =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'words'; readonly key: WordKey }
  | { readonly kind: 'link'; readonly address: string };

/** All that is known of a file: of one that was checked on a page, of what a link leads to, or of one that the reader brings. */
export function FilePage() {
  const [page, setPage] = useState<VerifyPage | null>(null);
  const [handover, setHandover] = useState<Handover>({ kind: 'nothing' });
  const [, setCount] = useState(0);
  useEffect(() => {
    let stop = () => {};
    const begin = async () => {
      const settings = await readSettings();
      const made = createVerifyPage(settings);
      const { session } = made;
      const unsubscribe = session.subscribe(() => setCount(count => count + 1));
      const unwatch = watchSettings(changed => void useLists(session, changed));
      stop = () => { unsubscribe(); unwatch(); };
      setPage(made);
      const obstacle = obstacleOf({ isSecureContext, hasSubtle: globalThis.crypto?.subtle !== undefined, hasEngine: typeof WebAssembly === 'object' });
      if (obstacle !== null) {
        session.dispatch({ kind: 'obstacle', code: obstacle });
        return;
      }
      await useLists(session, settings);
      setHandover(await take(made));
    };
    void begin();
    return () => stop();
  }, []);
  if (page === null)
    return null;
  const { session, opener, surroundings } = page;
  const words = wordsOf(session.state.language);
  return (
    <App session={session} opener={opener} surroundings={surroundings}>
      {handover.kind === 'words' && <div class="handover" role="alert"><p>{words[handover.key]}</p></div>}
      {handover.kind === 'link' && <LinkedFile address={handover.address} session={session} words={words} onEnd={() => setHandover({ kind: 'nothing' })} />}
    </App>
  );
}

/** Opens what the page's own address names. */
async function take({ session }: VerifyPage): Promise<Handover> {
  const { medium, other, link } = readFilePage(location.search);
  if (link !== null) {
    const address: unknown = (await chrome.storage.session.get(linkKey(link)))[linkKey(link)];
    return typeof address === 'string' ? { kind: 'link', address } : { kind: 'words', key: 'file.gone' };
  }
  if (medium === null)
    return { kind: 'nothing' };
  const engine = openView(() => undefined);
  try {
    // One after the other: an engine that reads them anew gives the page less to carry.
    const files = [await takeFrom(engine, medium), ...other === null ? [] : [await takeFrom(engine, other)]];
    const first = session.state.next;
    session.dispatch({ kind: 'given', files });
    if (files.length === 2)
      session.dispatch({ kind: 'compared', id: first + 1 });
    return { kind: 'nothing' };
  }
  catch (error) {
    return { kind: 'words', key: error instanceof ViewError ? `file.failed.${error.why}` : 'file.failed.unknown' };
  }
  finally {
    engine.close();
  }
}

