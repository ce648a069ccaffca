import { attributeOf, nameOf } from '../tree.js';

/**
 * Every attribute that may make a medium another one, or change how style sheets apply. A list holds none that has a namespace (`xlink:href`):
 * SVG images are watched one by one.
 */
export const ATTRIBUTES = ['src', 'srcset', 'sizes', 'media', 'type', 'poster', 'crossorigin', 'referrerpolicy', 'href', 'disabled', 'rel', 'class', 'style'];

const OF_PICTURE = new Set(['src', 'srcset', 'sizes', 'crossorigin', 'referrerpolicy']);
const OF_SOURCE = new Set(['src', 'srcset', 'sizes', 'media', 'type']);
const OF_SHEET = new Set(['href', 'media', 'type', 'disabled', 'rel']);

/** What a changed attribute makes of an element. */
export type Change =
  /** Its medium of this place is another one, whatever comes of it. */
  | { readonly kind: 'place'; readonly place: 'own' | 'poster' }
  /** So is the medium of the element around it. */
  | { readonly kind: 'source' }
  /** Style sheets may draw something else: in everything, in it and below, or in it alone. */
  | { readonly kind: 'sheet' } | { readonly kind: 'style'; readonly isDeep: boolean };

export function changeOf(element: Element, attribute: string, before: string | null): Change | null {
  if (attribute === 'class') return { kind: 'style', isDeep: true };
  if (attribute === 'style') return restyled(`${before ?? ''};${attributeOf(element, 'style')}`);
  switch (nameOf(element)) {
    case 'img': return OF_PICTURE.has(attribute) ? { kind: 'place', place: 'own' } : null;
    case 'video': case 'audio':
      if (attribute === 'poster') return { kind: 'place', place: 'poster' };
      return attribute === 'src' || attribute === 'crossorigin' ? { kind: 'place', place: 'own' } : null;
    case 'input': return attribute === 'src' || attribute === 'type' ? { kind: 'place', place: 'own' } : null;
    case 'image': return attribute === 'href' || attribute === 'crossorigin' ? { kind: 'place', place: 'own' } : null;
    case 'source': return OF_SOURCE.has(attribute) ? { kind: 'source' } : null;
    case 'link': case 'style': return OF_SHEET.has(attribute) ? { kind: 'sheet' } : null;
    default: return null;
  }
}

/** Pages move things about by `style` with every frame; few of its properties draw another picture. */
function restyled(styles: string): Change | null {
  if (/--|display|visibility|\ball\b/.test(styles)) return { kind: 'style', isDeep: true };
  return /background|content|url\(|image-set\(/.test(styles) ? { kind: 'style', isDeep: false } : null;
}

export const isSheet = (element: Element) => nameOf(element) === 'style' || nameOf(element) === 'link';
