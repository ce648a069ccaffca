import { useEffect, useState } from 'preact/hooks';
import { announcement } from './announcement.js';
import { Answer } from './Answer.js';
import { Compare, type ComparePicture } from './compare/Compare.js';
import { ComparePanel } from './ComparePanel.js';
import { FileList } from './FileList.js';
import { Header } from './Header.js';
import { Intake, MoreIntake } from './Intake.js';
import { LinkPanel } from './LinkPanel.js';
import type { Opener } from './opener.js';
import type { Session } from './session.js';
import { selectedItem } from './state.js';
import { TrustPanel } from './TrustPanel.js';
import { useDropAndPaste } from './useDropAndPaste.js';
import { wordsOf, say } from './words/words.js';

export function App({ session, opener }: { readonly session: Session; readonly opener: Opener }) {
  const [, setCount] = useState(0);
  useEffect(() => session.subscribe(() => setCount(count => count + 1)), [session]);
  const { state } = session;
  const words = wordsOf(state.language);
  const item = selectedItem(state);
  const [right, setRight] = useState<ComparePicture | null>(null);
  const isDraggedOver = useDropAndPaste(opener);
  useEffect(() => {
    document.documentElement.lang = state.language;
    document.title = item ? `${item.name} · Provenance` : 'Provenance';
  }, [state.language, item?.name]);
  useEffect(() => setRight(null), [item?.id]);
  const closePanel = () => session.dispatch({ kind: 'panel', panel: null });
  return (
    <>
      {item && <a class="skip" href="#answer-name">{words['nav.skip']}</a>}
      <Header session={session} words={words} />
      <main class={item ? 'with-answer' : undefined}>
        {state.obstacle !== null && <p class="obstacle" role="alert">{words[`error.${state.obstacle}`]}</p>}
        {state.isTrustRead && state.trust.looksUp && state.trust.lists.length === 0 && item && item.origin !== 'example' && (
          <p class="no-list">{words['trust.none']} <button type="button" class="plain" onClick={() => session.dispatch({ kind: 'panel', panel: 'trust' })}>{words.settings}</button></p>
        )}
        {item ? <MoreIntake session={session} opener={opener} words={words} /> : <Intake session={session} opener={opener} words={words} />}
        <FileList session={session} words={words} />
        {item && <Answer key={item.id} item={item} session={session} words={words}
          onCompare={other => other === null ? session.dispatch({ kind: 'panel', panel: 'compare' }) : setRight(other)} />}
      </main>
      <footer><p>{words.disclaimer}</p></footer>
      {state.panel === 'trust' && <TrustPanel session={session} words={words} onClose={closePanel} />}
      {state.panel === 'link' && <LinkPanel opener={opener} words={words} onClose={closePanel} />}
      {state.panel === 'compare' && item && <ComparePanel state={state} item={item} words={words} onClose={closePanel} onChoose={other => { setRight(other); closePanel(); }} />}
      {right !== null && item && <Compare words={words} left={{ name: item.name, blob: item.blob, recorded: false }} right={right} onClose={() => setRight(null)} />}
      {isDraggedOver && <div class="drop-veil" aria-hidden="true"><p>{words['intake.drop-now']}</p></div>}
      <p class={state.notice ? 'status notice' : 'status away'} role="status" aria-live="polite">
        {state.notice ? say(words, state.notice.key, state.notice.values) : announcement(state, words)}
      </p>
    </>
  );
}
