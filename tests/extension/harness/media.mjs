// What stands on the pages: pictures whose answer is known, films and sounds of the corpus.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { samplePath } from '../../browser/files.mjs';
import { png } from '../../browser/png.mjs';
import { shared } from '../../browser/repository.mjs';

const sample = (name) => readFileSync(samplePath(name));

/** The sample pictures, 400 by 260. */
export const pictures = Object.fromEntries(['good', 'changed', 'ai', 'none'].map((name) => [`${name}.jpg`, sample(`${name}.jpg`)]));

/** What the engine says of each. */
export const answers = { 'good.jpg': 'intact-known', 'ai.jpg': 'intact-known', 'changed.jpg': 'broken', 'none.jpg': 'none' };

/** A picture without credentials that looks like none of the samples. */
export const plain = (width = 400, height = 260, [red, green, blue] = [20, 120, 200]) => png(width, height, (x, y) => [red, green, (blue + x + y) & 255, 255]);

/** A film or a sound of the corpus: its bytes, or null where the corpus is not here. */
export function ofCorpus(name) {
  const place = path.join(shared, 'corpus', name);
  return existsSync(place) ? readFileSync(place) : null;
}

/** A JPEG with a comment put behind its start, which changes neither pixels nor, where there is no credential, the answer. */
export function withComment(jpeg, text) {
  const comment = Buffer.from(text);
  const segment = Buffer.concat([Buffer.from([0xff, 0xfe, (comment.length + 2) >> 8, (comment.length + 2) & 255]), comment]);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

/** A room of a site with the samples in it. */
export function furnished(site) {
  const room = site.room();
  for (const [name, bytes] of Object.entries(pictures)) room.put(name, bytes);
  room.put('plain.png', plain());
  return room;
}

export const base64 = (bytes) => Buffer.from(bytes).toString('base64');
