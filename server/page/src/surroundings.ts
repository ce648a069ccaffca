import type { Language } from '@provenance/browser';
import { keepLanguage } from './language.js';
import { storageOf } from './storage.js';

/** What differs between a page on a host of its own and one that is part of something larger. */
export interface Surroundings {
  /** Whether examples lie beside the page, and files that links can lead to. */
  readonly hasFiles: boolean;
  keepLanguage(language: Language): void;
  /** Opens the place where lists are kept and chosen; null where this page does both. */
  readonly manageLists: (() => void) | null;
}

export const ON_ITS_OWN: Surroundings = {
  hasFiles: true,
  keepLanguage: language => keepLanguage(storageOf(), language),
  manageLists: null,
};
