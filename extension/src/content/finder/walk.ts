import { Pace } from './pace.js';
import { Slices } from './slices.js';
import { elementsIn, isElement } from '../tree.js';

/** Milliseconds that wait what is asked for too often. */
const LATER = 1000;

/** Goes to the elements of the page that are to be looked at, in slices. */
export class Walk {
  readonly #visit: (element: Element) => void;
  readonly #rest: () => void;
  readonly #slices = new Slices((until) => this.#go(until));
  readonly #elements = new Set<Element>();
  readonly #roots = new Set<Node>();
  readonly #pace = new Pace(2);
  readonly #lateElements = new Set<Element>();
  readonly #lateRoots = new Set<Node>();
  #list: ArrayLike<Element> = [];
  #next = 0;
  #timer = 0;

  /** `visit` is called for each element, `rest` behind each slice. */
  constructor(visit: (element: Element) => void, rest: () => void) {
    this.#visit = visit;
    this.#rest = rest;
  }

  /** One element. */
  to(element: Element): void {
    this.#elements.add(element);
    this.#slices.wake();
  }

  /** Everything below a node, and the node; for the same node a few times a second at most. */
  below(root: Node): void {
    if (this.#roots.has(root)) return;
    if (!this.#pace.allows(root)) {
      this.#lateRoots.add(root);
      this.#wait();
      return;
    }
    this.#roots.add(root);
    this.#slices.wake();
  }

  /** One element, a second from now. */
  later(element: Element): void {
    this.#lateElements.add(element);
    this.#wait();
  }

  stop(): void {
    this.#slices.stop();
    clearTimeout(this.#timer);
  }

  #wait(): void {
    if (this.#timer !== 0) return;
    this.#timer = window.setTimeout(() => {
      this.#timer = 0;
      const [elements, roots] = [[...this.#lateElements], [...this.#lateRoots]];
      this.#lateElements.clear();
      this.#lateRoots.clear();
      elements.forEach((element) => this.to(element));
      roots.forEach((root) => this.below(root));
    }, LATER);
  }

  #go(until: number): boolean {
    do {
      const element = this.#take();
      if (!element) break;
      this.#visit(element);
    } while (performance.now() < until);
    this.#rest();
    return this.#elements.size > 0 || this.#roots.size > 0 || this.#next < this.#list.length;
  }

  #take(): Element | undefined {
    for (const element of this.#elements) {
      this.#elements.delete(element);
      return element;
    }
    while (this.#next >= this.#list.length) {
      const [root] = this.#roots;
      if (!root) {
        this.#list = [];
        this.#next = 0;
        return undefined;
      }
      this.#list = this.#listOf(root);
      this.#next = 0;
    }
    return this.#list[this.#next++];
  }

  #listOf(root: Node): ArrayLike<Element> {
    this.#roots.delete(root);
    const below = elementsIn(root);
    // A parser puts in one element after the other: what lies below a root is not walked again for its own sake.
    if (this.#roots.size > 0) {
      for (let i = 0; i < below.length; i++) this.#roots.delete(below[i]!);
    }
    if (isElement(root)) this.#elements.add(root);
    return below;
  }
}
