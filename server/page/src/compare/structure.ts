/** What a file carries beside its pixels that changes how they are shown; `undefined` where this does not know the format. */
export interface Beside {
  /** What tells colours (an ICC profile and what PNG has in its place), to be compared with another file's; empty if there is nothing. */
  readonly colour: Uint8Array | undefined;
  /** Exif's orientation, 1 (upright) to 8. */
  readonly orientation: number | undefined;
  /** Whether there are further frames. */
  readonly moves: boolean;
}

/** More of a file is not read for this; what comes later counts as not known. */
export const mostRead = 4 * 1024 * 1024;

const unknown: Beside = { colour: undefined, orientation: undefined, moves: false };

/** Looks for colour profile, orientation and frames of JPEG, PNG, WebP and GIF in the first bytes of a file. Says nothing rather than guess. */
export function beside(bytes: Uint8Array): Beside {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (text(bytes, 0, 2) === '\xff\xd8') return jpeg(bytes, view);
    if (text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return png(bytes, view);
    if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 4) === 'WEBP') return webp(bytes, view);
    if (text(bytes, 0, 4) === 'GIF8') return { colour: new Uint8Array(), orientation: 1, moves: includes(bytes.subarray(0, 2048), 'NETSCAPE2.0') };
  } catch (error) {
    // A read beyond the end: the file is cut, or what follows lies beyond what was read.
    if (!(error instanceof RangeError)) throw error;
  }
  return unknown;
}

/** Whether both are known and differ. */
export function coloursDiffer(left: Beside, right: Beside): boolean {
  if (left.colour === undefined || right.colour === undefined) return false;
  const other = right.colour;
  return left.colour.length !== other.length || left.colour.some((byte, at) => byte !== other[at]);
}

/** Whether both are known and differ. */
export function orientationsDiffer(left: Beside, right: Beside): boolean {
  return left.orientation !== undefined && right.orientation !== undefined && left.orientation !== right.orientation;
}

// ITU-T T.81 B.1.1: FF, marker, length (2) with itself; the picture begins with SOS (DA).
function jpeg(bytes: Uint8Array, view: DataView): Beside {
  const profile: Uint8Array[] = [];
  let orientation = 1;
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return unknown;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda) return { colour: joined(profile), orientation, moves: false };
    const length = view.getUint16(at + 2);
    if (length < 2) return unknown;
    const body = part(bytes, at + 4, length - 2);
    if (marker === 0xe1 && text(body, 0, 6) === 'Exif\0\0') orientation = exifOrientation(body.subarray(6));
    // ICC.1 B.4: number of the part and of parts follow the name.
    if (marker === 0xe2 && text(body, 0, 12) === 'ICC_PROFILE\0') profile.push(body.subarray(14));
    at += 2 + length;
  }
}

// PNG 3rd ed. §5.3: length (4), type (4), data, CRC (4). All that matters here stands before IDAT; eXIf may follow it and is missed then.
function png(bytes: Uint8Array, view: DataView): Beside {
  const colour: Uint8Array[] = [];
  let orientation = 1;
  let moves = false;
  for (let at = 8; ; ) {
    const length = view.getUint32(at);
    const type = text(bytes, at + 4, 4);
    if (type === 'IDAT' || type === 'IEND') return { colour: joined(colour), orientation, moves };
    const body = part(bytes, at + 8, length);
    if (['iCCP', 'cICP', 'gAMA', 'cHRM'].includes(type)) colour.push(body);
    if (type === 'eXIf') orientation = exifOrientation(body);
    if (type === 'acTL') moves = true;
    at += 12 + length;
  }
}

// RFC 9649 §2.3: FourCC (4), size (4, little endian), data, padded to even length.
function webp(bytes: Uint8Array, view: DataView): Beside {
  const end = 8 + view.getUint32(4, true);
  let colour = new Uint8Array();
  let orientation = 1;
  let moves = false;
  for (let at = 12; at + 8 <= end; ) {
    const type = text(bytes, at, 4);
    const length = view.getUint32(at + 4, true);
    // EXIF stands after the picture, which may be longer than what was read.
    if (type === 'EXIF') orientation = exifOrientation(part(bytes, at + 8, length));
    if (type === 'ICCP') colour = part(bytes, at + 8, length).slice();
    if (type === 'VP8X') moves = (view.getUint8(at + 8) & 0x02) !== 0;
    at += 8 + length + (length % 2);
  }
  return { colour, orientation, moves };
}

// TIFF 6.0: byte order (2), 42, offset of the first directory; entries of 12 bytes. 0x0112 is Orientation, a SHORT.
function exifOrientation(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = text(tiff, 0, 2) === 'II';
  const directory = view.getUint32(4, little);
  const entries = view.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + 12 * entry;
    if (view.getUint16(at, little) !== 0x0112) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

function part(bytes: Uint8Array, at: number, length: number): Uint8Array {
  if (at + length > bytes.length) throw new RangeError('beyond what was read');
  return bytes.subarray(at, at + length);
}

function text(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

function includes(bytes: Uint8Array, what: string): boolean {
  return text(bytes, 0, bytes.length).includes(what);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const one of parts) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
}
