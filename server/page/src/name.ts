import { shownName } from './compare/words.js';
import type { Words } from './words/words.js';

/** What a file is called on the page; strangers choose names. */
export function nameOf(file: { readonly name: string }, words: Words): string {
  return file.name === '' ? words['file.unnamed'] : shownName(file.name);
}
