import type { PageNode, PagePicture, PageRow, PageSection } from '@provenance/browser';
import { fromBase64 } from '@provenance/page/bytes.js';
import { pictureType } from '../../pictureType.js';
import { foreign, make, shapeOf, text } from './draw.js';

/** What has room beside a picture; everything else is told by popup and panel. */
const TOPICS: ReadonlySet<string> = new Set(['credential', 'history', 'problems', 'not-checked']);

/** Pictures that are drawn beside a source; those that credentials record are of these types. */
const PICTURES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** Nodes of one section, and how deep they are drawn: a file can tell of thousands. */
const MOST_NODES = 60;
const MOST_DEPTH = 4;
const MOST_ROWS = 40;

/** Bytes and pixels of a recorded picture. */
const MOST_PICTURE = 1 << 20;
const MOST_EDGE = 4096;

export function isTold(section: PageSection): boolean {
  return TOPICS.has(section.topic);
}

export function drawSection(section: PageSection, recorded: string): HTMLElement {
  const room = { nodes: MOST_NODES };
  const { rows, nodes } = section;
  return make('section', 'section', make('h3', '', foreign(section.title)),
    rows.length === 0 ? null : drawRows(rows.slice(0, MOST_ROWS)), drawNodes(nodes, recorded, room, 1));
}

function drawRows(rows: readonly PageRow[]): HTMLElement {
  const list = make('dl', 'rows');
  rows.forEach(({ name, text: content, isCode }, index) => {
    if (rows[index - 1]?.name !== name)
      list.append(make('dt', '', foreign(name)));
    list.append(make('dd', isCode ? 'code' : '', foreign(content)));
  });
  return list;
}

function drawNodes(nodes: readonly PageNode[], recorded: string, room: { nodes: number }, depth: number): HTMLElement | null {
  const drawn: HTMLElement[] = [];
  for (const node of depth > MOST_DEPTH ? [] : nodes) {
    if (room.nodes-- <= 0)
      break;
    drawn.push(make('li', node.label ? 'node headed' : 'node',
      node.label ? shapeOf(node.label) : null,
      node.when === undefined ? null : make('span', 'when', foreign(node.when)),
      make('span', 'what', foreign(node.text)),
      node.note === undefined ? null : make('span', 'note', foreign(node.note)),
      node.picture === undefined ? null : drawPicture(node.picture, recorded),
      drawNodes(node.children ?? [], recorded, room, depth + 1)));
  }
  return drawn.length === 0 ? null : make('ol', 'nodes', ...drawn);
}

/**
 * A picture that somebody recorded. It is decoded to pixels and drawn: no address that the page could read or its policy could refuse,
 * and nothing but the three formats, told by their own first bytes. What cannot be decoded is left out.
 */
function drawPicture(picture: PagePicture, recorded: string): HTMLElement {
  const figure = make('figure', '');
  figure.hidden = true;
  const blob = blobOf(picture);
  if (blob !== null && Math.max(picture.width, picture.height) <= MOST_EDGE)
    void createImageBitmap(blob, { resizeHeight: 288, resizeQuality: 'high' }).then(bitmap => {
      const canvas = make('canvas', '');
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
      bitmap.close();
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', recorded);
      figure.append(canvas, make('figcaption', '', text(recorded)));
      figure.hidden = false;
    }, () => figure.remove());
  return figure;
}

function blobOf({ data }: PagePicture): Blob | null {
  if (data.length > MOST_PICTURE * 4 / 3)
    return null;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = fromBase64(data);
  }
  catch {
    return null;
  }
  const type = pictureType(bytes);
  return type === null || !PICTURES.has(type) ? null : new Blob([bytes], { type });
}
