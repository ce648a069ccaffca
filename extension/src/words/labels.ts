import type { Language } from '@provenance/browser';
import en from './labels.en.json';
import ko from './labels.ko.json';

/** The words of labels. They stand apart from the pages' words: a content script goes into every page and carries no others. */
export type LabelWords = Readonly<Record<keyof typeof en, string>>;

const ALL: Readonly<Record<Language, LabelWords>> = { en, ko };

export function labelWordsOf(language: Language): LabelWords {
  return ALL[language];
}
