import { nameOf, namespaceOf, openRootOf } from './tree.js';

/** The elements of HTML that may have a shadow root, besides custom ones (DOM 4.9, valid shadow host name). */
const HOSTS: ReadonlySet<string> = new Set(['article', 'aside', 'blockquote', 'body', 'div', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'main', 'nav', 'p', 'section', 'span']);

const ours = new WeakSet<Element>();

/** Ours is no part of the page: content scripts can look into closed roots, their own too. */
export function keepOut(host: Element): void {
  ours.add(host);
}

export function isOurs(element: Element | null): boolean {
  return element !== null && ours.has(element);
}

/** An element's shadow root, closed ones too; browsers have no event for one that is attached. */
export function shadowOf(element: Element): ShadowRoot | null {
  const name = nameOf(element);
  if (namespaceOf(element) !== 'http://www.w3.org/1999/xhtml' || !(HOSTS.has(name) || name.includes('-')) || isOurs(element)) return null;
  return openRootOf(element) ?? closedOf(element as HTMLElement);
}

function closedOf(element: HTMLElement): ShadowRoot | null {
  if (__BROWSER__ === 'firefox') return (element as HTMLElement & { readonly openOrClosedShadowRoot: ShadowRoot | null }).openOrClosedShadowRoot;
  // Away once the extension was reloaded, while this script still runs.
  return globalThis.chrome?.dom?.openOrClosedShadowRoot(element) ?? null;
}
