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

/** What CSS adds before or after an element at a place of its own, and paints. */
export interface Added {
  readonly style: CSSStyleDeclaration;
  readonly rect: Rect;
  readonly isAfter: boolean;
}

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
    return this.isBoxAt(element, x, y) || this.#linesOf(element).some(line => isWithin(x, y, line));
  }

  /** Whether it paints anything anywhere, its borders and its text too. */
  isSomewhere(element: Element): boolean {
    const style = this.styles.of(element);
    const opacity = this.styles.opacityOf(element);
    return opacity > LEAST_ALPHA && style.visibility === 'visible'
      && (drawsItself(element, style, opacity) || isPainted(style, opacity) || BORDERS.some(border => pixelsOf(style[border]) > 0) || this.#linesOf(element).length > 0);
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
        .filter(({ style }) => !/^(none|normal|)$/.test(style.content) && style.display !== 'none' && style.visibility === 'visible' && /absolute|fixed/.test(style.position)
          && (isPainted(style, opacity * Number(style.opacity)) || !/^""$/.test(style.content) && opacity * Number(style.opacity) > LEAST_ALPHA))
        .map(({ style, isAfter }) => ({ style, isAfter, rect: this.#boxOfAdded(element, style) }));
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
    return style.visibility === 'visible' && alphaOf(style.color) * this.styles.opacityOf(element) > LEAST_ALPHA;
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
    || (style.backdropFilter ?? 'none') !== 'none' && style.backdropFilter !== '' || isVignette(style.boxShadow);
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
  return isWithin(x, y, box) && alphaOf(side) > LEAST_ALPHA;
}

/** How opaque a computed colour is. */
export function alphaOf(colour: string): number {
  if (colour === 'transparent')
    return 0;
  const alpha = /^rgba\(.*,\s*([\d.e-]+)\)$|\/\s*([\d.e-]+)(%?)\)$/.exec(colour);
  return alpha === null ? 1 : Number(alpha[1] ?? alpha[2]) / (alpha[3] === '%' ? 100 : 1);
}
