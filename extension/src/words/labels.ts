import type { Language } from '@provenance/browser';
import en from './labels.en.json';
import ko from './labels.ko.json';

/** The words of labels. They stand apart from the pages' words: a content script goes into every page and carries no others. */
export type LabelWords = Readonly<Record<keyof typeof en, string>>;

const ALL: Readonly<Record<Language, LabelWords>> = { en, ko };

export function labelWordsOf(language: Language): LabelWords {
  return ALL[language];
}

/** Puts what a sentence names into its places in braces. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{([a-z]+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place));
}
