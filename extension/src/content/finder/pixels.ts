import type { Size } from '../../contract/media.js';
import { attributeOf, baseOf, isElement, nameOf, parentOf } from '../tree.js';

/** Characters of `srcset` that are read; beyond it, nothing is said of the size. */
const LONGEST = 1 << 16;

/**
 * The decoded pixels of a loaded image, or null. `naturalWidth` is divided by the density of what was chosen from `srcset`, and rounded: from
 * it the pixels cannot be told, and no other property tells them. `createImageBitmap` does, without a request (`decodedSizeOf`), but
 * decodes the picture: not for each one of a page.
 */
export function pixelsOf(image: HTMLImageElement, address: string): Size | null {
  const sets = setsOf(image);
  if (sets.some((set) => set.length > LONGEST)) return null;
  const isDense = sets.some((set) => candidatesOf(set).some(({ url, density }) => density !== '1x' && resolved(url, image) === address));
  return isDense ? null : { width: image.naturalWidth, height: image.naturalHeight };
}

/** The decoded pixels of a loaded image, of another origin too; null where it has none. */
export async function decodedSizeOf(image: HTMLImageElement): Promise<Size | null> {
  try {
    const bitmap = await createImageBitmap(image);
    const { width, height } = bitmap;
    bitmap.close();
    return { width, height };
  } catch (error) {
    // Broken in the meantime, or without a size of its own (SVG).
    if (error instanceof DOMException) return null;
    throw error;
  }
}

function setsOf(image: HTMLImageElement): readonly string[] {
  const picture = parentOf(image);
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
