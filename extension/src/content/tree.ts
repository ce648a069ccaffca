/**
 * Reads of the page's tree that no element of the page can stand before: in a form or in the document, an element named `localName` or
 * `querySelectorAll` hides the property of that name, for content scripts too (DOM clobbering). Elements that came from another frame keep that
 * frame's classes, so none is asked for with `instanceof`.
 */
export const nameOf = getter(Element.prototype, 'localName');
export const namespaceOf = getter(Element.prototype, 'namespaceURI');
export const parentOf = getter(Node.prototype, 'parentNode');
export const isConnected = getter(Node.prototype, 'isConnected');
export const baseOf = getter(Node.prototype, 'baseURI');
export const openRootOf = getter(Element.prototype, 'shadowRoot');
export const rootElementOf = getter(Document.prototype, 'documentElement');
export const readinessOf = getter(Document.prototype, 'readyState');
const hostOf = getter(ShadowRoot.prototype, 'host');
const typeOf = getter(Node.prototype, 'nodeType');
const countOf = getter(Element.prototype, 'childElementCount');

export const boxOf = method(Element.prototype.getBoundingClientRect);
export const rootOf = method(Node.prototype.getRootNode);
export const hasAttribute = method(Element.prototype.hasAttribute);
const getAttribute = method(Element.prototype.getAttribute);
const checkVisibility = method(Element.prototype.checkVisibility);
const inDocument = method(Document.prototype.querySelectorAll);
const inFragment = method(DocumentFragment.prototype.querySelectorAll);
const inElement = method(Element.prototype.querySelectorAll);
const fromDocument = method(Document.prototype.elementsFromPoint);
const fromShadow = method(ShadowRoot.prototype.elementsFromPoint);
const addListener = method(EventTarget.prototype.addEventListener);

export const isElement = (node: Node): node is Element => typeOf(node) === Node.ELEMENT_NODE;
export const isLeaf = (element: Element) => countOf(element) === 0;
export const attributeOf = (element: Element, name: string) => getAttribute(element, name) ?? '';

/** The node above, out of a shadow root too. */
export const aboveOf = (node: Node): Node | null => parentOf(node) ?? (node instanceof ShadowRoot ? hostOf(node) : null);

/** Everything below a node, as it is now. */
export function elementsIn(node: Node): ArrayLike<Element> {
  switch (typeOf(node)) {
    case Node.DOCUMENT_NODE: return inDocument(node, '*');
    case Node.DOCUMENT_FRAGMENT_NODE: return inFragment(node, '*');
    case Node.ELEMENT_NODE: return inElement(node, '*');
    default: return [];
  }
}

export const elementsAt = (root: Document | ShadowRoot, x: number, y: number): readonly Element[] => (typeOf(root) === Node.DOCUMENT_NODE ? fromDocument : fromShadow)(root, x, y);

/** Whether an element has a box at all; `isVisible`: and is not `visibility: hidden`. */
export const isDisplayed = (element: Element, isVisible = false) => checkVisibility(element, { visibilityProperty: isVisible });

/** Listens on the way down: `load` and its like do not bubble. The same listener listens once. */
export const listen = (target: EventTarget, type: string, listener: (event: Event) => void, signal: AbortSignal) => addListener(target, type, listener, { capture: true, passive: true, signal });

function getter<Owner, Name extends keyof Owner & string>(prototype: Owner, name: Name) {
  const get = Object.getOwnPropertyDescriptor(prototype, name)!.get!;
  return (owner: Node) => get.call(owner) as Owner[Name];
}

function method<Given extends unknown[], Answer>(of: (...given: Given) => Answer) {
  return (owner: EventTarget, ...given: Given) => of.apply(owner, given);
}
