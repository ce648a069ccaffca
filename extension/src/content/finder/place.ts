import type { Found } from '../../contract/parts.js';
import { boxOf, elementsAt, rootElementOf, rootOf } from '../tree.js';

/** CSS pixels from a medium's box within which a place is still meant for it. */
const NEAREST = 48;

/** Pixels either way below which a picture is a spacer that a page laid over another one. */
const SPACER = 8;

/** What the finder knows of the page's tree. */
interface Known {
  mediaOf(element: Element): readonly Found[];
  shadowOf(element: Element): ShadowRoot | undefined;
}

/** The medium that a reader means who points at a place of the viewport: the uppermost one there; else the smallest box around it; else the nearest. */
export function mediumAt(x: number, y: number, media: Iterable<Found>, known: Known): Found | null {
  const html = rootElementOf();
  let behind: Found | null = null;
  for (const element of under(x, y, known)) {
    const [found] = known.mediaOf(element);
    if (!found) continue;
    // Behind everything lies the page's own picture, and over a picture may lie a spacer.
    if (element !== html && element !== document.body && !isSpacer(found)) return found;
    behind ??= found;
  }
  return nearest(x, y, media) ?? behind;
}

/** The elements under a place from above, each shadow root's before its host. */
function under(x: number, y: number, known: Known): readonly Element[] {
  const elements = [...elementsAt(document, x, y)];
  const opened = new Set<Element>();
  for (let i = 0; i < elements.length;) {
    const element = elements[i]!;
    const shadow = known.shadowOf(element);
    if (!shadow || opened.has(element)) {
      i++;
      continue;
    }
    opened.add(element);
    elements.splice(i, 0, ...elementsAt(shadow, x, y).filter((inner) => rootOf(inner) === shadow));
  }
  return elements;
}

function nearest(x: number, y: number, media: Iterable<Found>): Found | null {
  let best: { readonly found: Found; readonly distance: number; readonly area: number } | null = null;
  for (const found of media) {
    const { left, top, right, bottom, width, height } = boxOf(found.element);
    if (width === 0 || height === 0 || isSpacer(found) || found.element === document.body) continue;
    const distance = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
    const area = width * height;
    if (distance <= NEAREST && (!best || distance < best.distance || (distance === best.distance && area < best.area))) best = { found, distance, area };
  }
  return best?.found ?? null;
}

function isSpacer({ medium: { natural } }: Found): boolean {
  return natural !== null && natural.width < SPACER && natural.height < SPACER;
}
