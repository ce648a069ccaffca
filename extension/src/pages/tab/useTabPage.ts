import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { TabView } from '../../contract/media.js';
import type { Settings } from '../../contract/settings.js';
import { readSettings, watchSettings } from '../../settings.js';
import { look, type Looking } from './looking.js';
import { openView, type View } from './view.js';
import { watchTab, type WatchedTab } from './watched.js';

/** Milliseconds between two drawings of what the engine tells. */
const PAUSE = 80;

export interface TabPageState {
  readonly settings: Settings | null;
  readonly tab: WatchedTab | null;
  readonly looking: Looking;
  /** What the engine knows of the tab; null before it told. */
  readonly view: TabView | null;
  readonly engine: View | null;
  /** Puts our script in once more. */
  readonly lookAgain: () => void;
}

/** Joins what the browser, the settings and the engine tell of one tab. */
export function useTabPage(): TabPageState {
  const [settings, setSettings] = useState<Settings | null>(null);
  const [tab, setTab] = useState<WatchedTab | null | undefined>(undefined);
  const [looking, setLooking] = useState<Looking>('beginning');
  const [view, setView] = useState<TabView | null>(null);
  const [engine, setEngine] = useState<View | null>(null);
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    void readSettings().then(setSettings);
    return watchSettings(setSettings);
  }, []);
  useEffect(() => watchTab(location.search, setTab), []);

  const latest = useRef<TabView | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    const opened = openView(told => {
      // The engine tells of every medium; people read slower.
      const isFirst = latest.current === null;
      latest.current = told;
      timer.current ??= setTimeout(() => {
        timer.current = null;
        setView(latest.current);
      }, isFirst ? 0 : PAUSE);
    });
    setEngine(opened);
    return () => opened.close();
  }, []);

  const id = tab?.id;
  useEffect(() => {
    latest.current = null;
    setView(null);
    if (id !== undefined)
      engine?.watch(id);
  }, [engine, id]);

  useEffect(() => {
    if (settings === null || tab === undefined)
      return;
    let isOver = false;
    void look(tab, settings).then(found => isOver || setLooking(found));
    return () => { isOver = true; };
  }, [id, tab?.page, tab?.url, settings?.isPaused, settings?.denied.join(' '), tab === undefined, settings === null, turn]);

  const lookAgain = useCallback(() => setTurn(count => count + 1), []);
  return { settings, tab: tab ?? null, looking, view: view !== null && view.tab === id ? view : null, engine, lookAgain };
}
