import { areaOf, meet, viewportOf, visiblePartOf, type Rect } from '../display-box.js';
import { type Styles } from '../display-tree.js';
import { rootElementOf } from '../tree.js';
import type { Host } from './host.js';

/** CSS pixels by which a label stands over the edge of its medium, where a page's picture cannot draw. */
const OVERHANG = 5;

/** A medium of which less is seen has no label. */
const LEAST_EDGE = 16;

/** Where the host's own coordinates begin in the viewport, and how large one of its pixels is there: a root may be zoomed. */
export interface Origin {
  readonly left: number;
  readonly top: number;
  readonly scale: number;
}

export interface Place {
  readonly left: number;
  readonly top: number;
  /** There is no room for words at its left. */
  readonly isLeftmost: boolean;
  /** The medium stays in its place, or sticks to one, while the document scrolls. */
  readonly isPinned: boolean;
}

/** Edge of the host, which has a width for this alone (labels.css). */
const HOST_EDGE = 100;

export function originOf({ element }: Host): Origin {
  const { left, top, width } = element.getBoundingClientRect();
  return { left, top, scale: width > 0 ? width / HOST_EDGE : 1 };
}

/** The part of the medium that is seen, in the viewport's coordinates; null where that is too little for a label. */
export function shownPartOf(element: Element, styles: Styles): { readonly rect: Rect; readonly isPinned: boolean } | null {
  const style = styles.of(element);
  if (style.visibility !== 'visible' || style.display === 'none')
    return null;
  const part = visiblePartOf(element, styles);
  const { left, top, right, bottom } = part.rect;
  return areaOf(part.rect) > 0 && right - left >= LEAST_EDGE && bottom - top >= LEAST_EDGE ? part : null;
}

/** The upper right corner of what is seen of a medium; `before` labels stand there already. */
export function placeOf(part: { readonly rect: Rect; readonly isPinned: boolean }, edge: number, before: number, origin: Origin): Place {
  const size = edge * origin.scale;
  // A label must not make the document wider than it is.
  const most = Math.max(viewportOf().right, Math.min(part.rect.right, (rootElementOf()?.scrollWidth ?? 0) - scrollX));
  const right = Math.min(part.rect.right + OVERHANG, most);
  const left = right - size - before * size;
  const top = Math.max(part.rect.top - OVERHANG, -scrollY);
  return { left: (left - origin.left) / origin.scale, top: (top - origin.top) / origin.scale, isLeftmost: left < 180, isPinned: part.isPinned };
}

/** Beside a label and within the viewport: below its lower edge where there is room, else wherever there is. */
export function panelPlaceOf(label: Rect, width: number, height: number, origin: Origin): { readonly left: number; readonly top: number } {
  const screen = viewportOf();
  const viewport: Rect = { left: 8, top: 8, right: screen.right - 8, bottom: screen.bottom - 8 };
  const seen = meet(label, screen);
  const below = label.bottom + 4;
  const left = Math.min(Math.max(label.right - width, viewport.left), Math.max(viewport.right - width, viewport.left));
  const fits = below + height <= viewport.bottom;
  const top = areaOf(seen) === 0 || fits ? below : Math.max(viewport.top, Math.min(below, viewport.bottom - height));
  return { left: (left - origin.left) / origin.scale, top: (top - origin.top) / origin.scale };
}
