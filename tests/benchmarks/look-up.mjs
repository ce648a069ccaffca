// Called by `look-up`: makes the measurements, prints them as Markdown, and puts them into the pages if asked.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine, page } from './tables.mjs';

const { values: options } = parseArgs({
  options: {
    program: { type: 'string' }, only: { type: 'string', default: 'index,recall,crowd,shards' }, largest: { type: 'string', default: '10000000' },
    trials: { type: 'string', default: '10000' }, write: { type: 'boolean' },
  },
});
const docs = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../docs');
const largest = Number(options.largest);
const parts = options.only.split(',');
const pinned = spawnSync('taskset', ['-c', '1', 'true']).status === 0;

// One process a measurement, so that none has the memory of another; on one core, where the machine can.
function figures(...args) {
  process.stderr.write(`${args.join(' ')}\n`);
  const command = ['dotnet', options.program, ...args.map(String)];
  const [program, ...rest] = pinned ? ['taskset', '-c', '1', ...command] : command;
  const run = spawnSync(program, rest, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`${args.join(' ')} ended with ${run.status}: ${run.stderr}`);
  return JSON.parse(run.stdout);
}

const many = (count) => count.toLocaleString('en');
const ms = (value) => (value < 1 ? value.toFixed(2) : value.toFixed(1));
const percent = (share) => `${(100 * share).toFixed(1)} %`;
const both = ({ processor, clock }) => `${ms(processor.p50)} · ${ms(processor.p99)} (${ms(clock.p99)})`;
const made = (what) => `\`tests/benchmarks/look-up --only ${what}\` on ${machine()}, ${pinned ? 'one core' : 'not pinned to a core'}, load ${os.loadavg()[0].toFixed(1)}, ${new Date().toISOString().slice(0, 10)}.`;
const verdict = (value, target) => (value <= target ? 'met' : '**missed**');
const section = (name, lines) => ({ name, text: [`<!-- ${name} -->`, ...lines, `<!-- /${name} -->`, ''].join('\n') });
const written = [];

if (parts.includes('index')) {
  const sizes = [10_000, 100_000, 1_000_000, 10_000_000].filter((size) => size <= largest);
  const runs = ['random', 'skewed'].flatMap((kind) => sizes.map((size) => ({ linear: figures('index', kind, size), slots: figures('slots', kind, size) })));
  const targets = runs.map(({ linear }) => linear).filter(({ entries }) => entries >= 1_000_000).flatMap(({ kind, entries, find, secret, startSeconds }) => {
    const most = entries > 1_000_000 ? 60 : 10;
    return [
      [`${kind}, ${many(entries)}: look-up, p99`, `${ms(find.processor.p99)} ms`, `≤ ${most} ms`, verdict(find.processor.p99, most)],
      [`${kind}, ${many(entries)}: private look-up, p99`, `${ms(secret.processor.p99)} ms`, '≤ 50 ms', verdict(secret.processor.p99, 50)],
      ...(entries === 1_000_000 ? [[`${kind}, ${many(entries)}: filled from rows`, `${startSeconds.toFixed(2)} s`, '≤ 5 s', verdict(startSeconds, 5)]] : []),
    ];
  });
  written.push(['benchmarks.md', section('lookup', [
    '## The look-up of fingerprints',
    '',
    `${made('index')} Times are`,
    'milliseconds on the processor: p50 · p99 and, in brackets, p99 by the clock, which counts other programs on a busy machine too. Half of the queries are near copies of',
    'entries, half are strangers. "skewed": pictures of a thousand themes, the most frequent one of 13 %. A private look-up asks for two slots, three decoys each, and neighbours of',
    'one bit.',
    '',
    '| entries | | filled, s | bytes each | look-up at ≤ 31 | private look-up | entries it returns, p50 · p99 | some bucket cut |',
    '|---:|---|---:|---:|---:|---:|---:|---:|',
    ...runs.map(({ linear: r }) => `| ${many(r.entries)} | ${r.kind} | ${r.startSeconds.toFixed(2)} | ${r.bytesPerHash.toFixed(1)} | ${both(r.find)} | ${both(r.secret)} | ${many(r.answerEntries)} · ${many(r.answerEntriesP99)} | ${r.cutPercent.toFixed(0)} % |`),
    '',
    '| against its target | | | |',
    '|---|---:|---:|---|',
    ...targets.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    'Beside it multi-index hashing over the sixteen slots, on the same hashes and with the same answers:',
    '',
    '| entries | | filled, s | bytes each | look-up at ≤ 31 | the server\'s |',
    '|---:|---|---:|---:|---:|---:|',
    ...runs.map(({ linear, slots: r }) => `| ${many(r.entries)} | ${r.kind} | ${r.startSeconds.toFixed(2)} | ${r.bytesPerHash.toFixed(1)} | ${both(r.find)} | ${both(linear.find)} |`),
  ])]);
}

if (parts.includes('recall')) {
  const { trials, rows } = figures('recall', options.trials);
  const tables = [0, 1].flatMap((radius) => [
    '',
    radius === 0 ? '**The slots as they are** (radius 0).' : '**And all values one bit away** (radius 1).',
    '',
    '| distance | ' + [1, 2, 4, 7].map((slots) => `${slots} slot${slots > 1 ? 's' : ''}: computed | simulated | strong slots`).join(' | ') + ' |',
    '|---:|' + '---:|'.repeat(12),
    ...[...new Set(rows.map((row) => row.distance))].map((distance) => `| ${distance} | ` + rows.filter((row) => row.radius === radius && row.distance === distance)
      .map((row) => `${percent(row.computed)} | ${percent(row.anySlots)} | ${percent(row.strongSlots)}`).join(' | ') + ' |'),
  ]);
  written.push(['private-look-up.md', section('recall', [`${made('recall')} ${many(trials)} near copies a cell.`, ...tables])]);
}

if (parts.includes('crowd')) {
  const size = Math.min(largest, 1_000_000);
  const runs = ['random', 'skewed'].map((kind) => figures('crowd', kind, size));
  written.push(['private-look-up.md', section('crowd', [
    `${made('crowd')} ${many(size)} entries, ${runs[0].trials} look-ups of registered hashes.`,
    '',
    '| slots | hashes in the request | entries | decoys of any numbers: entries that fit, median · least | decoys of other hashes: median · least |',
    '|---:|---:|---|---:|---:|',
    ...runs.flatMap(({ kind, rows }) => rows.map((row) => `| ${row.slots} | ${8 / row.slots} | ${kind} | ${row.anyNumbersMedian} · ${row.anyNumbersLeast} | ${row.otherHashesMedian} · ${row.otherHashesLeast} |`)),
  ])]);
}

if (parts.includes('shards')) {
  const run = figures('shards', 10, largest);
  const single = largest * 10;
  written.push(['scale.md', section('shards', [
    `${made('shards')} ${run.shards} parts of ${many(run.entries)} skewed entries, one after another; ${run.queries} queries, each to every part, the`,
    'answers joined; a near copy of each was put into one part.',
    '',
    '| | |',
    '|---|---:|',
    `| near copies found, of ${run.queries} | ${run.planted} |`,
    `| one core for all ${many(single)}: p50 · p99 | ${ms(run.sum.p50)} · ${ms(run.sum.p99)} ms |`,
    `| one core for each part, the slowest of ten: p50 · p99 | ${ms(run.slowest.p50)} · ${ms(run.slowest.p99)} ms |`,
    `| filling one part from rows | ${run.startSeconds.toFixed(1)} s |`,
    `| memory of the measuring process, with one part and what made its rows | ${run.processMiB.toFixed(0)} MiB |`,
  ])]);
}

for (const [file, { text }] of written) {
  console.log(text);
  const name = path.join(docs, file);
  if (options.write) fs.writeFileSync(name, page(fs.readFileSync(name, 'utf8'), [text]));
}
