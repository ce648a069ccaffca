/** The tree as it is shown: through shadow roots and slots. */
export function parentOf(element: Element): Element | null {
  const parent = element.assignedSlot ?? element.parentNode;
  if (parent instanceof ShadowRoot)
    return parent.host;
  return parent instanceof Element ? parent : null;
}

interface Opener { readonly dom?: { openOrClosedShadowRoot(element: Element): ShadowRoot | null } }

/** Content scripts may look into closed roots, each browser in its way. */
export function shadowRootOf(element: Element): ShadowRoot | null {
  if (element.shadowRoot !== null)
    return element.shadowRoot;
  const inner = (element as Element & { openOrClosedShadowRoot?: ShadowRoot | null }).openOrClosedShadowRoot;
  if (inner !== undefined)
    return inner;
  // Custom elements and these have shadow roots of a page; the question is not asked of all others.
  if (!element.localName.includes('-') && !HOSTS.has(element.localName))
    return null;
  return (globalThis as { chrome?: Opener }).chrome?.dom?.openOrClosedShadowRoot(element) ?? null;
}

const HOSTS: ReadonlySet<string> = new Set(['article', 'aside', 'blockquote', 'body', 'div', 'footer', 'header', 'main', 'nav', 'p', 'section', 'span']);

/** Whether `outer` is shown around `inner`, or is it. */
export function isAround(outer: Element, inner: Element): boolean {
  for (let element: Element | null = inner; element !== null; element = parentOf(element)) {
    if (element === outer)
      return true;
  }
  return false;
}

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

/** Styles that were asked for in one turn; they are live, and only asking is dear. */
export class Styles {
  readonly #styles = new Map<Element, CSSStyleDeclaration>();

  of(element: Element): CSSStyleDeclaration {
    let style = this.#styles.get(element);
    if (style === undefined)
      this.#styles.set(element, style = getComputedStyle(element));
    return style;
  }
}

/** An ancestor that shows only what lies in its box. */
export interface Clip {
  readonly element: Element;
  readonly rect: Rect;
  /** The reader can scroll the rest into sight. */
  readonly isScroller: boolean;
}

/** The boxes that an element is cut to, and whether it stays in its place while the document scrolls. */
export function clipsOf(element: Element, styles: Styles): { readonly clips: readonly Clip[]; readonly isPinned: boolean } {
  const clips: Clip[] = [];
  let { position } = styles.of(element);
  let isPinned = position === 'fixed' || position === 'sticky';
  for (let outer = parentOf(element); outer !== null && outer !== document.documentElement; outer = parentOf(outer)) {
    const style = styles.of(outer);
    const holdsFixed = containsFixed(style);
    // What is positioned is cut by its containing block and what is around that, not by what lies between.
    if (position === 'fixed' && !holdsFixed || position === 'absolute' && style.position === 'static' && !holdsFixed)
      continue;
    if (isCutting(outer, style))
      clips.push({ element: outer, rect: innerBoxOf(outer), isScroller: isScrollable(outer, style) });
    position = style.position;
    isPinned ||= position === 'fixed' || position === 'sticky';
  }
  return { clips, isPinned };
}

function containsFixed(style: CSSStyleDeclaration): boolean {
  return style.transform !== 'none' || style.filter !== 'none' || style.perspective !== 'none' || style.rotate !== 'none' || style.scale !== 'none'
    || style.translate !== 'none' || /paint|layout|strict|content/.test(style.contain) || /transform|filter|perspective/.test(style.willChange);
}

function isCutting(element: Element, style: CSSStyleDeclaration): boolean {
  if (/paint|strict|content/.test(style.contain) || style.contentVisibility === 'auto')
    return true;
  if (style.overflowX === 'visible' && style.overflowY === 'visible' || style.display === 'inline' || style.display === 'contents')
    return false;
  // What the body says of overflow is the viewport's, unless the root says something itself.
  return element !== document.body || getComputedStyle(document.documentElement).overflowX !== 'visible';
}

function isScrollable(element: Element, style: CSSStyleDeclaration): boolean {
  return /auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth || /auto|scroll/.test(style.overflowY) && element.scrollHeight > element.clientHeight;
}

/** The padding box without scroll bars. */
function innerBoxOf(element: Element): Rect {
  const { left, top, right, bottom, width } = element.getBoundingClientRect();
  if (!(element instanceof HTMLElement) || element.offsetWidth === 0)
    return { left, top, right, bottom };
  const scale = width / element.offsetWidth;
  const x = left + element.clientLeft * scale, y = top + element.clientTop * scale;
  return { left: x, top: y, right: x + element.clientWidth * scale, bottom: y + element.clientHeight * scale };
}

/** The part of an element's box that its ancestors let be seen, wherever the viewport is. */
export function visiblePartOf(element: Element, styles: Styles): { readonly rect: Rect; readonly isPinned: boolean } {
  const { clips, isPinned } = clipsOf(element, styles);
  return { rect: clips.reduce((rect, clip) => meet(rect, clip.rect), element.getBoundingClientRect() as Rect), isPinned };
}
