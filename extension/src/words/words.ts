import type { Language } from '@provenance/browser';
import { fill } from '@provenance/page/words/fill.js';
import en from './en.json';
import ko from './ko.json';

/** The extension's own words in one language. What is said about a file comes from the engine. */
export type Words = Readonly<Record<keyof typeof en, string>>;

export type WordKey = keyof Words;

const ALL: Readonly<Record<Language, Words>> = { en, ko };

export function wordsOf(language: Language): Words {
  return ALL[language];
}

/** A sentence with what it names. */
export function say(words: Words, key: WordKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(words[key], values);
}
