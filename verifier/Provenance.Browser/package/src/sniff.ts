/**
 * Whether it is worth asking the engine about a file's bytes. `cannot`: it would answer `none`. Everything else is `may`: a store, a pointer
 * to one that is kept elsewhere, damage, a format that is not looked into here.
 */
export type Sniff = 'may' | 'cannot' | More;

/** It depends on further bytes. Whoever does not care to read them takes it for `may`. */
export interface More {
  /** Offset of the first byte in question. */
  readonly from: number;
  /** How many bytes are needed at least; the more are given, the fewer questions follow. */
  readonly length: number;
  /** Goes on with the file's bytes at `from`. Fewer than `length` say that the file ends there. */
  next(bytes: Uint8Array): Sniff;
}

/** Bytes that are asked for at a time, and that the first ones have unless the file is shorter. */
const SLICE = 65536;

/** Bytes of a slice that are looked at again with the next one: no mark is longer. */
const OVERLAP = 64;

/**
 * What no file has in which the engine finds something: the start of a store (as it is, or as Base64 where a damaged file is searched for it),
 * the parts that hold one, the property of XMP that points to one, an APP11 segment that the end of the file cuts. The packet of a GIF may be
 * cut in the middle of a word. The table of places of a HEIF may have entries that take no room and so are without number.
 */
const MARKS = /[cC]2[pP][aA]|caBX|MycGEA|\xd8\xfe\xc3\xd6|provenance|XMP DataXMP[^<]|iloc(?!....D)|\xff\xeb.{0,40}$/s;

/**
 * Formats by their first bytes; and what each of the parts that the engine counts must have, with how many of these are surely not too many
 * for it (65,536 parts; two may share one mark in JPEG and GIF; a part may be 8 bytes long in HEIF).
 */
const FORMATS: readonly (readonly [start: RegExp, part: RegExp, most: number])[] = [
  [/^\xff\xd8\xff/, /\xff[^\0\xff]/g, 3e4],
  [/^GIF8[79]a/, /[!,]/g, 3e4],
  // 89 is U+2030 to TextDecoder.
  [/^\u2030PNG\r\n\x1a\n|^RIFF.{4}WEBP/s, /\0\0/g, 6e4],
  [/^\0\0..ftyp/s, /.{8}/gs, 6e4],
  // Icons and Matroska have no place for a store.
  [/^\0\0\1\0.\0|^\x1aE\xdf\xa3(?!ftyp)/s, /$^/g, 0],
  [/^(\xef\xbb\xbf)?([ \t\r\n]|<\?[^>]*\?>|<!--[^>]*-->|<!DOCTYPE svg ([^<>[\]"']|"[^<>"]*")*>)*<svg[ \t\r\n>]/, /manifest|<\?xpacket/g, 0],
];

export function sniff(head: Uint8Array): Sniff {
  const text = decode(head);
  const format = FORMATS.find(([start]) => start.test(text.slice(0, 4096)));
  return format ? search(head, 0, text, format[1], format[2]) : 'may';
}

/** Letter by letter as far as ASCII goes; copied, as bytes that threads share are not decoded. */
const decode = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes.slice());

function search(bytes: Uint8Array, from: number, text: string, part: RegExp, left: number): Sniff {
  left -= text.match(part)?.length ?? 0;
  if (left < 0 || MARKS.test(text))
    return 'may';
  if (bytes.length < SLICE)
    return 'cannot';
  from += bytes.length;
  return { from, length: SLICE, next: (next) => search(next, from, text.slice(-OVERLAP) + decode(next), part, left) };
}
