import type { Medium, Sameness, Size, Verdict } from '../contract/media.js';
import type { Found } from '../contract/parts.js';
import { nextTurn, TURN } from './turns.js';

/** Edge of what is compared at a time. */
const TILE = 256;

/**
 * What is compared of pictures that are decoded on the page's thread, as the element's is: few pixels always; many, if the same bytes took no
 * longer than that (milliseconds) on another thread; very many never.
 */
const PIXELS = { few: 1e6, most: 24e6, time: 40 } as const;

/** What a colour may differ by between two ways to the same decoder. */
const TOLERANCE = 2;

/** How what was checked is known to be what the frame shows. `own`: the bytes, where this frame read them. */
export async function sameness({ medium, element }: Found, verdict: Verdict, own: Blob | null): Promise<Sameness> {
  if (own !== null && /^(blob|data):/.test(medium.url))
    return 'own-bytes';
  if (differs(medium, element, verdict.size))
    return 'other';
  if (own === null || verdict.label === 'none' || medium.kind !== 'image' || !(element instanceof HTMLImageElement) || !element.complete)
    return 'fresh';
  // One after the other: a picture in memory is large.
  const compared = last.then(() => comparePixels(element, own));
  last = compared.catch(() => undefined);
  return compared;
}

let last: Promise<unknown> = Promise.resolve();

/** Only where both sizes are known. */
function differs({ natural }: Medium, element: Element, size: Size | null): boolean {
  if (natural === null || size === null || natural.width === 0 || natural.height === 0)
    return false;
  if (natural.width === size.width && natural.height === size.height)
    return false;
  // Pages may ask to leave a picture as the camera lay.
  const isTurned = natural.width === size.height && natural.height === size.width && getComputedStyle(element).imageOrientation === 'none';
  return !isTurned;
}

/** Compares every pixel, a few in each turn. */
async function comparePixels(image: HTMLImageElement, own: Blob): Promise<Sameness> {
  const address = image.currentSrc;
  const ours = await quicklyDecoded(own);
  if (ours === null)
    return 'fresh';
  await nextTurn();
  const theirs = await bitmapOf(image);
  try {
    if (theirs === null || ours.width !== theirs.width || ours.height !== theirs.height)
      return 'fresh';
    const isSame = await areSame(ours, theirs);
    return image.currentSrc !== address || isSame === null ? 'fresh' : isSame ? 'same-pixels' : 'other';
  }
  finally {
    ours.close();
    theirs?.close();
  }
}

/** Null where the page's thread would take too long for it. A browser that had other things to do is asked twice. */
async function quicklyDecoded(own: Blob): Promise<ImageBitmap | null> {
  for (let times = 0; times < 2; times++) {
    const start = performance.now();
    const bitmap = await bitmapOf(own);
    const time = performance.now() - start, pixels = bitmap === null ? Infinity : bitmap.width * bitmap.height;
    if (pixels <= PIXELS.few || (pixels <= PIXELS.most && time <= PIXELS.time))
      return bitmap;
    bitmap?.close();
    if (pixels > PIXELS.most)
      break;
  }
  return null;
}

async function bitmapOf(source: ImageBitmapSource): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(source);
  }
  catch {
    return null;
  }
}

/** Null where the pixels cannot be read: of another origin, or because the browser does not let pages read any. */
async function areSame(ours: ImageBitmap, theirs: ImageBitmap): Promise<boolean | null> {
  const canvases = [canvas(), canvas()] as const;
  if (!canvases.every(readsTrue))
    return null;
  let since = performance.now();
  for (let y = 0; y < ours.height; y += TILE) {
    for (let x = 0; x < ours.width; x += TILE) {
      const [a, b] = [tileOf(canvases[0], ours, x, y), tileOf(canvases[1], theirs, x, y)];
      if (a === null || b === null)
        return null;
      for (let i = 0; i < a.length; i++) {
        if (Math.abs(a[i]! - b[i]!) > TOLERANCE)
          return false;
      }
      if (performance.now() - since > TURN / 2) {
        await nextTurn();
        since = performance.now();
      }
    }
  }
  return true;
}

type Canvas = OffscreenCanvasRenderingContext2D | null;

function canvas(): Canvas {
  return new OffscreenCanvas(TILE, TILE).getContext('2d', { willReadFrequently: true });
}

function tileOf(context: Canvas, bitmap: ImageBitmap, x: number, y: number): Uint8ClampedArray | null {
  try {
    context!.clearRect(0, 0, TILE, TILE);
    context!.drawImage(bitmap, -x, -y);
    return context!.getImageData(0, 0, TILE, TILE).data;
  }
  catch {
    return null;
  }
}

/** Some browsers change what is read from a canvas, so that pages cannot tell readers by it. */
function readsTrue(context: Canvas): boolean {
  if (context === null)
    return false;
  const known = context.createImageData(16, 16);
  for (let i = 0; i < known.data.length; i++)
    known.data[i] = i % 4 === 3 ? 255 : (i * 37) % 256;
  context.putImageData(known, 0, 0);
  const { data } = context.getImageData(0, 0, 16, 16);
  return data.every((value, i) => Math.abs(value - known.data[i]!) <= TOLERANCE);
}
