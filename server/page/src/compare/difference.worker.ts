import { type Comparable, type DifferenceFacts, type DifferenceMap, Difference, type Size, comparable, paint } from './difference.js';
import { type Beside, beside, coloursDiffer, mostRead, orientationsDiffer } from './structure.js';

export interface Question {
  readonly left: Blob;
  readonly right: Blob;
}

export type Side = 'left' | 'right';

export interface MapPicture {
  readonly bitmap: ImageBitmap;
  readonly cell: number;
}

export type Answer =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'not-decoded'; readonly side: Side }
  | { readonly kind: Exclude<Comparable, 'yes'>; readonly left: Size; readonly right: Size }
  /** Canvases do not give back what was drawn. */
  | { readonly kind: 'not-read' }
  | { readonly kind: 'failed' }
  | {
      readonly kind: 'compared';
      readonly facts: DifferenceFacts;
      readonly overview: MapPicture;
      readonly detail: MapPicture;
      readonly coloursDiffer: boolean;
      readonly orientationsDiffer: boolean;
      readonly moves: boolean;
    };

const scope = self as unknown as {
  onmessage: ((message: MessageEvent<Question>) => void) | null;
  postMessage(answer: Answer, transfer?: Transferable[]): void;
};

scope.onmessage = (message) => {
  compare(message.data).catch((error: unknown) => {
    // Most likely memory. What is thrown here reaches the console, but not the page's `onerror`, so it is told as well.
    scope.postMessage({ kind: 'failed' });
    throw error;
  });
};

async function compare({ left, right }: Question): Promise<void> {
  const leftPicture = await decode(left);
  if (leftPicture === undefined) return scope.postMessage({ kind: 'not-decoded', side: 'left' });
  const rightPicture = await decode(right);
  if (rightPicture === undefined) return scope.postMessage({ kind: 'not-decoded', side: 'right' });

  const kind = comparable(leftPicture, rightPicture);
  if (kind !== 'yes') return scope.postMessage({ kind, left: sizeOf(leftPicture), right: sizeOf(rightPicture) });
  if (!readsWhatWasDrawn()) return scope.postMessage({ kind: 'not-read' });

  const difference = subtract(leftPicture, rightPicture);
  const facts = difference.facts();
  leftPicture.close();
  rightPicture.close();
  const overview = await picture(difference.overview);
  const detail = await picture(difference.detail);
  const [leftBeside, rightBeside] = await Promise.all([besideOf(left), besideOf(right)]);
  scope.postMessage(
    {
      kind: 'compared',
      facts,
      overview,
      detail,
      coloursDiffer: coloursDiffer(leftBeside, rightBeside),
      orientationsDiffer: orientationsDiffer(leftBeside, rightBeside),
      moves: leftBeside.moves || rightBeside.moves,
    },
    [overview.bitmap, detail.bitmap],
  );
}

async function decode(blob: Blob): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(blob, { colorSpaceConversion: 'none', imageOrientation: 'from-image' });
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

/** Strips of about a million pixels: neither picture is ever held a second time as a whole. */
function subtract(left: ImageBitmap, right: ImageBitmap): Difference {
  const { width, height } = left;
  const rows = Math.max(1, Math.min(height, Math.floor(1_000_000 / width)));
  const strip = canvas(width, rows);
  const difference = new Difference(sizeOf(left));
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, height - top);
    difference.add(pixels(strip, left, top, count), pixels(strip, right, top, count));
    scope.postMessage({ kind: 'progress', done: top + count, of: height });
  }
  return difference;
}

function pixels(strip: OffscreenCanvasRenderingContext2D, from: ImageBitmap, top: number, rows: number): Uint8ClampedArray {
  strip.clearRect(0, 0, from.width, rows);
  strip.drawImage(from, 0, top, from.width, rows, 0, 0, from.width, rows);
  return strip.getImageData(0, 0, from.width, rows).data;
}

/**
 * Some browsers add noise to what is read from a canvas, against tracking. Pixels would then seem to differ, or not to: no map is
 * made of such. The pattern is irregular, as plain areas are left alone by some.
 */
function readsWhatWasDrawn(): boolean {
  const side = 128;
  const drawn = new ImageData(side, side);
  for (let at = 0, state = 1; at < drawn.data.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    drawn.data[at] = at % 4 === 3 ? 255 : state >>> 24;
  }
  const context = canvas(side, side);
  context.putImageData(drawn, 0, 0);
  const read = context.getImageData(0, 0, side, side).data;
  return read.every((value, at) => value === drawn.data[at]);
}

function canvas(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  return context;
}

async function picture(map: DifferenceMap): Promise<MapPicture> {
  return { bitmap: await createImageBitmap(new ImageData(paint(map), map.width, map.height)), cell: map.cell };
}

async function besideOf(blob: Blob): Promise<Beside> {
  return beside(new Uint8Array(await blob.slice(0, mostRead).arrayBuffer()));
}

function sizeOf({ width, height }: ImageBitmap): Size {
  return { width, height };
}
