import type { LabelCode } from '@provenance/browser';
import { strokesOf } from '@provenance/page/shapes.js';
import { createElement } from '../tree.js';

const XHTML = 'http://www.w3.org/1999/xhtml';
const SVG = 'http://www.w3.org/2000/svg';

type Child = Node | null;

/** An element of HTML with a class and what is in it. Text comes in as text nodes and is nothing else. */
export function make<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, ...children: readonly Child[]): HTMLElementTagNameMap[Name] {
  const element = createElement(XHTML, name) as HTMLElementTagNameMap[Name];
  if (className !== '')
    element.className = className;
  element.append(...children.filter(child => child !== null));
  return element;
}

export function text(content: string): Text {
  return new Text(content);
}

/** Untrusted text: what it does to the direction of writing ends with it, and it is cut. */
export function foreign(content: string, most = 400): HTMLElement {
  return make('bdi', '', text(content.length > most ? `${content.slice(0, most)}…` : content));
}

/** The shape of a label. The words beside it say the same. */
export function shapeOf(label: LabelCode): SVGElement {
  return drawing(label === 'broken' ? 'shape broken' : 'shape', strokesOf(label).map(({ path, manner }) => ['path', { d: path, class: manner ?? '' }]));
}

/** Something is still to come. No shape of a label, so that nobody takes it for one. */
export function dots(): SVGElement {
  return drawing('dots', ['6', '16', '26'].map(cx => ['circle', { cx, cy: '16', r: '3' }]));
}

export function cross(): SVGElement {
  return drawing('cross', [['path', { d: 'M5 5l22 22M27 5l-22 22' }]]);
}

function drawing(className: string, parts: readonly (readonly [name: string, attributes: Readonly<Record<string, string>>])[]): SVGElement {
  const svg = createElement(SVG, 'svg') as SVGElement;
  for (const [name, value] of [['class', className], ['viewBox', '0 0 32 32'], ['aria-hidden', 'true'], ['focusable', 'false']] as const)
    svg.setAttribute(name, value);
  for (const [name, attributes] of parts) {
    const part = createElement(SVG, name);
    for (const [key, value] of Object.entries(attributes))
      part.setAttribute(key, value);
    svg.append(part);
  }
  return svg;
}
