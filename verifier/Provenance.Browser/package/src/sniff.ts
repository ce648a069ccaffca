/**
 * Whether it is worth asking the engine about a file. `cannot`: by its bytes alone it would answer `none`. Everything else is `may`: a store,
 * a pointer to one that is kept elsewhere, a file that asks for more than the engine's limits allow, a format that is not known here.
 */
export type Sniff = 'may' | 'cannot' | More;

/** Nothing was found so far and the file goes on. Whoever does not care to read on takes it for `may`. */
export interface More {
  /** Offset of the first byte in question. */
  readonly from: number;
  /** How many bytes to read best: what is left, at most 1 MiB. Any number will do. */
  readonly length: number;
  /** Goes on with the bytes at `from`. None at all say that the file ends there, if its length was not known. */
  next(bytes: Uint8Array): Sniff;
}

/** Bytes of one range that are looked at again with the next: no mark below is longer, nor the start that tells an APP11 segment. */
const OVERLAP = 64;

/** Beyond this a file may have too many parts that `PARTS` does not count: chunks of 64 KiB and more. */
const LONGEST = 3e8;

/**
 * What a file has in which the engine finds something: the start of a store (also as Base64, for which damaged files are searched), the names
 * of the parts that hold one, the property of XMP that points to one, an APP11 segment that the end of the file cuts. The XMP of a GIF may be
 * cut in the middle of a word. In HEIF a table of places may have entries that take no room, too many for the engine.
 */
const MARKS = /c2pa|C2PA|caBX|MycGEA|\xd8\xfe\xc3\xd6|provenance|XMP DataXMP[^<]|iloc(?!....D)|\xff\xeb.{0,40}$/s;

/**
 * The start of each format that is known here; what every part of such a file has in it; and how many of these are surely within the engine's
 * limit of 65,536 parts, where two parts may share one in JPEG and GIF. A browser decodes 89 as U+2030, Node 20 as it is.
 */
const PARTS: readonly (readonly [start: RegExp, mark: RegExp, most: number])[] = [
  [/^\xff\xd8\xff/, /\xff[^\0\xff]/g, 3e4], // a marker
  [/^GIF8[79]a/, /[!,]/g, 3e4], // an introducer
  [/^[\x89\u2030]PNG\r\n\x1a\n|^RIFF.{4}WEBP/s, /\0\0/g, 6e4], // the upper half of a length
  [/^\0\0..ftyp..../s, /.{8}/gs, 6e4], // a box has its header, and a place in the table 8 bytes at least
  // Here it is what a store or XMP needs. The root must be told from other XML, and within the bytes in which the engine looks for it.
  [/^(\xef\xbb\xbf)?([ \t\r\n]|<\?[^>]*\?>|<!--[^>]*-->|<!DOCTYPE svg ([^<>[\]"']|"[^<>"]*"|'[^<>']*')*>)*<svg[ \t\r\n>]/, /manifest|<\?xpacket/g, 0],
];

/**
 * Looks at the start of a file.
 *
 *     let answer = sniff(await read(0, 65536), file.size);
 *     while (typeof answer === 'object') answer = answer.next(await read(answer.from, answer.length));
 *
 * @param head The first bytes: 64 KiB, or all; with fewer than 4 KiB of a longer file some files are `may` that need not be.
 * @param length How many bytes the file has, if that is known for sure. A length that is too short makes the answer wrong.
 */
export function sniff(head: Uint8Array, length = Infinity): Sniff {
  const text = decode(head), start = text.slice(0, 4096);
  // Icons and Matroska have no place for a store.
  if (/^(\0\0\x01\0.\0|\x1aE\xdf\xa3(?!ftyp)....)/s.test(start))
    return 'cannot';
  const format = PARTS.find(([mark]) => mark.test(start));
  return format ? search(head, text, 0, length, format[1], format[2]) : 'may';
}

function search(bytes: Uint8Array, text: string, from: number, length: number, part: RegExp, left: number): Sniff {
  const end = from + bytes.length;
  left -= text.match(part)?.length ?? 0;
  if (left < 0 || end > LONGEST || MARKS.test(text))
    return 'may';
  if (end >= length)
    return 'cannot';
  if (!bytes.length)
    return length < Infinity ? 'may' : 'cannot';
  return {
    from: end,
    length: Math.min(length - end, 1 << 20),
    next: (bytes) => search(bytes, text.slice(-OVERLAP) + decode(bytes), end, length, part, left),
  };
}

/** One character for each byte, ASCII as it is; copied, as bytes that threads share are not decoded. */
const decode = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes.slice());
