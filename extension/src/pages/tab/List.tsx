import type { Language } from '@provenance/browser';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Entry, TabView } from '../../contract/media.js';
import type { Settings } from '../../contract/settings.js';
import { say, type Words } from '../../words/words.js';
import { count } from './counter.js';
import { Fold } from './Fold.js';
import { allow, hostsToAllow } from './hosts.js';
import { openFile } from './openFile.js';
import { groupsOf, isFolded, keyOf, MOST_ROWS, sharesOf, type Group, type GroupName } from './order.js';
import { Row } from './Row.js';
import { nameOf } from './sayings.js';
import type { View } from './view.js';

interface ListProps {
  readonly view: TabView;
  readonly settings: Settings;
  readonly engine: View;
  readonly words: Words;
  readonly language: Language;
  readonly onNotice: (text: string) => void;
}

/** What a row needs to know besides its medium. */
export interface RowPlace extends Omit<ListProps, 'view'> {
  readonly tab: number;
  readonly origin: string;
  readonly isAutomatic: boolean;
  /** The medium that another one is to be compared with. */
  readonly comparing: Entry | null;
  readonly onCompare: (entry: Entry) => void;
}

/** All media of the tab in groups, those that speak first. */
export function List(props: ListProps) {
  const { view, engine, words, language } = props;
  const groups = groupsOf(view.entries);
  const [choices, setChoices] = useState<Readonly<Partial<Record<GroupName, boolean>>>>({});
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [most, setMost] = useState(MOST_ROWS);
  const [compared, setCompared] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  useKeptFocus(list);

  const isOpen = (name: GroupName) => choices[name] ?? !isFolded(name, groups);
  const shares = sharesOf(groups, isOpen, most);
  const comparing = view.entries.find(entry => keyOf(entry) === compared) ?? null;
  const place: RowPlace = {
    ...props,
    tab: view.tab,
    origin: view.origin,
    isAutomatic: view.mode === 'automatic',
    comparing,
    onCompare: entry => {
      if (comparing === null || comparing === entry) {
        setCompared(comparing === null ? keyOf(entry) : null);
        return;
      }
      setCompared(null);
      void openFile(view.tab, comparing, entry);
    },
  };
  const toggle = (key: string) => setOpened(before => {
    const after = new Set(before);
    if (!after.delete(key))
      after.add(key);
    return after;
  });
  return (
    <div class="list" ref={list}>
      {comparing && (
        <div class="comparing" role="status">
          <p><bdi>{say(words, 'tab.compare.choose', { name: nameOf(comparing, words) })}</bdi></p>
          <button type="button" class="small" onClick={() => setCompared(null)}>{words['tab.compare.cancel']}</button>
        </div>
      )}
      {groups.map(group => (
        <section key={group.name} class="group" data-group={group.name} aria-labelledby={`group-${group.name}`}>
          <h2 id={`group-${group.name}`}>
            <button type="button" class="group-open" data-focus={`group-${group.name}`} aria-expanded={isOpen(group.name)} onClick={() => setChoices(before => ({ ...before, [group.name]: !isOpen(group.name) }))}>
              <Fold /><span>{words[`tab.group.${group.name}`]}</span> <span class="number">{new Intl.NumberFormat(language).format(group.entries.length)}</span>
            </button>
          </h2>
          {isOpen(group.name) && <>
            <GroupHead group={group} place={place} />
            <ul>
              {group.entries.slice(0, shares.get(group.name)).map(entry => (
                <Row key={keyOf(entry)} entry={entry} isOpen={opened.has(keyOf(entry))} onToggle={toggle} place={place} />
              ))}
            </ul>
            {(shares.get(group.name) ?? 0) < group.entries.length && (
              <button type="button" class="plain more" onClick={() => setMost(before => before + MOST_ROWS)}>
                {count(words, 'tab.more', group.entries.length - (shares.get(group.name) ?? 0), new Intl.NumberFormat(language))}
              </button>
            )}
          </>}
        </section>
      ))}
    </div>
  );
}

/** What holds for all media of a group, and what can be done for all of them at once. */
function GroupHead({ group, place }: { readonly group: Group; readonly place: RowPlace }) {
  const { words, engine, tab, language } = place;
  const format = new Intl.NumberFormat(language);
  switch (group.name) {
    case 'none': return <p class="hint">{words['tab.group.none-why']}</p>;
    // On demand there is a larger button for them.
    case 'unasked': return place.isAutomatic ? <div class="group-head"><CheckThese group={group} place={place} /></div> : null;
    case 'small': return <div class="group-head"><p class="hint">{words['tab.group.small-why']}</p><CheckThese group={group} place={place} /></div>;
    case 'trouble': return (
      <div class="group-head">
        {hostsToAllow(group.entries).map(({ site, host, entries }) => (
          <button key={host} type="button" class="small" onClick={() => void allow([site]).then(isAllowed => isAllowed && checkAll(entries, tab, engine))}>
            {say(words, 'tab.allow-host', { host, n: count(words, 'tab.allow-count', entries.length, format) })}
          </button>
        ))}
      </div>
    );
    default: return null;
  }
}

function CheckThese({ group, place }: { readonly group: Group; readonly place: RowPlace }) {
  const { words, engine, tab, language } = place;
  return <button type="button" class="small" onClick={() => checkAll(group.entries, tab, engine)}>{count(words, 'tab.check-these', group.entries.length, new Intl.NumberFormat(language))}</button>;
}

function checkAll(entries: readonly Entry[], tab: number, engine: View): void {
  const frames = new Map<number, number[]>();
  for (const { frame, id } of entries)
    frames.set(frame, [...frames.get(frame) ?? [], id]);
  for (const [frame, ids] of frames)
    engine.check(tab, frame, ids);
}

/** A row that moves to another group is drawn anew there; the focus goes along. */
function useKeptFocus(list: { readonly current: HTMLElement | null }): void {
  const held = useRef<string | null>(null);
  const before = document.activeElement;
  held.current = before instanceof HTMLElement && list.current?.contains(before) ? before.dataset.focus ?? null : null;
  useLayoutEffect(() => {
    if (held.current === null || (document.activeElement !== document.body && document.activeElement !== null))
      return;
    list.current?.querySelector<HTMLElement>(`[data-focus="${CSS.escape(held.current)}"]`)?.focus({ preventScroll: true });
  });
}
