// A page of 500 pictures, of which 60 have credentials, 5 of these broken.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { linesOf } from '../../browser/command-line.mjs';
import { inRepository, shared, sharedIsAbsent } from '../../browser/repository.mjs';
import { pictures, withComment } from './media.mjs';

export const COUNT = 500, SIGNED = 60, BROKEN = 5;

/** Pictures of the test kit, each signed in another way: a folder of them, with the anchors. */
export async function matrix() {
  const program = ['Release', 'Debug'].map((name) => inRepository(`tests/Provenance.Samples/bin/${name}/net10.0/Provenance.Samples.dll`)).find(existsSync);
  if (!program) throw new Error('the samples are not built: dotnet build -c Release tests/Provenance.Samples');
  const folder = await mkdtemp(path.join(tmpdir(), 'provenance-matrix-'));
  const [status] = await once(spawn('dotnet', [program, '--matrix', folder], { stdio: ['ignore', 'ignore', 'inherit'] }), 'exit');
  if (status !== 0) throw new Error(`Provenance.Samples ended with ${status}`);
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** Pictures that browsers show, with what the command line says of each: `{ file, label }`. */
async function answered(files, anchors) {
  const lines = await linesOf(files, ['--no-metadata', '--trust-anchors', anchors]);
  return files.map((file, i) => ({ file, label: JSON.parse(lines[i]).label }));
}

/** Chooses `SIGNED` pictures of the corpus, or of the test kit where it is not here, and the anchors to judge them with. */
export async function signedPictures(folder, { fromCorpus = !sharedIsAbsent } = {}) {
  const anchors = path.join(folder, 'anchors.pem');
  const isPicture = (name) => /\.(jpe?g|png|webp)$/.test(name);
  const candidates = fromCorpus
    ? (await Promise.all(['c2pa-rs', 'c2pa-rs-bench', 'public-testfiles', 'real-world', 'made-signed', 'c2pa-js-legacy'].map((part) => filesIn(path.join(shared, 'corpus', part))))).flat()
    : (await readdir(folder)).filter((name) => /^(sound|broken)-/.test(name) && !name.includes('-big')).map((name) => path.join(folder, name));
  const all = await answered(candidates.filter(isPicture).sort(), anchors);
  const sizes = new Map(await Promise.all(all.map(async ({ file }) => [file, (await readFile(file)).length])));
  const usable = all.filter(({ file }) => sizes.get(file) < 2 << 20);
  const evenly = (list, count) => Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)]);
  const broken = evenly(usable.filter(({ label }) => label === 'broken'), BROKEN);
  const others = usable.filter(({ label }) => label.startsWith('intact') || label === 'revoked');
  return { anchors, pictures: [...evenly(others, SIGNED - BROKEN), ...broken] };
}

async function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => path.join(folder, entry.name));
}

/**
 * Puts the pictures into a room, those with credentials evenly among the others.
 * @returns {Promise<{ url: string, expected: Map<string, string> }>} The page, and the label of each picture by its name.
 */
export async function manyPage(room, signed, { style, script = '', width, height }) {
  const expected = new Map(), names = [];
  const every = Math.floor(COUNT / SIGNED);
  for (let i = 0; i < COUNT; i++) {
    const picture = i % every === 3 && signed[Math.floor(i / every)];
    const name = picture ? `${i}-signed${path.extname(picture.file)}` : `${i}-none.jpg`;
    room.put(name, picture ? await readFile(picture.file) : withComment(pictures['none.jpg'], `picture ${i}`));
    expected.set(name, picture ? picture.label : 'none');
    names.push(name);
  }
  const body = names.map((name) => `<img src="${name}" width="${width}" height="${height}" alt="">`).join('');
  const url = room.page('many.html', body + script, { head: `<style>body { margin: 0 } ${style}</style>` });
  return { url, expected };
}

/** 500 pictures in sight at once, which need a large window. */
export const WALL = { width: 96, height: 64, style: 'img { display: inline-block; margin: 0; object-fit: fill; vertical-align: top }', viewport: { width: 2400, height: 1300 } };

/** 500 pictures below one another, two in a row. */
export const FEED = { width: 400, height: 260, style: 'img { display: inline-block; margin: 10px; vertical-align: top }', viewport: { width: 1000, height: 800 } };
