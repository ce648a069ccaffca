import { containsFixed, innerBoxOf, isWithin, pixelsOf, type Rect } from './display-box.js';
import { parentOf, type Styles } from './display-tree.js';
import { attributeOf, boxOf, childNodesOf, isText, nameOf } from './tree.js';

/** Less opaque, nothing counts as painted. */
const LEAST_ALPHA = 0.05;

/** CSS pixels of shadow within a box from which it darkens more than an edge. */
const LEAST_VIGNETTE = 20;

/** Lines of text that are looked at in one element. */
const MOST_LINES = 60;

/** Elements that draw what is no box of CSS. */
const REPLACED: ReadonlySet<string> = new Set(['img', 'video', 'canvas', 'iframe', 'embed', 'object', 'input', 'textarea', 'select', 'meter', 'progress', 'image', 'frame']);
const SHAPES: ReadonlySet<string> = new Set(['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text', 'tspan', 'use']);

const BORDERS = ['borderLeftWidth', 'borderTopWidth', 'borderRightWidth', 'borderBottomWidth'] as const;

const PSEUDO = ['::before', '::after'] as const;

/** What CSS adds before or after an element, and paints; what has no place of its own is told of where it is as large as the element. */
export interface Added {
  readonly style: CSSStyleDeclaration;
  readonly rect: Rect;
  readonly isAfter: boolean;
}

/** Share of each edge of an element that something without a place of its own must have to lie all over it. */
const ALL_OVER = 0.8;

/** What elements paint at places of the viewport, for as long as the layout stays. */
export class Paint {
  readonly styles: Styles;
  readonly #lines = new Map<Element, readonly Rect[]>();
  readonly #pseudos = new Map<Element, readonly Added[]>();

  constructor(styles: Styles) {
    this.styles = styles;
  }

  /** Whether the element itself, its text or what CSS adds before and after it is painted here. */
  isAt(element: Element, x: number, y: number): boolean {
    return this.isBoxAt(element, x, y) || this.isSpilledAt(element, x, y) || this.#linesOf(element).some(line => isWithin(x, y, line));
  }

  /** Whether it paints anything anywhere, its borders and its text too. */
  isSomewhere(element: Element): boolean {
    const style = this.styles.of(element);
    const opacity = this.styles.opacityOf(element);
    return opacity > LEAST_ALPHA && style.visibility === 'visible'
      && (drawsItself(element, style, opacity) || isPainted(style, opacity) || BORDERS.some(border => pixelsOf(style[border]) > 0) || this.#linesOf(element).length > 0 || this.spillOf(element) !== null);
  }

  /** Whether an outline or a shadow of the element is painted here: no hit test sees them. */
  isSpilledAt(element: Element, x: number, y: number): boolean {
    const style = this.styles.of(element);
    return (style.outlineStyle !== 'none' || style.boxShadow !== 'none' || style.filter.includes('drop-shadow'))
      && style.visibility === 'visible' && this.styles.opacityOf(element) > LEAST_ALPHA && spillsOf(style, boxOf(element)).some(({ outer, inner }) => isWithin(x, y, outer) && !isWithin(x, y, inner));
  }

  /** What an element's outlines and shadows reach beyond it; null where they do not. */
  spillOf(element: Element): Rect | null {
    const style = this.styles.of(element);
    if (style.outlineStyle === 'none' && style.boxShadow === 'none' && !style.filter.includes('drop-shadow'))
      return null;
    const box = boxOf(element);
    const all = spillsOf(style, box).reduce<Rect>((rect, { outer }) => ({
      left: Math.min(rect.left, outer.left), top: Math.min(rect.top, outer.top), right: Math.max(rect.right, outer.right), bottom: Math.max(rect.bottom, outer.bottom),
    }), box);
    return Math.max(box.left - all.left, box.top - all.top, all.right - box.right, all.bottom - box.bottom) >= LEAST_SPILL ? all : null;
  }

  /** Whether something before or after it is painted that has no place of its own, wherever that is. */
  isAddedSomewhere(element: Element): boolean {
    return PSEUDO.some(pseudo => {
      const style = getComputedStyle(element, pseudo);
      return isAdded(style, this.styles.opacityOf(element)) && !/absolute|fixed/.test(style.position);
    });
  }

  /** The same without its text. */
  isBoxAt(element: Element, x: number, y: number): boolean {
    const style = this.styles.of(element);
    const opacity = this.styles.opacityOf(element);
    if (opacity <= LEAST_ALPHA || style.visibility !== 'visible')
      return false;
    return drawsItself(element, style, opacity) || isPainted(style, opacity) || isOnBorder(element, style, x, y) || this.isAddedAt(element, x, y);
  }

  /** Whether `::before` or `::after` is painted here. */
  isAddedAt(element: Element, x: number, y: number): boolean {
    return this.addedOf(element).some(({ rect }) => isWithin(x, y, rect));
  }

  addedOf(element: Element): readonly Added[] {
    let added = this.#pseudos.get(element);
    if (added === undefined) {
      const opacity = this.styles.opacityOf(element);
      added = PSEUDO.map((pseudo, index) => ({ style: getComputedStyle(element, pseudo), isAfter: index > 0 }))
        .filter(({ style }) => isAdded(style, opacity) && (/absolute|fixed/.test(style.position) || isAllOver(element, style)))
        .map(({ style, isAfter }) => ({ style, isAfter, rect: /absolute|fixed/.test(style.position) ? this.#boxOfAdded(element, style) : boxOf(element) }));
      this.#pseudos.set(element, added);
    }
    return added;
  }

  /** Computed styles tell the place of what is positioned in the pixels of its containing block. */
  #boxOfAdded(element: Element, style: CSSStyleDeclaration): Rect {
    let block: Element | null = element;
    while (block !== null && this.styles.of(block).position === 'static' && !containsFixed(this.styles.of(block)))
      block = parentOf(block);
    const around = style.position === 'fixed' || block === null ? { left: 0, top: 0 } : innerBoxOf(block);
    const isContent = style.boxSizing !== 'border-box';
    const across = isContent ? pixelsOf(style.paddingLeft) + pixelsOf(style.paddingRight) : 0, down = isContent ? pixelsOf(style.paddingTop) + pixelsOf(style.paddingBottom) : 0;
    const left = around.left + pixelsOf(style.left) + pixelsOf(style.marginLeft), top = around.top + pixelsOf(style.top) + pixelsOf(style.marginTop);
    const { m41: x, m42: y } = style.transform === 'none' ? { m41: 0, m42: 0 } : new DOMMatrix(style.transform);
    return { left: left + x, top: top + y, right: left + x + pixelsOf(style.width) + across, bottom: top + y + pixelsOf(style.height) + down };
  }

  #linesOf(element: Element): readonly Rect[] {
    let lines = this.#lines.get(element);
    if (lines === undefined)
      this.#lines.set(element, lines = this.#isTextSeen(element) ? textRectsOf(element) : []);
    return lines;
  }

  #isTextSeen(element: Element): boolean {
    const style = this.styles.of(element);
    const isDrawn = alphaOf(style.color) > LEAST_ALPHA || style.textShadow !== 'none' || pixelsOf(style.webkitTextStrokeWidth) > 0;
    return style.visibility === 'visible' && isDrawn && this.styles.opacityOf(element) * Math.max(alphaOf(style.color), Number(style.textShadow !== 'none' || pixelsOf(style.webkitTextStrokeWidth) > 0)) > LEAST_ALPHA;
  }
}

function textRectsOf(element: Element): readonly Rect[] {
  const rects: Rect[] = [];
  const range = new Range();
  const nodes = childNodesOf(element);
  for (let index = 0; index < nodes.length && rects.length < MOST_LINES; index++) {
    const node = nodes[index]!;
    if (!isText(node) || node.data.trim() === '')
      continue;
    range.selectNodeContents(node);
    rects.push(...range.getClientRects());
  }
  return rects.slice(0, MOST_LINES);
}

function drawsItself(element: Element, style: CSSStyleDeclaration, opacity: number): boolean {
  const name = nameOf(element);
  if (SHAPES.has(name))
    return style.fill !== 'none' && alphaOf(style.fill) * Number(style.fillOpacity) * opacity > LEAST_ALPHA || style.stroke !== 'none' && Number(style.strokeOpacity) * opacity > LEAST_ALPHA;
  // From when it is asked for: it may come in any frame.
  if (name === 'img')
    return (element as HTMLImageElement).naturalWidth > 0 || attributeOf(element, 'src') !== '' || attributeOf(element, 'srcset') !== '';
  return REPLACED.has(name) && !(name === 'input' && (element as HTMLInputElement).type === 'hidden');
}

function isPainted(style: CSSStyleDeclaration, opacity: number): boolean {
  return alphaOf(style.backgroundColor) * opacity > LEAST_ALPHA || style.backgroundImage !== 'none' && opacity > LEAST_ALPHA
    || opacity > LEAST_ALPHA && isBorderImageWithin(style) || (style.backdropFilter ?? 'none') !== 'none' && style.backdropFilter !== '' || isVignette(style.boxShadow);
}

/** What is painted before or after an element. */
function isAdded(style: CSSStyleDeclaration, opacity: number): boolean {
  return !/^(none|normal|)$/.test(style.content) && style.display !== 'none' && style.visibility === 'visible'
    && (isPainted(style, opacity * Number(style.opacity)) || !/^""$/.test(style.content) && opacity * Number(style.opacity) > LEAST_ALPHA);
}

function isAllOver(element: Element, style: CSSStyleDeclaration): boolean {
  const { width, height } = boxOf(element);
  return pixelsOf(style.width) >= ALL_OVER * width && pixelsOf(style.height) >= ALL_OVER * height;
}

/** A picture that is drawn as the border, and farther inwards than that. */
function isBorderImageWithin({ borderImageSource, borderImageSlice, borderImageWidth }: CSSStyleDeclaration): boolean {
  return borderImageSource !== 'none' && borderImageSource !== '' && (borderImageSlice.includes('fill') || !/^1( 1)*$/.test(borderImageWidth));
}

interface Spill { readonly outer: Rect; readonly inner: Rect }

/** CSS pixels by which an outline or a shadow must reach beyond an element to count. */
const LEAST_SPILL = 20;

const NOWHERE: Rect = { left: 0, top: 0, right: 0, bottom: 0 };

/** Rings that outlines and shadows paint around a box, and within it. Where a shadow is blurred, its edge is where it is half as dark. */
function spillsOf(style: CSSStyleDeclaration, box: Rect): readonly Spill[] {
  const spills: Spill[] = [];
  if (style.outlineStyle !== 'none' && alphaOf(style.outlineColor) > LEAST_ALPHA) {
    const offset = pixelsOf(style.outlineOffset);
    spills.push({ outer: grown(box, offset + pixelsOf(style.outlineWidth)), inner: grown(box, offset) });
  }
  for (const shadow of style.boxShadow.split(/,(?![^(]*\))/).filter(each => each !== 'none' && !each.includes('inset'))) {
    const [x = 0, y = 0, , spread = 0] = lengthsOf(shadow);
    if (alphaOf(colourOf(shadow)) > LEAST_ALPHA)
      spills.push({ outer: moved(grown(box, spread), x, y), inner: box });
  }
  for (const [, shadow = ''] of style.filter.matchAll(/drop-shadow\(((?:[^()]|\([^()]*\))*)\)/g)) {
    const [x = 0, y = 0] = lengthsOf(shadow);
    if (alphaOf(colourOf(shadow)) > LEAST_ALPHA)
      spills.push({ outer: moved(box, x, y), inner: box });
  }
  return spills;
}

function lengthsOf(shadow: string): readonly number[] {
  return shadow.match(/-?[\d.]+px/g)?.map(Number.parseFloat) ?? [];
}

function colourOf(shadow: string): string {
  return /[a-z-]+\([^()]*\)/.exec(shadow)?.[0] ?? '';
}

function grown({ left, top, right, bottom }: Rect, by: number): Rect {
  const rect = { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
  return rect.left < rect.right && rect.top < rect.bottom ? rect : NOWHERE;
}

function moved({ left, top, right, bottom }: Rect, x: number, y: number): Rect {
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y };
}

function isVignette(shadow: string): boolean {
  return shadow.includes('inset') && (shadow.match(/-?[\d.]+px/g)?.map(Number.parseFloat) ?? []).some(length => Math.abs(length) >= LEAST_VIGNETTE);
}

function isOnBorder(element: Element, style: CSSStyleDeclaration, x: number, y: number): boolean {
  const widths = BORDERS.map(border => pixelsOf(style[border]));
  if (widths.every(width => width === 0))
    return false;
  const [left = 0, top = 0, right = 0, bottom = 0] = widths;
  const box = boxOf(element);
  const side = x < box.left + left ? style.borderLeftColor : x >= box.right - right ? style.borderRightColor
    : y < box.top + top ? style.borderTopColor : y >= box.bottom - bottom ? style.borderBottomColor : 'transparent';
  return isWithin(x, y, box) && (alphaOf(side) > LEAST_ALPHA || side !== 'transparent' && !/^(none|)$/.test(style.borderImageSource));
}

/** How opaque a computed colour is. */
export function alphaOf(colour: string): number {
  if (colour === 'transparent')
    return 0;
  const alpha = /^rgba\(.*,\s*([\d.e-]+)\)$|\/\s*([\d.e-]+)(%?)\)$/.exec(colour);
  return alpha === null ? 1 : Number(alpha[1] ?? alpha[2]) / (alpha[3] === '%' ? 100 : 1);
}
