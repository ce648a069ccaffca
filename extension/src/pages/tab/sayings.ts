import type { LabelCode } from '@provenance/browser';
import type { Entry, Obstacle } from '../../contract/media.js';
import { say, type WordKey, type Words } from '../../words/words.js';
import { clipped, shownAddress } from './address.js';
import { stateOf } from '../../state.js';

/** What a row says of a medium, in a few words: the label's, unless the page shows something else. */
export function stateWords(entry: Entry, words: Words): string {
  const state = stateOf(entry);
  switch (state) {
    case 'other': return words['tab.state.other'];
    case 'open': return words[entry.phase === 'checking' ? 'tab.state.checking' : 'tab.state.waiting'];
    case 'unasked':
    case 'small': return words[`tab.state.${state}`];
    default: return words[`tab.state.${entry.verdict?.label ?? 'not-checked'}`];
  }
}

/** The shape beside the words; null while there is none. What the page does not show has no label. */
export function shapeOf(entry: Entry): LabelCode | null {
  const state = stateOf(entry);
  if (state === 'other')
    return 'not-checked';
  return entry.phase === 'answered' ? entry.verdict?.label ?? null : null;
}

/** The sentence below the state; empty where the state says it all. */
export function sentenceOf(entry: Entry, words: Words): string {
  const { verdict } = entry;
  if (entry.phase !== 'answered' || verdict === null)
    return '';
  if (entry.sameness === 'other')
    return words['tab.other.why'];
  if (verdict.obstacle !== null)
    return obstacleWords(verdict.obstacle, entry, words);
  return verdict.label === 'none' ? '' : clipped(verdict.sentence);
}

/** What was in the way, and what helps. */
export function obstacleWords(obstacle: Obstacle, entry: Entry, words: Words): string {
  return say(words, `tab.obstacle.${obstacle}`, { host: hostOf(entry.url) });
}

/** What a medium is called in the list: its file's name, else what it is. */
export function nameOf(entry: Pick<Entry, 'url' | 'kind'>, words: Words): string {
  const { file } = shownAddress(entry.url);
  return file !== '' && !entry.url.startsWith('data:') ? file : words[`tab.kind.${entry.kind}`];
}

export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : '';
}

/** How what was checked is known to be what is shown; null where nothing was checked, though it may have been read. */
export function samenessWords(entry: Entry, words: Words, inFull = false): string | null {
  const { verdict, sameness } = entry;
  if (entry.phase !== 'answered' || verdict === null || verdict.label === 'not-checked')
    return null;
  const how = sameness ?? 'unknown';
  return inFull ? words[`tab.sameness-full.${how}`] : words[`tab.sameness.${how}`];
}

/** How the page shows it, where that differs from what was checked; null where it shows it whole. */
export function displayWords(entry: Entry, words: Words): string | null {
  return entry.display === 'whole' ? null : words[`tab.display.${entry.display}`];
}

/** Whom the credential names, with what that name rests on; null where a name would lend weight to what has none. */
export function issuerWords(entry: Entry): { readonly key: WordKey; readonly name: string } | null {
  const { verdict } = entry;
  if (verdict === null || verdict.issuer === null || entry.sameness === 'other')
    return null;
  switch (verdict.label) {
    case 'intact-known': return { key: 'tab.issuer.known', name: verdict.issuer };
    case 'intact-unknown-issuer': return { key: 'tab.issuer.unknown', name: verdict.issuer };
    case 'intact-time-unproven':
    case 'revoked': return { key: 'tab.issuer.named', name: verdict.issuer };
    default: return null;
  }
}
