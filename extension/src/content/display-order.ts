import { containsFixed } from './display-box.js';
import type { Added } from './display-paint.js';
import { isAround, parentOf, type Styles } from './display-tree.js';
import { isBefore, rootOf } from './tree.js';

/** One step on the way from the root to an element in the order of painting: what is painted as one, and at which level. */
interface Step {
  readonly element: Element;
  readonly level: number;
}

/**
 * Whether `one` is painted over `other` (CSS 2.2 appendix E), where hit tests do not tell, for they do not see what lets the pointer
 * through. Within one level the later element counts as the upper one; floats and lines of text are not told apart.
 */
export function isOver(one: Element, other: Element, styles: Styles): boolean {
  const mine = stepsOf(one, styles), its = stepsOf(other, styles);
  for (let index = 0; ; index++) {
    const here = mine[index], there = its[index];
    if (here === undefined || there === undefined)
      return here === there ? isLater(one, other) : here === undefined ? (there as Step).level < 0 : here.level >= 0;
    if (here.element !== there.element)
      return here.level === there.level ? isLater(here.element, there.element) : here.level > there.level;
  }
}

/** Whether what CSS adds to `outer` is painted over `inner`, which is within it. */
export function isAddedOver(outer: Element, { style, isAfter }: Added, inner: Element, styles: Styles): boolean {
  const level = Number.parseInt(style.zIndex, 10) || 0;
  const step = stepsOf(inner, styles).find(({ element }) => element !== outer && !isAround(element, outer));
  if (style.position === 'static' && level === 0)
    return step === undefined ? isAfter : step.level < 0;
  return level >= 0 && (step === undefined || level > step.level || level === step.level && isAfter);
}

/** From the root to the element. */
function stepsOf(element: Element, styles: Styles): readonly Step[] {
  const steps: Step[] = [];
  // What is positioned takes part in the next stacking context around it, whatever lies between.
  let isSought = false;
  for (let inner: Element | null = element; inner !== null; inner = parentOf(inner)) {
    const style = styles.of(inner);
    if (isOnTop(inner)) {
      steps.push({ element: inner, level: Number.MAX_SAFE_INTEGER });
      break;
    }
    const isContext = isStackingContext(inner, style, styles);
    if (isContext || !isSought && style.position !== 'static') {
      steps.push({ element: inner, level: Number.parseInt(style.zIndex, 10) || 0 });
      isSought = true;
    }
  }
  return steps.reverse();
}

function isOnTop(element: Element): boolean {
  return element.matches(':modal, :popover-open, :fullscreen');
}

function isStackingContext(element: Element, style: CSSStyleDeclaration, styles: Styles): boolean {
  if (style.position === 'fixed' || style.position === 'sticky' || style.opacity !== '1' || style.mixBlendMode !== 'normal' || style.isolation === 'isolate'
    || style.clipPath !== 'none' || (style.maskImage ?? 'none') !== 'none' || /opacity|z-index/.test(style.willChange) || containsFixed(style))
    return true;
  if (style.zIndex === 'auto')
    return false;
  const outer = parentOf(element);
  return style.position !== 'static' || outer !== null && /flex|grid/.test(styles.of(outer).display);
}

/** In the order of the tree that is shown. */
function isLater(one: Element, other: Element): boolean {
  if (rootOf(one) === rootOf(other))
    return isBefore(other, one);
  const mine = pathOf(one), its = pathOf(other);
  for (let index = 0; ; index++) {
    const here = mine[index], there = its[index];
    if (here === undefined || there === undefined)
      return there === undefined;
    if (here !== there)
      return rootOf(here) === rootOf(there) ? isBefore(there, here) : true;
  }
}

function pathOf(element: Element): readonly Element[] {
  const path: Element[] = [];
  for (let outer: Element | null = element; outer !== null; outer = parentOf(outer))
    path.push(outer);
  return path.reverse();
}
