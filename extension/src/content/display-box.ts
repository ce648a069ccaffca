import { parentOf, type Styles } from './display-tree.js';
import { bodyOf, boxOf, clientHeightOf, clientLeftOf, clientTopOf, clientWidthOf, nameOf, rootElementOf, scrollHeightOf, scrollWidthOf } from './tree.js';

/** A rectangle in the viewport's coordinates. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function areaOf(rect: Rect): number {
  return Math.max(0, rect.right - rect.left) * Math.max(0, rect.bottom - rect.top);
}

export function meet(one: Rect, other: Rect): Rect {
  return { left: Math.max(one.left, other.left), top: Math.max(one.top, other.top), right: Math.min(one.right, other.right), bottom: Math.min(one.bottom, other.bottom) };
}

export function doMeet(one: Rect, other: Rect): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

export function isWithin(x: number, y: number, rect: Rect): boolean {
  return x >= rect.left && x < rect.right && y >= rect.top && y < rect.bottom;
}

export function viewportOf(): Rect {
  const root = rootElementOf();
  return { left: 0, top: 0, right: Math.min(innerWidth, root?.clientWidth || innerWidth), bottom: innerHeight };
}

/** A number of CSS pixels, as computed styles write them. */
export function pixelsOf(value: string): number {
  return Number.parseFloat(value) || 0;
}

/** An ancestor that shows only what lies in its box. */
export interface Clip {
  readonly element: Element;
  readonly rect: Rect;
  /** The reader can scroll the rest into sight. */
  readonly scrollsX: boolean;
  readonly scrollsY: boolean;
}

/** The boxes that an element is cut to, and whether it stays in its place while the document scrolls. */
export function clipsOf(element: Element, styles: Styles): { readonly clips: readonly Clip[]; readonly isPinned: boolean } {
  const clips: Clip[] = [];
  const root = rootElementOf();
  let { position } = styles.of(element);
  let isPinned = position === 'fixed' || position === 'sticky';
  for (let outer = parentOf(element); outer !== null && outer !== root; outer = parentOf(outer)) {
    const style = styles.of(outer);
    // What is positioned is cut by its containing block and what is around that, not by what lies between.
    if (!containsFixed(style) && (position === 'fixed' || position === 'absolute' && style.position === 'static'))
      continue;
    if (isCutting(outer, style, styles))
      clips.push({ element: outer, rect: innerBoxOf(outer), scrollsX: isScroller(style.overflowX, scrollWidthOf(outer), clientWidthOf(outer)), scrollsY: isScroller(style.overflowY, scrollHeightOf(outer), clientHeightOf(outer)) });
    ({ position } = style);
    isPinned ||= position === 'fixed' || position === 'sticky';
  }
  return { clips, isPinned };
}

/** Whether it is the containing block even of what is fixed. */
export function containsFixed(style: CSSStyleDeclaration): boolean {
  return [style.transform, style.filter, style.backdropFilter ?? 'none', style.perspective, style.rotate, style.scale, style.translate].some(value => value !== 'none' && value !== '')
    || /paint|layout|strict|content/.test(style.contain) || /transform|filter|perspective/.test(style.willChange);
}

function isCutting(element: Element, style: CSSStyleDeclaration, styles: Styles): boolean {
  // A drawing is inline unless the page says otherwise, and cuts what lies outside of it.
  if (style.display === 'contents' || style.display === 'inline' && nameOf(element) !== 'svg')
    return false;
  if (/paint|strict|content/.test(style.contain) || style.contentVisibility === 'auto')
    return true;
  if (style.overflowX === 'visible' && style.overflowY === 'visible')
    return false;
  // What the body says of overflow is the viewport's, unless the root says something itself.
  const root = rootElementOf();
  return element !== bodyOf() || root !== null && styles.of(root).overflowX !== 'visible';
}

function isScroller(overflow: string, whole: number, seen: number): boolean {
  return (overflow === 'auto' || overflow === 'scroll') && whole > seen;
}

/** The padding box without scroll bars. */
export function innerBoxOf(element: Element): Rect {
  const { left, top, right, bottom, width } = boxOf(element);
  const { offsetWidth = 0 } = element as Partial<HTMLElement>;
  if (typeof offsetWidth !== 'number' || offsetWidth === 0)
    return { left, top, right, bottom };
  const scale = width / offsetWidth;
  const x = left + clientLeftOf(element) * scale, y = top + clientTopOf(element) * scale;
  return { left: x, top: y, right: x + clientWidthOf(element) * scale, bottom: y + clientHeightOf(element) * scale };
}

/** The part of an element's box that its ancestors let be seen, wherever the viewport is. */
export function visiblePartOf(element: Element, styles: Styles): { readonly rect: Rect; readonly isPinned: boolean } {
  const { clips, isPinned } = clipsOf(element, styles);
  return { rect: clips.reduce((rect, clip) => meet(rect, clip.rect), boxOf(element) as Rect), isPinned };
}
