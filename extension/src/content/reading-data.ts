import { fromBase64 } from '@provenance/page/bytes.js';
import { Pieces } from '../bytes/pieces.js';
import { Unread } from '../bytes/unread.js';
import { nextTurn } from './turns.js';

/** Characters that are decoded in one turn; a multiple of four. */
const SLICE = 64 << 10;

/** The bytes of a `data:` address (RFC 2397, as the Fetch Standard reads it), decoded in turns. */
export async function decodeDataUrl(url: string, most: number): Promise<Blob> {
  const comma = url.indexOf(',');
  if (comma < 0)
    throw new Unread('changed');
  const isBase64 = /; *base64 *$/i.test(url.slice(0, Math.min(comma, 4096)));
  const hash = url.indexOf('#', comma);
  const end = hash < 0 ? url.length : hash;
  const pieces = new Pieces();
  const add = (bytes: Uint8Array) => {
    if (pieces.length + bytes.length > most)
      throw new Unread('too-large');
    pieces.add(bytes);
  };
  let left = '';
  for (let at = comma + 1; at < end;) {
    let to = Math.min(at + SLICE, end);
    // An escape is not cut.
    const escape = to < end ? url.lastIndexOf('%', to) : -1;
    if (escape > at && escape > to - 3)
      to = escape;
    const text = url.slice(at, to);
    at = to;
    if (isBase64) {
      const base64 = left + (text.includes('%') ? latin1(percentDecoded(text)) : text).replace(/[\t\n\f\r ]+/g, '');
      const whole = at < end ? base64.length - (base64.length % 4) : base64.length;
      left = base64.slice(whole);
      add(decoded(base64.slice(0, whole)));
    }
    else
      add(percentDecoded(text));
    await nextTurn();
  }
  return pieces.blob();
}

function decoded(base64: string): Uint8Array {
  try {
    return fromBase64(base64);
  }
  catch {
    // Nor does the browser show anything.
    throw new Unread('changed');
  }
}

function percentDecoded(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  let length = 0;
  for (let i = 0; i < bytes.length; i++, length++) {
    const code = bytes[i] === 0x25 ? parseHex(bytes[i + 1], bytes[i + 2]) : -1;
    bytes[length] = code < 0 ? bytes[i]! : code;
    if (code >= 0)
      i += 2;
  }
  return bytes.subarray(0, length);
}

function parseHex(high: number | undefined, low: number | undefined): number {
  const text = String.fromCharCode(high ?? 0, low ?? 0);
  return /^[0-9a-f]{2}$/i.test(text) ? parseInt(text, 16) : -1;
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
