/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A picture of more pixels would take more than 256 MB of memory, and two of them are held at once. */
export const mostPixels = 64_000_000;

/** The longest side of a canvas that every browser has. */
export const longestSide = 32_767;

export type Comparable = 'yes' | 'sizes-differ' | 'too-large';

/** Whether two pictures can be compared pixel by pixel. None is scaled: that would change every pixel. */
export function comparable(left: Size, right: Size): Comparable {
  if (left.width !== right.width || left.height !== right.height) return 'sizes-differ';
  if (left.width * left.height > mostPixels) return 'too-large';
  return Math.max(left.width, left.height) > longestSide ? 'too-large' : 'yes';
}

/** Differences shown in one colour, both ends included. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly colour: readonly [red: number, green: number, blue: number];
}

/**
 * How differences are amplified: even 1 of 255 is well above the darkness of what is equal. Each band is lighter than the one before,
 * so that the order is seen without telling hues apart, and all are lighter than `lightestGrey`.
 */
export const bands: readonly Band[] = [
  { from: 1, to: 3, colour: [86, 76, 176] },
  { from: 4, to: 15, colour: [196, 92, 190] },
  { from: 16, to: 63, colour: [250, 146, 96] },
  { from: 64, to: 255, colour: [255, 238, 130] },
];

/** Equal pixels show the left picture in greys from black to this one, so that a place in the map can be found in the picture. */
export const lightestGrey = 56;

/** A map whose dots stand for `cell` × `cell` pixels each. */
export interface DifferenceMap extends Size {
  readonly cell: number;
  /** The largest difference among the pixels of each dot. */
  readonly largest: Uint8Array;
  /** The left picture, 0 to 255. */
  readonly grey: Uint8Array;
}

export interface DifferenceFacts {
  readonly pixels: number;
  readonly differing: number;
  /** 0 to 255. */
  readonly largest: number;
  /** How many pixels each of `bands` has. */
  readonly counts: readonly number[];
  /** The smallest rectangle that holds all pixels that differ; absent if none does. */
  readonly area?: Size & { readonly x: number; readonly y: number };
}

/** Overviews keep the largest difference of each dot, as scaling a picture down makes a single pixel invisible. */
const overviewSide = 800;
const detailDots = 16_000_000;

/** Compares two pictures of the same size, some rows at a time. */
export class Difference {
  readonly overview: DifferenceMap;
  readonly detail: DifferenceMap;
  readonly #size: Size;
  readonly #histogram = new Float64Array(256);
  #rows = 0;
  #minX = Infinity;
  #minY = Infinity;
  #maxX = -1;
  #maxY = -1;

  constructor(size: Size) {
    this.#size = size;
    const longest = Math.max(size.width, size.height);
    this.overview = emptyMap(size, Math.max(1, Math.ceil(longest / overviewSide)));
    this.detail = emptyMap(size, detailCell(size));
  }

  /** The next rows from the top, as RGBA that is not multiplied by alpha (`ImageData`). */
  add(left: Uint8ClampedArray, right: Uint8ClampedArray): void {
    const { width, height } = this.#size;
    const rows = left.length / (4 * width);
    if (left.length !== right.length || !Number.isInteger(rows) || this.#rows + rows > height) {
      throw new RangeError('both pictures must give the same whole rows');
    }
    const leftWords = words(left);
    const rightWords = words(right);
    for (let row = 0; row < rows; row++) {
      const y = this.#rows + row;
      const start = row * width;
      for (let x = 0; x < width; x++) {
        if (leftWords[start + x] !== rightWords[start + x]) this.#note(x, y, pixelDifference(left, right, 4 * (start + x)));
      }
      this.#grey(this.overview, left, 4 * start, y);
      this.#grey(this.detail, left, 4 * start, y);
    }
    this.#rows += rows;
  }

  /** What was found; of all rows. */
  facts(): DifferenceFacts {
    const { width, height } = this.#size;
    if (this.#rows !== height) throw new Error('rows are missing');
    const counts = bands.map(({ from, to }) => this.#histogram.subarray(from, to + 1).reduce((sum, count) => sum + count, 0));
    const facts = {
      pixels: width * height,
      differing: counts.reduce((sum, count) => sum + count, 0),
      largest: Math.max(0, this.#histogram.findLastIndex((count) => count > 0)),
      counts,
    };
    if (this.#maxX < 0) return facts;
    const area = { x: this.#minX, y: this.#minY, width: this.#maxX - this.#minX + 1, height: this.#maxY - this.#minY + 1 };
    return { ...facts, area };
  }

  #note(x: number, y: number, difference: number): void {
    // Two pixels of the same looks need not be of the same bytes: what is wholly transparent has no colour.
    if (difference === 0) return;
    this.#histogram[difference]!++;
    this.#minX = Math.min(this.#minX, x);
    this.#maxX = Math.max(this.#maxX, x);
    this.#minY = Math.min(this.#minY, y);
    this.#maxY = y;
    for (const map of [this.overview, this.detail]) {
      const dot = Math.floor(y / map.cell) * map.width + Math.floor(x / map.cell);
      if (map.largest[dot]! < difference) map.largest[dot] = difference;
    }
  }

  #grey(map: DifferenceMap, pixels: Uint8ClampedArray, start: number, y: number): void {
    if (y % map.cell !== 0) return;
    const first = (y / map.cell) * map.width;
    for (let dot = 0; dot < map.width; dot++) {
      const at = start + 4 * dot * map.cell;
      const light = 0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!;
      map.grey[first + dot] = Math.round((light * pixels[at + 3]!) / 255);
    }
  }
}

/**
 * The largest difference of a colour channel or of alpha, 0 to 255, as the pixel is seen: colours count as much as the pixel is opaque.
 * Any difference in looks is at least 1.
 */
export function pixelDifference(left: Uint8ClampedArray, right: Uint8ClampedArray, at: number): number {
  const leftAlpha = left[at + 3]!;
  const rightAlpha = right[at + 3]!;
  let largest = Math.abs(leftAlpha - rightAlpha);
  for (let channel = at; channel < at + 3; channel++) {
    const difference = Math.abs(left[channel]! * leftAlpha - right[channel]! * rightAlpha) / 255;
    largest = Math.max(largest, Math.ceil(difference));
  }
  return largest;
}

/** The map as RGBA: bands in their colours, what is equal in dark greys. */
export function paint(map: DifferenceMap): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * map.width * map.height);
  for (let dot = 0, at = 0; dot < map.largest.length; dot++, at += 4) {
    const grey = (map.grey[dot]! * lightestGrey) / 255;
    const [red, green, blue] = bandOf(map.largest[dot]!)?.colour ?? [grey, grey, grey];
    pixels[at] = red;
    pixels[at + 1] = green;
    pixels[at + 2] = blue;
    pixels[at + 3] = 255;
  }
  return pixels;
}

/** The band of a difference; none for 0. */
export function bandOf(difference: number): Band | undefined {
  return bands.find(({ from, to }) => from <= difference && difference <= to);
}

function emptyMap(size: Size, cell: number): DifferenceMap {
  const width = Math.ceil(size.width / cell);
  const height = Math.ceil(size.height / cell);
  return { width, height, cell, largest: new Uint8Array(width * height), grey: new Uint8Array(width * height) };
}

function detailCell({ width, height }: Size): number {
  let cell = 1;
  while (Math.ceil(width / cell) * Math.ceil(height / cell) > detailDots) cell++;
  return cell;
}

function words(pixels: Uint8ClampedArray): Uint32Array {
  return new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);
}
