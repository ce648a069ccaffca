import type { Found } from '../contract/parts.js';
import { areaOf, isWithin, meet, viewportOf, visiblePartOf, type Rect } from './display-box.js';
import type { Ghost, Ghosts } from './display-ghosts.js';
import { isAddedOver, isOver } from './display-order.js';
import type { Paint } from './display-paint.js';
import { boxOf, isAround, stackAt, topAt } from './display-tree.js';

/** Share of what is seen of a medium that may lie under something else. */
export const COVERED = 0.2;

/** Places at which it is looked, along each edge. */
const GRID = 7;

/** Share of a medium that must be in the viewport for an answer; nothing can be asked about what is outside. */
const LEAST_SEEN = 0.1;

/**
 * Whether more than a fifth of a medium lies under what is painted over it; null where too little of it is in the viewport to tell. Links and
 * other boxes that paint nothing cover nothing.
 */
export function isCovered({ element, medium }: Found, paint: Paint, ghosts: Ghosts): boolean | null {
  const part = visiblePartOf(element, paint.styles).rect;
  const seen = meet(part, viewportOf());
  if (areaOf(part) === 0 || areaOf(seen) < LEAST_SEEN * areaOf(part))
    return null;
  const over = ghosts.near(seen, paint).filter(ghost => isGhostOver(ghost, element, medium.kind === 'background', paint));
  const most = Math.floor(COVERED * GRID * GRID);
  let covered = 0, left = GRID * GRID;
  for (const [x, y] of gridOf(seen)) {
    left--;
    if (over.some(({ element: ghost, added }) => added === null ? isWithin(x, y, boxOf(ghost)) && paint.isAt(ghost, x, y) : isWithin(x, y, added.rect)) || isCoveredAt(element, medium.kind === 'background', x, y, paint))
      covered++;
    if (covered > most)
      return true;
    if (covered + left <= most)
      return false;
  }
  return false;
}

function isGhostOver({ element: ghost, added }: Ghost, element: Element, isBackground: boolean, paint: Paint): boolean {
  if (isAround(ghost, element))
    return added !== null && (ghost === element ? isBackground : isAddedOver(ghost, added, element, paint.styles));
  return isAround(element, ghost) ? isBackground : isOver(ghost, element, paint.styles);
}

/** The middles of the grid's fields, in an order that finds a cover of any shape soon. */
function* gridOf({ left, top, right, bottom }: Rect): Generator<readonly [x: number, y: number]> {
  for (let step = 0; step < GRID * GRID; step++) {
    const field = step * STRIDE % (GRID * GRID);
    yield [left + (field % GRID + .5) / GRID * (right - left), top + (Math.floor(field / GRID) + .5) / GRID * (bottom - top)];
  }
}

/** Has no factor in common with the number of fields, so that every one has its turn. */
const STRIDE = 20;

function isCoveredAt(element: Element, isBackground: boolean, x: number, y: number, paint: Paint): boolean {
  // Most places are free, which one element tells.
  if (topAt(x, y) === element && (!isBackground || !paint.isAddedAt(element, x, y)))
    return false;
  const stack = stackAt(x, y);
  const depth = stack.indexOf(element);
  for (const [index, other] of stack.entries()) {
    if (other === element)
      return isBackground && paint.isAddedAt(element, x, y);
    if (isAround(other, element)) {
      // What is around the medium is below it, but not what is added to it; or the medium was put behind it.
      if (depth >= 0 ? index < depth && paint.isBoxAt(other, x, y)
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

