// Our engine beside c2pa-web in one headless Chromium: called by tests/benchmarks/browser, which makes the files.
//   node speed.mjs --media FOLDER [--rounds N] [--repeats N] [--only ready,cold,warm] [--many FILE] [--write]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { browserTable, median, page as pageWith } from '../benchmarks/tables.mjs';
import { serve } from './speed-server.mjs';

const { values: options } = parseArgs({
  options: {
    media: { type: 'string' }, rounds: { type: 'string', default: '20' }, repeats: { type: 'string', default: '9' },
    many: { type: 'string' }, only: { type: 'string', default: 'ready,cold,warm' }, write: { type: 'boolean' },
  },
});
const rounds = count('rounds'), repeats = count('repeats');
const repository = fileURLToPath(new URL('../../', import.meta.url));
const peers = process.env.PEERS_DIR || path.join(os.tmpdir(), 'peers');
const hasPeer = fs.existsSync(path.join(peers, 'node_modules/@contentauth/c2pa-web/dist/index.js'));

/** Which engines are measured; each is timed in the page by the same lines (speed-page.mjs). */
const engines = hasPeer ? ['ours', 'c2pa-web'] : ['ours'];

/** The files, and the most that our time may be of the other's. */
const files = [
  ...['small.jpg', 'stamped.jpg', 'deep.jpg'].map((name) => ({ file: path.join(options.media, name), target: 0.8 })),
  { file: path.join(options.media, 'many.jpg'), target: 0.5 },
  ...['large.jpg', 'picture.png', 'film.mp4', 'sound.wav', 'scan.tif', 'photo.heic', 'photo.avif', 'paper.pdf'].map((name) => ({ file: path.join(options.media, name), target: 0.8 })),
  ...manyManifests().map((file) => ({ file, target: 0.5 })),
];

const say = (text) => process.stderr.write(`${text}\n`);

function count(name) {
  const value = Number(options[name]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} is a number from 1, not '${options[name]}'`);
  return value;
}

/** The picture with the longest history of the public test files, named or where it is here. */
function manyManifests() {
  if (options.many) return [options.many];
  const folder = path.join(repository, '../shared/corpus/public-testfiles');
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).filter((name) => name.endsWith('CAIAIIICAICIICAIICICA.jpg')).map((name) => path.join(folder, name));
}

const launchArguments = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Chromium with a profile on the disk, as people have one: what was fetched and compiled is kept there between pages. */
async function withProfile(work) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'provenance-speed-'));
  const context = await chromium.launchPersistentContext(profile, { executablePath: '/usr/bin/chromium', headless: true, args: launchArguments });
  try {
    return await work(context);
  } finally {
    await context.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
}

/** Opens a page that has these engines, and hands on what it logs if it fails. */
async function open(context, origin, query) {
  const page = await context.newPage();
  page.on('pageerror', (fault) => say(`page: ${fault.message}`));
  await page.goto(`${origin}/?${query}`);
  const done = await page.waitForFunction('window.done');
  const result = await done.jsonValue();
  if (result.fault) throw new Error(`${query}: ${result.fault}`);
  return { page, result };
}

/** Time from the page's start until an engine is ready: fresh pages in turn, by a browser that has seen them before. */
async function measureReady(origin) {
  const times = Object.fromEntries(engines.map((engine) => [engine, []]));
  await withProfile(async (context) => {
    for (let round = -3; round < repeats; round++) {
      for (const engine of round % 2 ? engines : engines.toReversed()) {
        const { page, result } = await open(context, origin, `engines=${engine}`);
        if (round >= 0) times[engine].push(result.ready[engine]);
        await page.close();
      }
    }
  });
  return times;
}

/** Time from the page's start until the first verdict, in a browser that has seen nothing. */
async function measureCold(origin, name) {
  const times = Object.fromEntries(engines.map((engine) => [engine, []]));
  for (let round = -1; round < repeats; round++) {
    for (const engine of round % 2 ? engines : engines.toReversed()) {
      await withProfile(async (context) => {
        const { result } = await open(context, origin, `engines=${engine}&verify=${name}`);
        if (round >= 0) times[engine].push(result.verdict);
      });
    }
  }
  return times;
}

/** Medians of verdicts in one page, file by file and engine by engine in turn. */
async function measureWarm(origin) {
  return withProfile(async (context) => {
    const { page } = await open(context, origin, `engines=${engines.join(',')}`);
    const found = [];
    for (const { file, target } of files) {
      say(`warm, ${path.basename(file)}`);
      const measured = await page.evaluate(([name, times]) => window.measure(name, times), [path.basename(file), rounds]);
      found.push({ file, target, ...measured });
    }
    return found;
  });
}

const row = (what, ours, other, target, remark = '') => ({ what, ours, other, target, remark });
const rows = [];
const server = await serve({ repository, peers, files: files.map(({ file }) => file), anchors: path.join(options.media, 'anchors.pem') });
const parts = options.only.split(',');
try {
  if (parts.includes('ready')) {
    say('ready');
    const times = await measureReady(server.origin);
    rows.push(row('ready, from the start of a page', median(times.ours), hasPeer ? median(times['c2pa-web']) : null, 0.9));
  }
  if (parts.includes('cold')) {
    for (const name of ['small.jpg', 'stamped.jpg']) {
      say(`cold, ${name}`);
      const times = await measureCold(server.origin, name);
      rows.push(row(`first verdict from a cold page, ${name}`, median(times.ours), hasPeer ? median(times['c2pa-web']) : null, 1.0));
    }
  }
  if (parts.includes('warm')) {
    for (const { file, target, times, states } of await measureWarm(server.origin)) {
      const what = `warm, ${path.basename(file)}, ${(fs.statSync(file).size / 1e6).toFixed(2)} MB`;
      const agree = !hasPeer || states.ours === states['c2pa-web'];
      rows.push(row(what, median(times.ours), hasPeer ? median(times['c2pa-web']) : null, target, agree ? '' : `${states.ours}, c2pa-web ${states['c2pa-web']}`));
    }
  }
} finally {
  server.close();
}

const section = browserTable(rows, { rounds, repeats, date: new Date(), load: os.loadavg()[0] });
console.log(section);
if (options.write) {
  const file = path.join(repository, 'docs/benchmarks.md');
  fs.writeFileSync(file, pageWith(fs.readFileSync(file, 'utf8'), [section]));
}
if (rows.some(({ ours, other, target }) => other !== null && ours / other > target)) process.exitCode = 1;
