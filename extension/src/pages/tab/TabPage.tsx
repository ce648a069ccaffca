import { useEffect, useRef, useState } from 'preact/hooks';
import { wordsOf } from '../../words/words.js';
import { Announcement } from './Announcement.js';
import { counterOf, countsOf } from './counter.js';
import { Foot } from './Foot.js';
import { Head } from './Head.js';
import { LabelSettings } from './LabelSettings.js';
import { languageOf } from './language.js';
import { List } from './List.js';
import { NotLooking } from './NotLooking.js';
import { useTabPage } from './useTabPage.js';

/** The popup and the panel: what is known of every picture, film and sound of a tab. The engine tells it, never a page. */
export function TabPage({ isPopup }: { readonly isPopup: boolean }) {
  const { settings, tab, looking, view, engine, lookAgain } = useTabPage();
  const [notice, setNotice] = useState('');
  const primary = useRef<HTMLButtonElement>(null);
  const language = settings && languageOf(settings);
  const words = wordsOf(language ?? 'en');
  useEffect(() => {
    if (language === null)
      return;
    document.documentElement.lang = language;
    document.title = words['panel.title'];
  }, [language]);

  const entries = view?.entries ?? [];
  const isAutomatic = view?.mode === 'automatic';
  // A script that was put in before goes on, also where the browser would not let us put it in now.
  const isThere = looking === 'there' || (entries.length > 0 && (looking === 'closed' || looking === 'not-opened'));
  const isSettled = useSettled(isThere, tab?.id);
  const canCheck = isThere && !isAutomatic && entries.length > 0;
  useEffect(() => {
    // The one thing to do here, for whoever came by the keyboard; nobody's focus is taken.
    if (canCheck && document.activeElement === document.body)
      primary.current?.focus({ preventScroll: true });
  }, [canCheck]);
  if (settings === null || language === null)
    return null;

  const isShown = view !== null && (isThere || entries.length > 0);
  const counter = !isShown ? null : entries.length === 0 && !isSettled ? words['tab.looking'] : counterOf(countsOf(view), words, language);
  const interfered = entries.filter(entry => entry.interference).length;
  const isUntouched = entries.every(entry => entry.phase === 'unasked');
  const isDone = entries.every(entry => entry.phase === 'answered' || entry.isSmall);
  const isIdle = !entries.some(entry => entry.phase === 'waiting' || entry.phase === 'checking');
  return (
    <>
      <Head origin={originOf(tab?.url ?? null) ?? view?.origin ?? ''} counter={counter} mark={settings.mark} window={isPopup ? tab?.window ?? null : null} words={words} />
      <main>
        {looking !== 'there' && looking !== 'beginning' && !isThere && <NotLooking looking={looking} address={tab?.url ?? ''} isPanel={!isPopup} onAgain={lookAgain} words={words} />}
        {canCheck && (
          <div class="ask">
            <button type="button" class={isDone ? undefined : 'primary'} ref={primary} aria-disabled={!isIdle} onClick={() => isIdle && engine?.checkAll(view!.tab)}>
              {words[!isIdle ? 'tab.checking-all' : isDone ? 'tab.check-all-again' : 'tab.check-all']}
            </button>
            {(isUntouched || view!.isLate) && <p class="hint">{[isUntouched && words['tab.untouched'], view!.isLate && words['tab.late']].filter(Boolean).join(' ')}</p>}
          </div>
        )}
        {interfered > 0 && (
          <div class="warning" role="alert">
            <p class="warning-title">{words['tab.interference.title']}</p>
            <p>{words['tab.interference']}</p>
          </div>
        )}
        {tab && (isThere || looking === 'beginning') && <LabelSettings key={tab.id} tab={tab} settings={settings} words={words} />}
        {isShown && engine && <List key={view.tab} view={view} settings={settings} engine={engine} words={words} language={language} onNotice={setNotice} />}
      </main>
      <Foot words={words} />
      <Announcement text={notice} isSeen onEnd={() => setNotice('')} />
      <Announcement text={counter ?? ''} />
    </>
  );
}

/** Milliseconds after which a page that told of nothing is taken to have nothing. */
const PATIENCE = 800;

function useSettled(isThere: boolean, tab: number | undefined): boolean {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    setSettled(false);
    if (!isThere)
      return;
    const timer = setTimeout(() => setSettled(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [isThere, tab]);
  return isSettled;
}

/** What the browser says, as people read it: a page's own words never stand here. */
function originOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url))
    return null;
  const { origin, protocol, hostname } = new URL(url);
  return origin !== 'null' ? origin : hostname === '' ? protocol : `${protocol}//${hostname}`;
}
