import type { Size } from '../contract/media.js';

/** Pixels that we have the browser decode. */
const MOST_PIXELS = 100e6;

/** Milliseconds to wait for it. */
const MOST_TIME = 5_000;

/** Bytes in which the dimensions are looked for, where they are not at the start. */
const MOST_HEAD = 1 << 20;

/** What the bytes decode to, as the browser shows it (upright); null where it does not say. */
export async function sizeOf(blob: Blob, mediaType: string | null): Promise<Size | null> {
  if (mediaType?.startsWith('image/') === true && mediaType !== 'image/svg+xml')
    return timed(imageSize(blob));
  return mediaType?.startsWith('video/') === true ? timed(videoSize(new Blob([blob], { type: mediaType }))) : null;
}

async function imageSize(blob: Blob): Promise<Size | null> {
  const head = new Uint8Array(await blob.slice(0, MOST_HEAD).arrayBuffer());
  const stated = statedSize(head);
  if (stated !== null && isUpright(head, stated))
    return stated;
  if (stated !== null && stated.width * stated.height > MOST_PIXELS)
    return null;
  const bitmap = await createImageBitmap(blob);
  const { width, height } = bitmap;
  bitmap.close();
  return { width, height };
}

function videoSize(blob: Blob): Promise<Size | null> {
  const url = URL.createObjectURL(blob);
  const video = document.createElement('video');
  video.preload = 'metadata';
  video.muted = true;
  const size = new Promise<Size | null>((resolve) => {
    video.onloadedmetadata = () => resolve(video.videoWidth > 0 ? { width: video.videoWidth, height: video.videoHeight } : null);
    video.onerror = () => resolve(null);
  });
  video.src = url;
  return timed(size).finally(() => {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(url);
  });
}

async function timed(size: Promise<Size | null>): Promise<Size | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => { timer = setTimeout(() => resolve(null), MOST_TIME); });
  try {
    return await Promise.race([size, late]);
  }
  catch {
    // What cannot be decoded has no size.
    return null;
  }
  finally {
    clearTimeout(timer);
  }
}

/** Whether nothing in a file says that it is to be turned, so that it need not be decoded for its size. */
export function isUpright(head: Uint8Array, { width, height }: Size): boolean {
  return width > 0 && height > 0 && !/^.{4}ftyp/s.test(String.fromCharCode(...head.subarray(0, 8))) && !hasExif(head);
}

/** In whatever case it is written. */
function hasExif(bytes: Uint8Array): boolean {
  for (let at = 1; at < bytes.length - 2; at++) {
    if ((bytes[at]! | 0x20) === 0x78 && /^exif$/i.test(String.fromCharCode(...bytes.subarray(at - 1, at + 3))))
      return true;
  }
  return false;
}

/** What the start of a file states of its dimensions; null where it is not known how. A small file can stand for a picture that fills all memory. */
export function statedSize(head: Uint8Array): Size | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    return pngSize(view) ?? gifSize(view) ?? webpSize(view) ?? jpegSize(view) ?? heifSize(view);
  }
  catch (fault) {
    // Cut short.
    if (fault instanceof RangeError)
      return null;
    throw fault;
  }
}

/** PNG 3rd ed. §11.2.1: IHDR is the first chunk. */
function pngSize(view: DataView): Size | null {
  return view.getUint32(0) === 0x89504e47 ? { width: view.getUint32(16), height: view.getUint32(20) } : null;
}

function gifSize(view: DataView): Size | null {
  return view.getUint32(0) === 0x47494638 ? { width: view.getUint16(6, true), height: view.getUint16(8, true) } : null;
}

/** RFC 9649 §2.5 to 2.7. */
function webpSize(view: DataView): Size | null {
  if (view.getUint32(0) !== 0x52494646 || view.getUint32(8) !== 0x57454250)
    return null;
  switch (view.getUint32(12)) {
    case 0x56503858: // VP8X: 24 bits each, less one
      return { width: 1 + view.getUint16(24, true) + (view.getUint8(26) << 16), height: 1 + view.getUint16(27, true) + (view.getUint8(29) << 16) };
    case 0x5650384c: { // VP8L: 14 bits each, less one
      const bits = view.getUint32(21, true);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    case 0x56503820: // VP8
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    default:
      return null;
  }
}

/** ITU-T T.81 B.2.2: the first frame header, SOF0 to SOF15 but for DHT, JPG and DAC. */
function jpegSize(view: DataView): Size | null {
  if (view.getUint16(0) !== 0xffd8)
    return null;
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff)
      return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8) ? 2 : 2 + view.getUint16(at + 2);
  }
}

/** ISO/IEC 23008-12 6.5.3: `ispe`; the largest, as a picture may be put together of tiles. */
function heifSize(view: DataView): Size | null {
  if (view.getUint32(4) !== 0x66747970)
    return null;
  let largest: Size | null = null;
  for (let at = 8; at + 16 <= Math.min(view.byteLength, 64 << 10); at++) {
    if (view.getUint32(at) !== 0x69737065)
      continue;
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (largest === null || size.width * size.height > largest.width * largest.height)
      largest = size;
  }
  return largest;
}
