import { isOurs, shadowOf } from './roots.js';
import { aboveOf, elementsAt, isElement, parentNodeOf, rootOf, slotOf } from './tree.js';

// The tree as it is shown: through shadow roots and slots.

/** The element in which one is shown. */
export function parentOf(element: Element): Element | null {
  const parent = slotOf(element) ?? parentNodeOf(element);
  if (parent === null)
    return null;
  const outer = isElement(parent) ? parent : aboveOf(parent);
  return outer !== null && isElement(outer) ? outer : null;
}

/** What of the page lies at a place of the viewport, the uppermost first, through shadow roots. */
export function stackAt(x: number, y: number): readonly Element[] {
  const stack: Element[] = [];
  const add = (elements: readonly Element[], root: Node) => {
    for (const element of elements) {
      // Roots are answered for with what is around them too.
      if (isOurs(element) || stack.includes(element) || rootOf(element) !== root)
        continue;
      const inner = shadowOf(element);
      if (inner !== null)
        add(elementsAt(inner, x, y), inner);
      stack.push(element);
    }
  };
  add(elementsAt(document, x, y), document);
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
