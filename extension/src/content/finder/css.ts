/** Pictures of one property of one element that are media of their own. */
const MOST_LAYERS = 4;

/** What `type()` in an image set may say for it to be chosen. */
const DECODED = /^(image\/(avif|webp|png|apng|jpeg|gif|svg\+xml|bmp|x-icon)|)$/i;

/**
 * The addresses of a computed `background-image` or `content`: of each layer that is a picture, or the one of an `image-set()` that is for
 * this density. Gradients are no pictures, and what `cross-fade()` mixes is none of them.
 */
export function addressesOf(value: string, density: number): readonly string[] {
  if (!value.includes('url(')) return [];
  return partsOf(value).map((layer) => addressOf(layer, density)).filter((address) => address !== null).slice(0, MOST_LAYERS);
}

function addressOf(layer: string, density: number): string | null {
  const set = /^(?:-webkit-)?image-set\((.*)\)$/s.exec(layer);
  return set ? chosenOf(partsOf(set[1]!), density) : urlOf(layer);
}

/** The option of the lowest density that is enough, else of the highest. */
function chosenOf(options: readonly string[], density: number): string | null {
  const pictures = options.flatMap((option) => {
    const url = urlOf(option);
    if (url === null) return [];
    const rest = option.slice(endOf(option, 0) + 1);
    const type = /type\("?([^")]*)"?\)/.exec(rest)?.[1] ?? '';
    const factor = /(?:^|\s)([\d.]+)(x|dppx|dpi|dpcm)(?:\s|$)/.exec(rest);
    return DECODED.test(type) ? [{ url, density: factor ? Number(factor[1]) * UNITS[factor[2]!]! : 1 }] : [];
  });
  pictures.sort((a, b) => a.density - b.density);
  return (pictures.find((picture) => picture.density >= density) ?? pictures.at(-1))?.url ?? null;
}

const UNITS: Readonly<Record<string, number>> = { x: 1, dppx: 1, dpi: 1 / 96, dpcm: 2.54 / 96 };

/** What stands in `url("…")` at the beginning of a text; browsers write it with quotes and escape within them. */
function urlOf(text: string): string | null {
  if (!text.startsWith('url(')) return null;
  const inner = text.slice(4, endOf(text, 3)).trim();
  const quoted = /^(["'])(.*)\1$/s.exec(inner);
  return (quoted ? quoted[2]! : inner).replaceAll(/\\(?:([0-9a-f]{1,6})\s?|(.))/gis, (_, code: string | undefined, character: string) => (code ? String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff)) : character));
}

/** Parts between commas that stand in no brackets and no quotes. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const character = text[i];
    if (character === ',' || i === text.length) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    } else if (character === '(' || character === '"' || character === "'") {
      i = endOf(text, i);
    }
  }
  return parts;
}

/** Where the bracket or quote that stands at, or first after, a place is closed; the text's end if it is not. */
function endOf(text: string, from: number): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const character = text[i];
    if (character === '"' || character === "'") {
      // A picture in a data: address may be megabytes long: from quote to quote.
      do i = text.indexOf(character, i + 1);
      while (i > 0 && isEscaped(text, i));
      if (i < 0) return text.length;
    } else if (character === '(') {
      depth++;
    } else if (character === ')') {
      depth--;
    }
    if (depth <= 0) return i;
  }
  return text.length;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}
