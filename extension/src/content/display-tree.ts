/**
 * The tree as it is shown: through shadow roots and slots. An element of the page that is called `parentNode` or `elementFromPoint` hides
 * the property of that name of its form or document, for content scripts too; nothing is therefore read from them by name.
 */
const parentNodeOf = getter(Node.prototype, 'parentNode');
const typeOf = getter(Node.prototype, 'nodeType');
const slotOf = getter(Element.prototype, 'assignedSlot');
const openRootOf = getter(Element.prototype, 'shadowRoot');
const hostOfRoot = getter(ShadowRoot.prototype, 'host');
const rootElement = getter(Document.prototype, 'documentElement');
const bodyElement = getter(Document.prototype, 'body');
const fonts = getter(Document.prototype, 'fonts');
const fullScreen = getter(Document.prototype, 'fullscreenElement');
const visibility = getter(Document.prototype, 'visibilityState');
const create = method(Document.prototype.createElementNS as (namespace: string, name: string) => Element);

export const nameOf = getter(Element.prototype, 'localName');
export const isConnected = getter(Node.prototype, 'isConnected');
export const clientLeftOf = getter(Element.prototype, 'clientLeft');
export const clientTopOf = getter(Element.prototype, 'clientTop');
export const clientWidthOf = getter(Element.prototype, 'clientWidth');
export const clientHeightOf = getter(Element.prototype, 'clientHeight');
export const scrollWidthOf = getter(Element.prototype, 'scrollWidth');
export const scrollHeightOf = getter(Element.prototype, 'scrollHeight');
export const childNodesOf = getter(Node.prototype, 'childNodes');
export const boxOf: (element: Element) => DOMRect = method(Element.prototype.getBoundingClientRect);
export const rootOf: (node: Node) => Node = method(Node.prototype.getRootNode);

const position = method(Node.prototype.compareDocumentPosition);
const fromDocument = method(Document.prototype.elementsFromPoint);
const firstFromDocument = method(Document.prototype.elementFromPoint);
const fromRoot = method(ShadowRoot.prototype.elementsFromPoint);
const inDocument = method(Document.prototype.querySelectorAll);

export const rootElementOf = (): HTMLElement | null => rootElement(document);
export const bodyOf = (): HTMLElement | null => bodyElement(document);
export const fontsOf = (): EventTarget => fonts(document);
export const fullScreenOf = (): Element | null => fullScreen(document);
export const isVisible = (): boolean => visibility(document) === 'visible';
export const createElement = (namespace: string, name: string): Element => create(document, namespace, name);
export const isElement = (node: Node): node is Element => typeOf(node) === Node.ELEMENT_NODE;
export const isText = (node: Node): node is Text => typeOf(node) === Node.TEXT_NODE;
export const isBefore = (one: Node, other: Node): boolean => (position(one, other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
export const allOf = (selector: string): ArrayLike<Element> => inDocument(document, selector);
export const topAt = (x: number, y: number): Element | null => firstFromDocument(document, x, y);

function getter<Owner extends Node, Name extends keyof Owner & string>(prototype: Owner, name: Name): (owner: Node) => Owner[Name] {
  let holder: object | null = prototype;
  while (holder !== null && !Object.hasOwn(holder, name))
    holder = Object.getPrototypeOf(holder) as object | null;
  const get = Object.getOwnPropertyDescriptor(holder ?? prototype, name)!.get!;
  return owner => get.call(owner) as Owner[Name];
}

function method<Given extends unknown[], Answer>(of: (...given: Given) => Answer): (owner: Node, ...given: Given) => Answer {
  return (owner, ...given) => of.apply(owner, given);
}

export function parentOf(element: Element): Element | null {
  const parent = slotOf(element) ?? parentNodeOf(element);
  if (parent === null)
    return null;
  return isElement(parent) ? parent : typeOf(parent) === Node.DOCUMENT_FRAGMENT_NODE && parent !== document ? hostOfRoot(parent) : null;
}

interface Opener { readonly dom?: { openOrClosedShadowRoot(element: Element): ShadowRoot | null } }

/** Elements that can have a shadow root of the page's, beside those with a hyphen. */
const HOSTS: ReadonlySet<string> = new Set(['article', 'aside', 'blockquote', 'body', 'div', 'footer', 'header', 'main', 'nav', 'p', 'section', 'span']);

/** Content scripts may look into closed roots, each browser in its way; our own is none of the page's. */
export function shadowRootOf(element: Element): ShadowRoot | null {
  const name = nameOf(element);
  if (isOurs(element) || (!HOSTS.has(name) && !name.includes('-')))
    return null;
  return openRootOf(element) ?? (element as Element & { openOrClosedShadowRoot?: ShadowRoot | null }).openOrClosedShadowRoot
    ?? (globalThis as { chrome?: Opener }).chrome?.dom?.openOrClosedShadowRoot(element) ?? null;
}

const ours = new WeakSet<Element>();

/** Ours is no part of the page: content scripts can look into closed roots, their own too. */
export function keepOut(host: Element): void {
  ours.add(host);
}

export function isOurs(element: Element | null): boolean {
  return element !== null && ours.has(element);
}

/** What of the page lies at a place of the viewport, the uppermost first, through shadow roots. */
export function stackAt(x: number, y: number): readonly Element[] {
  const stack: Element[] = [];
  const add = (elements: readonly Element[], root: Node) => {
    for (const element of elements) {
      // Roots are answered for with what is around them too.
      if (isOurs(element) || stack.includes(element) || rootOf(element) !== root)
        continue;
      const inner = shadowRootOf(element);
      if (inner !== null)
        add(fromRoot(inner, x, y), inner);
      stack.push(element);
    }
  };
  add(fromDocument(document, x, y), document);
  return stack;
}

/** Whether `outer` is shown around `inner`, or is it. */
export function isAround(outer: Element, inner: Element): boolean {
  for (let element: Element | null = inner; element !== null; element = parentOf(element)) {
    if (element === outer)
      return true;
  }
  return false;
}

/** Styles that were asked for in one turn, and what follows from them. They are live; only asking is dear. */
export class Styles {
  readonly #styles = new Map<Element, CSSStyleDeclaration>();
  readonly #opacities = new Map<Element, number>();

  of(element: Element): CSSStyleDeclaration {
    let style = this.#styles.get(element);
    if (style === undefined)
      this.#styles.set(element, style = getComputedStyle(element));
    return style;
  }

  /** With that of all that is around it. */
  opacityOf(element: Element): number {
    let opacity = this.#opacities.get(element);
    if (opacity === undefined) {
      const outer = parentOf(element);
      opacity = Number(this.of(element).opacity) * (outer === null ? 1 : this.opacityOf(outer));
      this.#opacities.set(element, opacity);
    }
    return opacity;
  }
}
