import type en from '../words/compare.en.json';

/** The words of the comparison in one language. */
export type CompareWords = Readonly<Record<keyof typeof en, string>>;

/** Puts what a sentence names into its places in braces; numbers as the language writes them. */
export function say(words: CompareWords, key: keyof CompareWords, values: Readonly<Record<string, string | number>>): string {
  const numbers = new Intl.NumberFormat(words['comparison.locale']);
  return words[key].replace(/\{([a-z]+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? numbers.format(value) : value;
  });
}

const mostOfName = 60;

/**
 * A file's name for the screen: strangers choose names. Characters that turn the direction of writing or break lines are shown as
 * U+FFFD, and what is too long loses its middle, as its end tells the kind.
 */
export function shownName(name: string): string {
  const letters = [...name.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')];
  if (letters.length <= mostOfName) return letters.join('');
  return [...letters.slice(0, mostOfName - 21), '…', ...letters.slice(-20)].join('');
}
