/**
 * Reads of the page's tree that no element of the page can stand before: in a form or in the document, an element named `localName` or
 * `querySelectorAll` hides the property of that name, for content scripts too (DOM clobbering). Elements that came from another frame keep that
 * frame's classes, so none is asked for with `instanceof`.
 */
export const nameOf = getter(Element.prototype, 'localName');
export const namespaceOf = getter(Element.prototype, 'namespaceURI');
export const parentNodeOf = getter(Node.prototype, 'parentNode');
export const childNodesOf = getter(Node.prototype, 'childNodes');
export const isConnected = getter(Node.prototype, 'isConnected');
export const baseOf = getter(Node.prototype, 'baseURI');
export const openRootOf = getter(Element.prototype, 'shadowRoot');
export const slotOf = getter(Element.prototype, 'assignedSlot');
export const clientLeftOf = getter(Element.prototype, 'clientLeft');
export const clientTopOf = getter(Element.prototype, 'clientTop');
export const clientWidthOf = getter(Element.prototype, 'clientWidth');
export const clientHeightOf = getter(Element.prototype, 'clientHeight');
export const scrollWidthOf = getter(Element.prototype, 'scrollWidth');
export const scrollHeightOf = getter(Element.prototype, 'scrollHeight');
const hostOf = getter(ShadowRoot.prototype, 'host');
const typeOf = getter(Node.prototype, 'nodeType');
const countOf = getter(Element.prototype, 'childElementCount');
const rootElement = getter(Document.prototype, 'documentElement');
const body = getter(Document.prototype, 'body');
const fonts = getter(Document.prototype, 'fonts');
const fullScreen = getter(Document.prototype, 'fullscreenElement');
const readiness = getter(Document.prototype, 'readyState');
const visibility = getter(Document.prototype, 'visibilityState');

export const boxOf = method(Element.prototype.getBoundingClientRect);
export const rootOf: (node: Node) => Node = method(Node.prototype.getRootNode);
export const hasAttribute = method(Element.prototype.hasAttribute);
const getAttribute = method(Element.prototype.getAttribute);
const checkVisibility = method(Element.prototype.checkVisibility);
const position = method(Node.prototype.compareDocumentPosition);
const create = method(Document.prototype.createElementNS as (namespace: string, name: string) => Element);
const inDocument = method(Document.prototype.querySelectorAll);
const inFragment = method(DocumentFragment.prototype.querySelectorAll);
const inElement = method(Element.prototype.querySelectorAll);
const firstFromDocument = method(Document.prototype.elementFromPoint);
const fromDocument = method(Document.prototype.elementsFromPoint);
const fromShadow = method(ShadowRoot.prototype.elementsFromPoint);
const addListener = method(EventTarget.prototype.addEventListener);

export const rootElementOf = (): HTMLElement | null => rootElement(document);
export const bodyOf = (): HTMLElement | null => body(document);
export const fontsOf = (): EventTarget => fonts(document);
export const fullScreenOf = (): Element | null => fullScreen(document);
export const readinessOf = (): DocumentReadyState => readiness(document);
export const isShowing = (): boolean => visibility(document) === 'visible';

export const isElement = (node: Node): node is Element => typeOf(node) === Node.ELEMENT_NODE;
export const isText = (node: Node): node is Text => typeOf(node) === Node.TEXT_NODE;
export const isLeaf = (element: Element) => countOf(element) === 0;
export const isBefore = (one: Node, other: Node): boolean => (position(one, other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
export const attributeOf = (element: Element, name: string) => getAttribute(element, name) ?? '';
export const createElement = (namespace: string, name: string): Element => create(document, namespace, name);

/** The node above, out of a shadow root too. */
export const aboveOf = (node: Node): Node | null => parentNodeOf(node) ?? (node instanceof ShadowRoot ? hostOf(node) : null);

export const allOf = (selector: string): ArrayLike<Element> => inDocument(document, selector);

/** Everything below a node, as it is now. */
export function elementsIn(node: Node): ArrayLike<Element> {
  switch (typeOf(node)) {
    case Node.DOCUMENT_NODE: return inDocument(node, '*');
    case Node.DOCUMENT_FRAGMENT_NODE: return inFragment(node, '*');
    case Node.ELEMENT_NODE: return inElement(node, '*');
    default: return [];
  }
}

export const topAt = (x: number, y: number): Element | null => firstFromDocument(document, x, y);
export const elementsAt = (root: Node, x: number, y: number): readonly Element[] => (typeOf(root) === Node.DOCUMENT_NODE ? fromDocument : fromShadow)(root, x, y);

/** Whether an element has a box at all; `isVisible`: and is not `visibility: hidden`. */
export const isDisplayed = (element: Element, isVisible = false) => checkVisibility(element, { visibilityProperty: isVisible });

/** Listens on the way down: `load` and its like do not bubble. The same listener listens once. */
export const listen = (target: EventTarget, type: string, listener: (event: Event) => void, signal: AbortSignal) => addListener(target, type, listener, { capture: true, passive: true, signal });

function getter<Owner extends Node, Name extends keyof Owner & string>(prototype: Owner, name: Name) {
  let holder: object | null = prototype;
  while (holder !== null && !Object.hasOwn(holder, name))
    holder = Object.getPrototypeOf(holder) as object | null;
  const get = Object.getOwnPropertyDescriptor(holder ?? prototype, name)!.get!;
  return (owner: Node) => get.call(owner) as Owner[Name];
}

function method<Given extends unknown[], Answer>(of: (...given: Given) => Answer) {
  return (owner: EventTarget, ...given: Given) => of.apply(owner, given);
}
