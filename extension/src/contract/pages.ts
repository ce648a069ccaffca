/** Where our pages are, and what their addresses say: numbers only, so that what was looked at stands in no history. */

/** A medium, as the engine numbers it. */
export interface Place {
  readonly tab: number;
  readonly frame: number;
  readonly id: number;
}

/** The whole answer about a medium, compared with another one if there are two. */
export function filePage(medium: Place, other: Place | null = null): string {
  return `file.html?medium=${write(medium)}${other === null ? '' : `&with=${write(other)}`}`;
}

/** A file that a link leads to, fetched when the reader says so on that page: its address stands in `storage.session` under `link.KEY`. */
export function linkPage(key: string): string {
  return `file.html?link=${key}`;
}

/** Under which `storage.session` holds the address for `linkPage`. */
export function linkKey(key: string): string {
  return `link.${key}`;
}

export interface FilePage {
  readonly medium: Place | null;
  readonly other: Place | null;
  readonly link: string | null;
}

export function readFilePage(search: string): FilePage {
  const given = new URLSearchParams(search);
  const link = given.get('link');
  return { medium: read(given.get('medium')), other: read(given.get('with')), link: link !== null && /^[0-9a-f-]{36}$/.test(link) ? link : null };
}

/** The page of the extension's words: `states`, `limits`, `imitation`, `harm` or `privacy`. */
export function helpPage(part = ''): string {
  return part === '' ? 'help.html' : `help.html#${part}`;
}

function write({ tab, frame, id }: Place): string {
  return `${tab}.${frame}.${id}`;
}

function read(text: string | null): Place | null {
  const [, tab, frame, id] = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/.exec(text ?? '') ?? [];
  return tab === undefined ? null : { tab: Number(tab), frame: Number(frame), id: Number(id) };
}
