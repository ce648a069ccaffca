import type { Size } from '../contract/media.js';
import { pixelsOf } from './display-box.js';

/** How a picture is laid into a box: measures in the box's own pixels, before transforms. */
export interface Fit {
  /** Share of the picture's area that lies in the box. */
  readonly shown: number;
  /** How much wider than high it became: 1 where its proportions are kept, and where they are not known. */
  readonly stretch: number;
  /** By how much it is enlarged; 0 where its size is not known. */
  readonly scale: number;
  /** Where it lies, as shares of the box. */
  readonly part: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

const WHOLE_BOX = { left: 0, top: 0, right: 1, bottom: 1 } as const;

/** Nothing is known of the picture, and a part of it may be cut off. */
export const UNKNOWN_PART: Fit = { shown: 0.5, stretch: 1, scale: 0, part: WHOLE_BOX };
const UNKNOWN_WHOLE: Fit = { shown: 1, stretch: 1, scale: 0, part: WHOLE_BOX };

/** `object-fit` and `object-position`. */
export function fitOf(style: CSSStyleDeclaration, natural: Size | null, box: Size): Fit {
  const { objectFit } = style;
  if (natural === null)
    return objectFit === 'fill' || objectFit === 'contain' ? UNKNOWN_WHOLE : UNKNOWN_PART;
  const [x = '50%', y = '50%'] = style.objectPosition.split(/ (?![^(]*\))/);
  return layIn(box, natural, sizeOf(objectFit, natural, box), x, y);
}

function sizeOf(fit: string, natural: Size, box: Size): Size {
  const least = Math.min(box.width / natural.width, box.height / natural.height);
  switch (fit) {
    case 'contain': return scaled(natural, least);
    case 'cover': return scaled(natural, Math.max(box.width / natural.width, box.height / natural.height));
    case 'none': return natural;
    case 'scale-down': return scaled(natural, Math.min(1, least));
    default: return box;
  }
}

function scaled({ width, height }: Size, by: number): Size {
  return { width: width * by, height: height * by };
}

function layIn(box: Size, natural: Size, drawn: Size, x: string, y: string): Fit {
  const left = offsetOf(x, box.width - drawn.width), top = offsetOf(y, box.height - drawn.height);
  const seen = { left: Math.max(0, left), top: Math.max(0, top), right: Math.min(box.width, left + drawn.width), bottom: Math.min(box.height, top + drawn.height) };
  const area = Math.max(0, seen.right - seen.left) * Math.max(0, seen.bottom - seen.top);
  const whole = drawn.width * drawn.height;
  return {
    shown: whole > 0 ? area / whole : 0,
    stretch: drawn.width / natural.width / (drawn.height / natural.height) || 1,
    scale: Math.max(drawn.width / natural.width, drawn.height / natural.height),
    part: { left: seen.left / box.width, top: seen.top / box.height, right: seen.right / box.width, bottom: seen.bottom / box.height },
  };
}

/** A position as computed styles write it: a share of the room that is left, a length, or a sum of both. */
function offsetOf(position: string, room: number): number {
  let offset = 0;
  for (const [, sign, number, unit] of position.matchAll(/([+-]?)\s*(-?[\d.]+)(%|px)/g))
    offset += (sign === '-' ? -1 : 1) * Number(number) * (unit === '%' ? room / 100 : 1);
  return offset;
}

/** Which of an element's backgrounds it is, and what the others do to it. */
export interface Layer {
  readonly fit: Fit;
  /** Another picture, or an opaque colour, is drawn over it. */
  readonly isCovered: boolean;
  /** It is blended, fixed to the viewport, drawn into letters, or below something translucent. */
  readonly isAltered: boolean;
}

export function layerOf(style: CSSStyleDeclaration, url: string, natural: Size | null, element: Element): Layer {
  const images = split(style.backgroundImage);
  // What is kept of a `data:` address is its beginning.
  const isIt = (image: string) => image.includes(url.startsWith('data:') ? url.slice(0, 64) : url);
  const index = Math.max(0, images.some(isIt) ? images.findIndex(isIt) : images.findIndex(image => image.includes('url(')));
  const nth = (value: string) => {
    const values = split(value);
    return values[index % values.length] ?? '';
  };
  const above = images.slice(0, index).filter(image => image !== 'none');
  const clip = nth(style.backgroundClip);
  return {
    fit: backgroundFitOf(nth(style.backgroundSize), nth(style.backgroundPositionX), nth(style.backgroundPositionY), natural, boxOfBackground(element, style, nth(style.backgroundOrigin))),
    isCovered: above.some(image => !/gradient\(/.test(image) || !/transparent|rgba\(|\/ /.test(image)),
    isAltered: above.length > 0 || clip.includes('text') || nth(style.backgroundBlendMode) !== 'normal' || nth(style.backgroundAttachment) === 'fixed',
  };
}

function backgroundFitOf(size: string, x: string, y: string, natural: Size | null, box: Size): Fit {
  if (natural === null && size !== 'contain' && !/^\S+(%|px) \S+(%|px)$/.test(size))
    return UNKNOWN_PART;
  if (natural === null)
    return size === 'contain' ? UNKNOWN_WHOLE : { ...layIn(box, { width: 1, height: 1 }, explicit(size, { width: 1, height: 1 }, box), x, y), stretch: 1, scale: 0 };
  const drawn = size === 'contain' || size === 'cover' ? sizeOf(size, natural, box) : explicit(size, natural, box);
  return layIn(box, natural, drawn, x, y);
}

function explicit(size: string, natural: Size, box: Size): Size {
  const [first = 'auto', second = 'auto'] = size.split(/ (?![^(]*\))/);
  const width = first === 'auto' ? null : offsetOf(first, box.width);
  const height = second === 'auto' ? null : offsetOf(second, box.height);
  return {
    width: width ?? (height === null ? natural.width : natural.width * height / natural.height),
    height: height ?? (width === null ? natural.height : natural.height * width / natural.width),
  };
}

function boxOfBackground(element: Element, style: CSSStyleDeclaration, origin: string): Size {
  const { offsetWidth, offsetHeight, clientWidth, clientHeight } = element as HTMLElement;
  if (origin === 'border-box')
    return { width: offsetWidth, height: offsetHeight };
  if (origin === 'content-box')
    return { width: clientWidth - pixelsOf(style.paddingLeft) - pixelsOf(style.paddingRight), height: clientHeight - pixelsOf(style.paddingTop) - pixelsOf(style.paddingBottom) };
  return { width: clientWidth, height: clientHeight };
}

/** At the commas that stand in no parentheses. */
export function split(list: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0, start = 0;
  for (let index = 0; index <= list.length; index++) {
    const character = list[index];
    if (character === '(')
      depth++;
    else if (character === ')')
      depth--;
    else if (character === undefined || character === ',' && depth === 0) {
      parts.push(list.slice(start, index).trim());
      start = index + 1;
    }
  }
  return parts;
}
