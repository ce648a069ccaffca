import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Answer } from './Answer.js';
import { Compare, type ComparePicture } from './compare/Compare.js';
import { ComparePanel } from './ComparePanel.js';
import { FileList } from './FileList.js';
import { Header } from './Header.js';
import { Intake, MoreIntake } from './Intake.js';
import { LinkPanel } from './LinkPanel.js';
import { nameOf } from './name.js';
import type { Opener } from './opener.js';
import type { Session } from './session.js';
import { selectedItem } from './state.js';
import { Status } from './Status.js';
import { ON_ITS_OWN, type Surroundings } from './surroundings.js';
import { TrustPanel } from './TrustPanel.js';
import { useDropAndPaste } from './useDropAndPaste.js';
import { wordsOf } from './words/words.js';

/** How long a notice stays, in milliseconds: time to read it twice. */
const NOTICE_TIME = 9000;

interface AppProps {
  readonly session: Session;
  readonly opener: Opener;
  readonly surroundings?: Surroundings;
  /** What whoever holds the page has to say above everything else. */
  readonly children?: ComponentChildren;
}

export function App({ session, opener, surroundings = ON_ITS_OWN, children }: AppProps) {
  const [, setCount] = useState(0);
  useEffect(() => {
    const draw = () => setCount(count => count + 1);
    // Something may have changed between the first drawing and now.
    draw();
    return session.subscribe(draw);
  }, [session]);
  const { state } = session;
  const words = wordsOf(state.language);
  const item = selectedItem(state);
  const [right, setRight] = useState<ComparePicture | null>(null);
  const isDraggedOver = useDropAndPaste(opener);
  useEffect(() => {
    document.documentElement.lang = state.language;
    document.title = item ? `${nameOf(item, words)} · Provenance` : 'Provenance';
  }, [state.language, item?.name]);
  useEffect(() => setRight(null), [item?.id]);
  useEffect(() => {
    const other = state.items.find(one => one.id === state.compared);
    if (other === undefined)
      return;
    setRight({ name: other.name, blob: other.blob, recorded: false });
    session.dispatch({ kind: 'compared', id: null });
  }, [state.compared]);
  const comparer = useRef<Element | null>(null);
  const compare = (other: ComparePicture | null) => {
    comparer.current = document.activeElement;
    if (other === null)
      session.dispatch({ kind: 'panel', panel: 'compare' });
    else
      setRight(other);
  };
  const endComparison = () => setRight(null);
  // The button that asked for the comparison is there again only when the answer is.
  useEffect(() => {
    if (right === null && comparer.current instanceof HTMLElement && state.panel === null) {
      comparer.current.focus();
      comparer.current = null;
    }
  }, [right]);
  useEffect(() => {
    if (state.notice === null)
      return;
    const timer = setTimeout(() => session.dispatch({ kind: 'notice', notice: null }), NOTICE_TIME);
    return () => clearTimeout(timer);
  }, [state.notice]);
  const closePanel = () => session.dispatch({ kind: 'panel', panel: null });
  return (
    <>
      {item && <a class="skip" href="#answer-name">{words['nav.skip']}</a>}
      <Header session={session} surroundings={surroundings} words={words} />
      <main class={item ? 'with-answer' : undefined}>
        {children}
        {state.obstacle !== null && <p class="obstacle" role="alert">{words[`error.${state.obstacle}`]}</p>}
        {state.isTrustRead && state.trust.looksUp && state.trust.lists.length === 0 && item && item.origin !== 'example' && (
          <p class="no-list">{words['trust.none']} <button type="button" class="plain" onClick={() => session.dispatch({ kind: 'panel', panel: 'trust' })}>{words['trust.open']}</button></p>
        )}
        {item ? <MoreIntake session={session} opener={opener} surroundings={surroundings} words={words} /> : <Intake session={session} opener={opener} surroundings={surroundings} words={words} />}
        <FileList session={session} words={words} />
        {item && right !== null && <Compare words={words} left={{ name: item.name, blob: item.blob, recorded: false }} right={right} onClose={endComparison} />}
        {item && <div hidden={right !== null}><Answer key={item.id} item={item} session={session} words={words} onCompare={compare} /></div>}
      </main>
      <footer><p>{words.disclaimer}</p></footer>
      {state.panel === 'trust' && <TrustPanel session={session} surroundings={surroundings} words={words} onClose={closePanel} />}
      {state.panel === 'link' && <LinkPanel session={session} opener={opener} words={words} onClose={closePanel} />}
      {state.panel === 'compare' && item && <ComparePanel state={state} item={item} words={words} onClose={closePanel} onChoose={other => { setRight(other); closePanel(); }} />}
      {isDraggedOver && <div class="drop-veil" aria-hidden="true"><p>{words['intake.drop-now']}</p></div>}
      {state.panel === null && <Status state={state} words={words} />}
    </>
  );
}
