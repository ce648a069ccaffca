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

const MOST_OF_ADDRESS = 300;

/** A whole address on one line; what is too long loses its end. */
export function wholeAddress(address: string): string {
  const letters = [...address.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')];
  return letters.length <= MOST_OF_ADDRESS ? letters.join('') : `${letters.slice(0, MOST_OF_ADDRESS).join('')}…`;
}
