// Called by `run`: makes the measurements, prints them as Markdown, and puts them into docs/benchmarks.md if asked.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { comparisonTable, layerTable, median, page } from './tables.mjs';

const { values: options } = parseArgs({
  options: {
    program: { type: 'string' }, media: { type: 'string' }, benchmarks: { type: 'string' },
    rounds: { type: 'string', default: '30' }, layers: { type: 'boolean' }, write: { type: 'boolean' },
  },
});
const rounds = Number(options.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds is a number from 1, not '${options.rounds}'`);

const here = path.dirname(fileURLToPath(import.meta.url));
const repository = path.resolve(here, '../..');
const rivals = path.resolve(repository, '../shared/check/rivals');
const peers = process.env.PEERS_DIR || path.join(os.tmpdir(), 'peers');
const hasReference = fs.existsSync(path.join(rivals, 'interleave.mjs')) && fs.existsSync(path.join(peers, 'native/dist/index.node'));
const picture = (name) => path.join(options.media, `${name}.jpg`);
const anchors = path.join(options.media, 'anchors.pem');
const verify = ['verify', '--format', 'json', '--trust-anchors', anchors, '--tsa-anchors', anchors];

const say = (text) => process.stderr.write(`${text}\n`);

function json(command, args, env = {}) {
  const run = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`${command} ${args[0]} ended with ${run.status}: ${run.stderr}`);
  return JSON.parse(run.stdout);
}

// ---- warm: one process each, every file in turn, medians (../shared/check/rivals/interleave.mjs)

function measureWarm(files, trust) {
  const ours = `module:${path.join(here, 'adapter.mjs')}`;
  const result = json(process.execPath,
    [path.join(rivals, 'interleave.mjs'), `c2pa-node-path,${ours}`, ...files, '--rounds', String(rounds), '--warmup', '10', '--trust', trust],
    { PROVENANCE: options.program });
  return result.files.map(({ file, bytes, peers: byPeer }) => ({ name: path.basename(file), bytes, reference: byPeer['c2pa-node-path'], ours: byPeer[ours] }));
}

// ---- cold: a new process for each answer, ours and the reference's in turn

function measureCold() {
  const commands = {
    ours: [options.program, [...verify, picture('small')]],
    reference: [process.execPath, [path.join(rivals, 'bench.mjs'), 'c2pa-node-path', picture('small'), '--child', '--trust', anchors]],
  };
  const times = { ours: [], reference: [] };
  for (let round = -3; round < rounds; round++) {
    for (const [name, [command, args]] of Object.entries(commands)) {
      const start = performance.now();
      const { status } = spawnSync(command, args, { stdio: 'ignore' });
      if (status !== 0) throw new Error(`${command} ended with ${status}`);
      if (round >= 0) times[name].push(performance.now() - start);
    }
  }
  return { ours: median(times.ours), reference: median(times.reference) };
}

// ---- memory: the most a process had resident, over one that was only asked about an empty file

async function peakKiB(file) {
  const child = spawn(options.program, [...verify, '--files-from', '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.write(`${file}\n`);
  await answers.next();
  const peak = Number(/VmHWM:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]);
  child.stdin.end();
  await once(child, 'close');
  return peak;
}

async function measureMemory() {
  const empty = path.join(options.media, 'empty');
  fs.writeFileSync(empty, '');
  const [idle, large] = [[], []];
  for (let round = 0; round < 5; round++) {
    idle.push(await peakKiB(empty));
    large.push(await peakKiB(picture('large')));
  }
  return (median(large) - median(idle)) / 1024;
}

// ---- a folder: the same work with one and with two files at a time, in turn, and the reference, which has one

function seconds(command, args, allowed = [0]) {
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (!allowed.includes(status)) throw new Error(`${command} ${args[0]} ended with ${status}: ${stderr}`);
  return (performance.now() - start) / 1000;
}

function measureFolder() {
  const folder = path.join(options.media, 'folder');
  const lists = ['--trust-anchors', anchors, '--tsa-anchors', anchors];
  // Some of the files have no credential: 4.
  const table = (jobs) => seconds(options.program, ['verify', '--recursive', '--format', 'csv', '--jobs', String(jobs), ...lists, folder], [4]);
  const batch = (jobs) => {
    const output = path.join(options.media, 'results');
    const time = seconds(options.program, ['batch', folder, '--output', output, '--jobs', String(jobs), ...lists], [4]);
    fs.rmSync(output, { recursive: true });
    return time;
  };
  const reference = () => (hasReference
    ? seconds(process.execPath, [path.join(rivals, 'bench.mjs'), 'c2pa-node-path', folder, '--repeat', '1', '--warmup', '0', '--cold', '0', '--trust', anchors])
    : NaN);
  const runs = { table1: () => table(1), table2: () => table(2), batch1: () => batch(1), batch2: () => batch(2), reference };
  const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  for (let round = -1; round < 5; round++) {
    for (const [name, run] of Object.entries(runs)) {
      const time = run();
      if (round >= 0) times[name].push(time);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

// ---- all of it

const missing = `not measured: the peers of ${path.relative(repository, rivals)} are not here`;
const rows = [];
const ratio = (what, value, limit, figures) => rows.push({ what, figures, value: `${value.toFixed(2)} ×`, target: `≤ ${limit} ×`, passed: value <= limit });

if (hasReference) {
  say('warm, beside the reference');
  // Of big files most of the time is the hash, which the reference does not do more slowly.
  const jpegs = ['small', 'stamped', 'deep', 'many', 'large'].map(picture);
  const formats = ['picture.png', 'film.mp4', 'sound.wav', 'scan.tif', 'photo.heic', 'photo.avif', 'paper.pdf'].map((name) => path.join(options.media, name));
  for (const { name, bytes, reference, ours } of measureWarm([...jpegs, ...formats], anchors)) {
    if (reference.state !== 'Trusted' || ours.state !== 'Trusted') throw new Error(`${name}: ${reference.state} to the reference, ${ours.state} to us`);
    const figures = `${ours.medianMs.toFixed(2)} ms, reference ${reference.medianMs.toFixed(2)} ms`;
    const what = `warm, ${name}, ${(bytes / 1e6).toFixed(2)} MB`;
    if (name === 'large.jpg') rows.push({ what, figures, value: `${(ours.medianMs / reference.medianMs).toFixed(2)} ×`, target: 'none', passed: null });
    else ratio(what, ours.medianMs / reference.medianMs, name.endsWith('.jpg') ? 0.5 : 0.9, figures);
  }
  say('cold, beside the reference');
  const cold = measureCold();
  ratio('cold start, small.jpg', cold.ours / cold.reference, 0.8, `${cold.ours.toFixed(0)} ms, Node with the reference ${cold.reference.toFixed(0)} ms`);
} else {
  rows.push({ what: 'warm and cold beside the reference', figures: missing, value: '', target: '≤ 0.5 ×, ≤ 0.8 ×, ≤ 0.9 ×', passed: null });
}

say('large.jpg beside SHA-256 alone');
const hash = json('dotnet', [options.benchmarks, 'sha256', picture('large'), anchors, String(rounds)]);
const verified = `${hash.verified.median.toFixed(1)} ms`;
ratio('large.jpg over SHA-256 of the file', hash.verified.median / hash.read.median, 1.15, `${verified}, SHA-256 while reading ${hash.read.median.toFixed(1)} ms`);
ratio('large.jpg over SHA-256 of bytes in memory', hash.verified.median / hash.memory.median, 1.15, `${verified}, SHA-256 alone ${hash.memory.median.toFixed(1)} ms`);

say('memory');
const over = await measureMemory();
rows.push({ what: 'peak memory over an idle process, large.jpg', figures: '', value: `${over.toFixed(1)} MiB`, target: '≤ 32 MiB', passed: over <= 32 });

say('a folder of 500 files, one and two at a time');
const folder = measureFolder();
const files = 'folder of 500 files, 0.1 to 4 MB';
for (const [what, one, two] of [['table', folder.table1, folder.table2], ['batch with pages', folder.batch1, folder.batch2]]) {
  const figures = `${one.toFixed(2)} s one at a time, ${two.toFixed(2)} s two at a time${hasReference && what === 'table' ? `, reference ${folder.reference.toFixed(2)} s` : ''}`;
  rows.push({ what: `${files}, ${what}`, figures, value: `${(one / two).toFixed(2)} ×`, target: '≥ 1.7 ×', passed: one / two >= 1.7 });
}

const sections = [comparisonTable(rows, { rounds, date: new Date(), load: os.loadavg()[0] })];
if (options.layers) {
  say('layers');
  const artifacts = path.join(options.media, 'layers');
  const run = spawnSync('dotnet', [options.benchmarks, 'layers', '--filter', '*', '--artifacts', artifacts, '--exporters', 'github'], { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`the layers ended with ${run.status}: ${run.stderr}`);
  sections.push(layerTable(fs.readFileSync(path.join(artifacts, 'results/Provenance.Benchmarks.Layers-report-github.md'), 'utf8')));
}

console.log(sections.join('\n'));
if (options.write) {
  const file = path.join(repository, 'docs/benchmarks.md');
  fs.writeFileSync(file, page(fs.readFileSync(file, 'utf8'), sections));
  say(`written to ${path.relative(repository, file)}`);
}
if (rows.some((row) => row.passed === false)) process.exitCode = 1;
