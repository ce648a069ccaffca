import { shownName } from '@provenance/page/compare/words.js';

/** An address as a row shows it: where it leads, and the file's name. Both are a stranger's words. */
export interface ShownAddress {
  /** Host with its port, or the scheme of what has none. */
  readonly host: string;
  readonly file: string;
}

export function shownAddress(address: string): ShownAddress {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null)
    return { host: '', file: shownName(address) };
  if (url.host === '')
    return { host: url.protocol, file: url.protocol === 'data:' ? shownName(mediaTypeOf(url)) : '' };
  return { host: url.host, file: shownName(fileNameOf(url)) };
}

/** The name of the file that an address names; empty where it names none. */
export function fileNameOf(url: URL): string {
  const last = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  }
  catch {
    return last;
  }
}

function mediaTypeOf(url: URL): string {
  return /^[^;,]*/.exec(url.pathname)?.[0] ?? '';
}

/** Characters of a stranger's words: browsers take most of a minute to lay 100,000 of them out. */
const MOST_OF_ADDRESS = 300, MOST_OF_SENTENCE = 1500;

/** A whole address, or a name, on one line; what is too long loses its end. */
export function wholeAddress(address: string): string {
  return clipped(address.slice(0, 2 * MOST_OF_ADDRESS + 1).replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd'), MOST_OF_ADDRESS);
}

/** The engine's words, which hold a stranger's. */
export function clipped(text: string, most: number = MOST_OF_SENTENCE): string {
  // Twice as many code units hold them all.
  const letters = [...text.slice(0, 2 * most)];
  return letters.length <= most && text.length <= 2 * most ? letters.join('') : `${letters.slice(0, most).join('')}…`;
}
