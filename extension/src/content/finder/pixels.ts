import type { Size } from '../../contract/media.js';
import { attributeOf, baseOf, isElement, nameOf, parentNodeOf } from '../tree.js';

/** Characters of `srcset` that are read; beyond it, nothing is said of the size. */
const LONGEST = 1 << 16;

/**
 * The decoded pixels of a loaded image, or null. `naturalWidth` is divided by the density of what was chosen from `srcset`, and cut to a whole
 * number: the pixels cannot be told from it.
 */
export function pixelsOf(image: HTMLImageElement, address: string): Size | null {
  const sets = setsOf(image);
  if (sets.some((set) => set.length > LONGEST)) return null;
  const isDense = sets.some((set) => candidatesOf(set).some(({ url, density }) => density !== '1x' && resolved(url, image) === address));
  return isDense ? twinSizeOf(image, address) : { width: image.naturalWidth, height: image.naturalHeight };
}

/**
 * The same picture in an image that has no `srcset` and is in no document. The document's list of available images has it (HTML 4.8.4.3.5, step
 * 7), whatever its headers say of caches, so that it is complete at once; where it is not, its address is taken away again before anything is
 * asked of the network, which happens behind this task.
 */
function twinSizeOf({ crossOrigin, referrerPolicy }: HTMLImageElement, address: string): Size | null {
  const twin = Object.assign(new Image(), { crossOrigin, referrerPolicy });
  twin.src = address;
  const { complete, naturalWidth: width, naturalHeight: height } = twin;
  twin.removeAttribute('src');
  return complete && width > 0 ? { width, height } : null;
}

function setsOf(image: HTMLImageElement): readonly string[] {
  const picture = parentNodeOf(image);
  const sources = picture && isElement(picture) && nameOf(picture) === 'picture' ? [...picture.children].filter((child) => nameOf(child) === 'source') : [];
  return [...sources, image].map((element) => attributeOf(element, 'srcset')).filter((set) => set !== '');
}

/** HTML 4.8.4.3.10: addresses end at white space, or with commas; descriptors at a comma that stands in no brackets. */
function candidatesOf(set: string): readonly { readonly url: string; readonly density: string }[] {
  const candidates: { url: string; density: string }[] = [];
  for (let at = 0; ;) {
    at = endOf(set, at, (character) => isSpace(character) || character === ',');
    if (at === set.length) return candidates;
    const end = endOf(set, at, (character) => !isSpace(character));
    let last = end;
    while (set[last - 1] === ',') last--;
    const url = set.slice(at, last);
    let depth = 0;
    at = last < end ? end : endOf(set, end, (character) => {
      depth = character === '(' ? depth + 1 : character === ')' ? depth - 1 : depth;
      return character !== ',' || depth > 0;
    });
    candidates.push({ url, density: set.slice(end, at).trim() || '1x' });
  }
}

const isSpace = (character: string) => ' \t\n\f\r'.includes(character);

function endOf(text: string, from: number, isIn: (character: string) => boolean): number {
  let at = from;
  while (at < text.length && isIn(text[at]!)) at++;
  return at;
}

function resolved(url: string, image: HTMLImageElement): string {
  return URL.canParse(url, baseOf(image)) ? new URL(url, baseOf(image)).href : url;
}
