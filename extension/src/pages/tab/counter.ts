import type { Language } from '@provenance/browser';
import type { MediaKind, TabView } from '../../contract/media.js';
import { stateOf, type State } from '../../state.js';
import { say, type WordKey, type Words } from '../../words/words.js';

/** What the media of a tab came to; every medium is counted once under `states`. */
export interface Counts {
  readonly images: number;
  readonly videos: number;
  readonly sounds: number;
  readonly states: Readonly<Record<State, number>>;
  /** Of `states.credentials`: those that do not match theirs, and those whose certificate was withdrawn. */
  readonly broken: number;
  readonly revoked: number;
  /** Media that are on the page and not listed. */
  readonly left: number;
}

const KINDS = {
  'image': 'images', 'svg-image': 'images', 'background': 'images', 'poster': 'images', 'video': 'videos', 'audio': 'sounds',
} as const satisfies Record<MediaKind, 'images' | 'videos' | 'sounds'>;

export function countsOf({ entries, left }: Pick<TabView, 'entries' | 'left'>): Counts {
  const kinds = { images: 0, videos: 0, sounds: 0 };
  const states = { credentials: 0, none: 0, other: 0, unreadable: 0, unchecked: 0, open: 0, unasked: 0, small: 0 };
  let broken = 0, revoked = 0;
  for (const entry of entries) {
    const state = stateOf(entry);
    kinds[KINDS[entry.kind]]++;
    states[state]++;
    if (state === 'credentials' && entry.verdict?.label === 'broken')
      broken++;
    if (state === 'credentials' && entry.verdict?.label === 'revoked')
      revoked++;
  }
  return { ...kinds, states, broken, revoked, left };
}

/** In the order in which they are told. */
const OTHERS = ['none', 'unchecked', 'unreadable', 'other', 'open', 'unasked', 'small'] as const satisfies readonly State[];

/** "42 images, 3 with credentials, 1 broken; the others say nothing either way". Only those that were looked at are said to say nothing. */
export function counterOf(counts: Counts, words: Words, language: Language): string {
  const { states } = counts;
  const format = new Intl.NumberFormat(language);
  const tell = (key: PluralKey, n: number) => count(words, key, n, format);
  const kinds = (['images', 'videos', 'sounds'] as const).filter(kind => counts[kind] > 0).map(kind => tell(`tab.count.${kind}`, counts[kind]));
  if (kinds.length === 0)
    return words['tab.count.nothing'];
  const others = OTHERS.filter(state => states[state] > 0);
  const [only] = others.length === 1 ? others : [];
  const head = [new Intl.ListFormat(language).format(kinds)];
  if (states.credentials > 0)
    head.push(tell('tab.count.credentials', states.credentials));
  else if (only === 'none')
    head.push(words['tab.count.without']);
  if (counts.broken > 0)
    head.push(tell('tab.count.broken', counts.broken));
  if (counts.revoked > 0)
    head.push(tell('tab.count.revoked', counts.revoked));
  const parts = [head.join(words['tab.count.comma'])];
  if (only !== undefined && (only === 'none' || states.credentials === 0))
    parts.push(words[only === 'none' && states.credentials > 0 ? 'tab.count.others' : `tab.count.all-${only}` as const]);
  else
    parts.push(...others.map(state => tell(`tab.count.${state}`, states[state])));
  if (counts.left > 0)
    parts.push(tell('tab.count.left', counts.left));
  return parts.join(words['tab.count.semicolon']);
}

type Base<Key> = Key extends `${infer Plural}.one` ? Plural : never;

/** Keys that have a form for one. */
export type PluralKey = Base<WordKey> & WordKey;

/** A number of things, as the language says one and many. */
export function count(words: Words, key: PluralKey, n: number, format: Intl.NumberFormat): string {
  return say(words, n === 1 ? `${key}.one` : key, { n: format.format(n) });
}
