// The files that both are asked about.
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inRepository, shared } from './repository.mjs';

async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)).sort();
}

/** Every file of the corpus, credentials or not, and of the repository's own folders. */
export async function wholeCorpus() {
  return (await Promise.all([path.join(shared, 'corpus'), inRepository('tests/corpus'), inRepository('tests/samples')].map(filesIn))).flat();
}

/** Some of them, evenly. */
export function someOf(files, count) {
  return Array.from({ length: count }, (_, i) => files[Math.floor((i * files.length) / count)]);
}

/** Files with one byte changed each: the same ones in every run of the same seed. */
export async function damagedCopies(files, copiesOfEach, folder, seed = 1) {
  const copies = [];
  let state = seed;
  const random = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (const [i, file] of files.entries()) {
    const bytes = await readFile(file);
    for (let copy = 0; copy < copiesOfEach && bytes.length > 0; copy++) {
      const at = random(bytes.length), flip = 1 + random(255);
      const beside = path.join(folder, `damaged/${i}-${copy}`);
      await mkdir(beside, { recursive: true });
      bytes[at] ^= flip;
      await writeFile(path.join(beside, path.basename(file)), bytes);
      bytes[at] ^= flip;
      copies.push(path.join(beside, path.basename(file)));
    }
  }
  return copies;
}
