import type { Found } from '../contract/parts.js';
import { areaOf, isWithin, meet, viewportOf, visiblePartOf, type Rect } from './display-box.js';
import type { Ghost } from './display-ghosts.js';
import { isAddedOver, isOver } from './display-order.js';
import type { Paint } from './display-paint.js';
import { isAround, stackAt } from './display-tree.js';
import { topAt } from './tree.js';

/** Share of what is seen of a medium that may lie under something else. */
export const COVERED = 0.2;

/** Places at which it is looked, along each edge. */
const GRID = 7;

/** Share of a medium that must be in the viewport for an answer; nothing can be asked about what is outside. */
const LEAST_SEEN = 0.1;

/** Places at which it is looked first. Every rectangle of more than 15 % of the whole holds one of them (a lattice of Fibonacci's numbers). */
const FIRST = 13;
const FIRST_STEP = 5;

/**
 * Whether more than a fifth of a medium lies under what is painted over it; null where that cannot be told: too little of it is in the
 * viewport, or it would take hit tests, which cost as much as a page has layers. `ghosts` are known without them. Links and other boxes that
 * paint nothing cover nothing.
 */
export function isCovered({ element, medium }: Found, paint: Paint, ghosts: (seen: Rect) => readonly Ghost[], mayHit: boolean): boolean | null {
  const part = visiblePartOf(element, paint.styles).rect;
  const seen = meet(part, viewportOf());
  if (areaOf(part) === 0 || areaOf(seen) < LEAST_SEEN * areaOf(part))
    return null;
  const isBackground = medium.kind === 'background';
  const over = ghosts(seen).filter(ghost => isGhostOver(ghost, element, isBackground, paint));
  const grid = gridOf(seen);
  const left = over.length === 0 ? grid : grid.filter(([x, y]) => !over.some(({ element: ghost, added, box }) => isWithin(x, y, box) && (added !== null || paint.isAt(ghost, x, y))));
  let covered = grid.length - left.length;
  if (covered > MOST)
    return true;
  if (!mayHit)
    return null;
  const isHit = ([x, y]: Point) => isCoveredAt(element, isBackground, x, y, paint);
  if (covered === 0 && !firstOf(seen).some(isHit))
    return false;
  for (const [index, point] of left.entries()) {
    if (isHit(point))
      covered++;
    if (covered > MOST || covered + left.length - index - 1 <= MOST)
      break;
  }
  return covered > MOST;
}

type Point = readonly [x: number, y: number];

const MOST = Math.floor(COVERED * GRID * GRID);

/** The middles of the grid's fields, in an order that finds a cover of any shape soon. */
function gridOf(rect: Rect): readonly Point[] {
  return Array.from({ length: GRID * GRID }, (_, step) => {
    const field = step * STRIDE % (GRID * GRID);
    return pointOf(rect, (field % GRID + .5) / GRID, (Math.floor(field / GRID) + .5) / GRID);
  });
}

function firstOf(rect: Rect): readonly Point[] {
  return Array.from({ length: FIRST }, (_, step) => pointOf(rect, (step + .5) / FIRST, (step * FIRST_STEP % FIRST + .5) / FIRST));
}

function pointOf({ left, top, right, bottom }: Rect, x: number, y: number): Point {
  return [left + x * (right - left), top + y * (bottom - top)];
}

/** Has no factor in common with the number of fields, so that every one has its turn. */
const STRIDE = 20;

function isGhostOver({ element: ghost, added }: Ghost, element: Element, isBackground: boolean, paint: Paint): boolean {
  if (isAround(ghost, element))
    return added !== null && (ghost === element ? isBackground : isAddedOver(ghost, added, element, paint.styles));
  return isAround(element, ghost) ? isBackground : isOver(ghost, element, paint.styles);
}

function isCoveredAt(element: Element, isBackground: boolean, x: number, y: number, paint: Paint): boolean {
  // Most places are free, which one element tells.
  if (paint.isSpilledAt(element, x, y))
    return true;
  if (topAt(x, y) === element && (!isBackground || !paint.isAddedAt(element, x, y)))
    return false;
  const stack = stackAt(x, y);
  const depth = stack.indexOf(element);
  for (const [index, other] of stack.entries()) {
    if (other === element)
      return isBackground && paint.isAddedAt(element, x, y);
    if (isAround(other, element)) {
      // What is around the medium is below it, but not what is added to it; or the medium was put behind it.
      if (depth >= 0 ? index < depth && (paint.isBoxAt(other, x, y) || paint.isAddedSomewhere(other))
        : paint.addedOf(other).some(added => isWithin(x, y, added.rect) && isAddedOver(other, added, element, paint.styles)))
        return true;
    }
    else if (isAround(element, other)) {
      // Text upon a background is what backgrounds are for.
      if (isBackground && paint.isBoxAt(other, x, y))
        return true;
    }
    else if (paint.isAt(other, x, y) && (depth >= 0 || isOver(other, element, paint.styles)))
      return true;
  }
  return false;
}

