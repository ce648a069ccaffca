import type { Language } from '@provenance/browser';
import compareEn from './compare.en.json';
import compareKo from './compare.ko.json';
import en from './en.json';
import { fill } from './fill.js';
import ko from './ko.json';

/** The page's own words in one language: buttons and hints. What is said about a file comes from the engine. */
export type Words = Readonly<Record<keyof typeof en | keyof typeof compareEn, string>>;

export type WordKey = keyof Words;

const ALL: Readonly<Record<Language, Words>> = { en: { ...en, ...compareEn }, ko: { ...ko, ...compareKo } };

export function wordsOf(language: Language): Words {
  return ALL[language];
}

/** A sentence with what it names. */
export function say(words: Words, key: WordKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(words[key], values);
}
