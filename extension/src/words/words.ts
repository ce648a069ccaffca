import type { Language } from '@provenance/browser';
import en from './en.json';
import ko from './ko.json';

/** The extension's own words in one language. What is said about a file comes from the engine. */
export type Words = Readonly<Record<keyof typeof en, string>>;

export type WordKey = keyof Words;

const ALL: Readonly<Record<Language, Words>> = { en, ko };

export function wordsOf(language: Language): Words {
  return ALL[language];
}

/** Puts what a sentence names into its places in braces. */
export function say(words: Words, key: WordKey, values: Readonly<Record<string, string | number>> = {}): string {
  return words[key].replace(/\{([a-z]+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place));
}
