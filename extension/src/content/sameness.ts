import type { Medium, Sameness, Size, Verdict } from '../contract/media.js';
import type { Found } from '../contract/parts.js';
import { nextTurn, TURN } from './turns.js';

/** Edge of what is compared at a time. */
const TILE = 512;

/**
 * What is compared of pictures that are decoded on the page's thread, as the element's is: few pixels always; many, if the same bytes take no
 * longer than that (milliseconds) on another thread; very many never. `rated` are enough to tell from them how long others take.
 */
const PIXELS = { few: 1e6, most: 24e6, time: 40, rated: 5e5 } as const;

/** Pictures that are compared at the same time, of so many pixels together: a picture in memory is large. */
const AT_ONCE = { pictures: 3, pixels: PIXELS.most } as const;

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
  const pixels = verdict.size === null ? AT_ONCE.pixels : verdict.size.width * verdict.size.height;
  await room(pixels);
  try {
    return verdict.size !== null && isTooMuch(pixels) ? 'fresh' : await comparePixels(element, own);
  }
  finally {
    leave(pixels);
  }
}

/** Whether it need not even be tried. */
function isTooMuch(pixels: number): boolean {
  return pixels > PIXELS.most || leastTime(pixels) > 1.5 * PIXELS.time;
}

const inside = { pictures: 0, pixels: 0 };
const outside: { readonly pixels: number; enter(): void }[] = [];

/** In the order in which they came. */
function room(pixels: number): Promise<void> {
  return new Promise((enter) => {
    outside.push({ pixels, enter });
    letIn();
  });
}

function leave(pixels: number): void {
  inside.pictures--;
  inside.pixels -= pixels;
  letIn();
}

function letIn(): void {
  for (let next = outside[0]; next !== undefined && inside.pictures < AT_ONCE.pictures && (inside.pictures === 0 || inside.pixels + next.pixels <= AT_ONCE.pixels); next = outside[0]) {
    outside.shift();
    inside.pictures++;
    inside.pixels += next.pixels;
    next.enter();
  }
}

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

/** Milliseconds for a pixel of the picture that was decoded the quickest so far; others wait for the processor, or are harder to decode. */
let quickest: number | null = null;

/** Milliseconds that so many pixels take at least, as far as that is known. */
function leastTime(pixels: number): number {
  return pixels <= PIXELS.few ? 0 : pixels * (quickest ?? 0);
}

/** Null where the page's thread would take too long for it. A browser that may only have had other things to do is asked twice. */
async function quicklyDecoded(own: Blob): Promise<ImageBitmap | null> {
  for (let times = 0; times < 2; times++) {
    const start = performance.now();
    const bitmap = await bitmapOf(own);
    const time = performance.now() - start, pixels = bitmap === null ? Infinity : bitmap.width * bitmap.height;
    if (pixels >= PIXELS.rated && pixels < Infinity)
      quickest = Math.min(quickest ?? Infinity, time / pixels);
    const isQuick = time <= PIXELS.time || 2 * leastTime(pixels) <= PIXELS.time;
    if (pixels <= PIXELS.few || (pixels <= PIXELS.most && isQuick))
      return bitmap;
    bitmap?.close();
    if (pixels > PIXELS.most || leastTime(pixels) > PIXELS.time)
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
  const [left, right] = canvases ??= [canvas(), canvas()];
  if (left === null || right === null)
    return null;
  let since = performance.now();
  for (let y = 0; y < ours.height; y += TILE) {
    for (let x = 0; x < ours.width; x += TILE) {
      const [a, b] = [tileOf(left, ours, x, y), tileOf(right, theirs, x, y)];
      if (a === null || b === null)
        return null;
      if (!areNear(a, b))
        return false;
      if (performance.now() - since > TURN / 2) {
        await nextTurn();
        since = performance.now();
      }
    }
  }
  return true;
}

function areNear(a: Uint8ClampedArray, b: Uint8ClampedArray): boolean {
  // Four at a time: nearly all are the same.
  const [as, bs] = [a, b].map(({ buffer, byteOffset, length }) => new Uint32Array(buffer, byteOffset, length / 4)) as [Uint32Array, Uint32Array];
  for (let pixel = 0; pixel < as.length; pixel++) {
    if (as[pixel] === bs[pixel])
      continue;
    for (let i = 4 * pixel; i < 4 * pixel + 4; i++) {
      if (Math.abs(a[i]! - b[i]!) > TOLERANCE)
        return false;
    }
  }
  return true;
}

type Canvas = OffscreenCanvasRenderingContext2D | null;

/**
 * Of all pictures, each in turns of its own: 2 MB that stay, as browsers give those of one that nobody has any more back late. Null where what is
 * read from one is not what is on it.
 */
let canvases: readonly [Canvas, Canvas] | null = null;

function canvas(): Canvas {
  const context = new OffscreenCanvas(TILE, TILE).getContext('2d', { willReadFrequently: true });
  if (context === null || !readsTrue(context))
    return null;
  context.globalCompositeOperation = 'copy';
  return context;
}

function tileOf(context: OffscreenCanvasRenderingContext2D, bitmap: ImageBitmap, x: number, y: number): Uint8ClampedArray | null {
  try {
    context.drawImage(bitmap, -x, -y);
    return context.getImageData(0, 0, Math.min(TILE, bitmap.width - x), Math.min(TILE, bitmap.height - y)).data;
  }
  catch {
    return null;
  }
}

/** Some browsers change what is read from a canvas, so that pages cannot tell readers by it. */
function readsTrue(context: OffscreenCanvasRenderingContext2D): boolean {
  const known = context.createImageData(16, 16);
  for (let i = 0; i < known.data.length; i++)
    known.data[i] = i % 4 === 3 ? 255 : (i * 37) % 256;
  context.putImageData(known, 0, 0);
  const { data } = context.getImageData(0, 0, 16, 16);
  return data.every((value, i) => Math.abs(value - known.data[i]!) <= TOLERANCE);
}
