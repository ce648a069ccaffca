// Called by `server`: makes the measurements, prints them as Markdown, and puts them into docs/benchmarks.md if asked.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median, page, serverTable } from './tables.mjs';

const { values: options } = parseArgs({
  options: {
    program: { type: 'string' }, load: { type: 'string' }, work: { type: 'string' },
    rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '4' }, overload: { type: 'string', default: '20' },
    only: { type: 'string', default: 'rates,overload,slow' }, write: { type: 'boolean' },
  },
});
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);
if (!(rounds >= 1) || !(seconds >= 1)) throw new Error('--rounds and --seconds are numbers from 1');

const here = path.dirname(fileURLToPath(import.meta.url));
const repository = path.resolve(here, '../..');
const native = path.join(process.env.PEERS_DIR || path.join(os.tmpdir(), 'peers'), 'native/dist/index.node');
const [serverCore, clientCore] = ['0', '1'];
const connections = 8;
const slowConnections = 500;
const mostMemory = 512; // MiB: what docs/server.md asks for
const media = (name) => path.join(options.work, 'media', name);
const anchors = media('anchors.pem');
const say = (text) => process.stderr.write(`${text}\n`);

// ---- programs

const started = [];

async function start(command, args) {
  const child = spawn('taskset', ['-c', serverCore, command, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  for await (const line of readline.createInterface({ input: child.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url) return { pid: child.pid, url };
  }
  throw new Error(`${command} ${args[0]} ended at once`);
}

function run(core, ...args) {
  const { status, stdout, stderr } = spawnSync('taskset', ['-c', core, 'dotnet', options.load, ...args.map(String)], { encoding: 'utf8' });
  if (stderr) say(stderr.trim());
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}`);
  return JSON.parse(stdout);
}

function startOurs() {
  const settings = path.join(options.work, 'settings.json');
  fs.writeFileSync(settings, JSON.stringify({
    trust: { folder: '', anchors: [anchors] },
    verification: { spoolFolder: path.join(options.work, 'spool'), bodiesPerClient: 10_000 },
    // One address asks for all: what one may ask is not what is measured.
    guards: { address: { perSecond: 1e6, burst: 1e6 }, concurrencyPerClient: 100_000 },
    storage: { connection: `Data Source=${path.join(options.work, 'provenance.db')}` },
  }));
  return start('dotnet', [options.program, '--urls', 'http://127.0.0.1:0', '--page', path.join(repository, 'artifacts/page'), '--settings', settings]);
}

const peakMiB = (pid) => Number(/VmHWM:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

// ---- rates: ours, the library's and the reference's in turn

const rows = [];

function ratio(what, figures, byProcessor, byClock, target) {
  rows.push({ what, figures, value: `${byProcessor.toFixed(2)} × (${byClock.toFixed(2)} ×)`, target: `≥ ${target} ×`, passed: byProcessor >= target });
}

async function measureRates(server) {
  const rival = fs.existsSync(native) ? await start(process.execPath, [path.join(here, 'rival-server.mjs'), native, anchors]) : null;
  for (const [size, least] of [[1, 0.6], [8, 0.8]]) {
    const file = media(`${size}mb.jpg`);
    const runs = {
      library: () => run(serverCore, 'library', file, anchors, seconds),
      ours: () => run(clientCore, 'closed', `${server.url}api/v1/verify`, file, connections, seconds, server.pid),
      rival: () => rival && run(clientCore, 'closed', rival.url, file, connections, seconds, rival.pid),
    };
    const all = { library: [], ours: [], rival: [] };
    for (let round = 0; round < rounds; round++) {
      say(`${size} MB, round ${round + 1} of ${rounds}`);
      for (const [name, one] of Object.entries(runs)) all[name].push(one());
    }
    if (all.ours.some(({ others }) => others > 0)) throw new Error('not every answer was 200');
    const of = (name, figure) => median(all[name].map((one) => one[figure]));
    const told = (name) => `${of(name, 'cpuMs').toFixed(2)} ms of processor (${of(name, 'perSecond').toFixed(0)}/s)`;
    const beside = (name) => [median(all.ours.map((one, i) => all[name][i].cpuMs / one.cpuMs)), median(all.ours.map((one, i) => one.perSecond / all[name][i].perSecond))];
    ratio(`${size} MB, rate over the library's on one thread`, `server ${told('ours')}, library ${told('library')}`, ...beside('library'), least);
    if (rival) ratio(`${size} MB, rate over Node with the reference`, `Node ${told('rival')}`, ...beside('rival'), 1.5);
    else rows.push({ what: `${size} MB, rate over Node with the reference`, figures: 'the peers of ../shared/check/rivals are not here', value: '', target: '≥ 1.5 ×', passed: null });
  }
  if (rival) process.kill(rival.pid);
}

// ---- five times what it can do

const health = (server) => `${server.url}health/live`;

function openLoop(server, rate, time) {
  return run(clientCore, 'open', `${server.url}api/v1/verify`, media('costly.jpg'), rate.toFixed(2), time, health(server));
}

function capacityOf(server) {
  return run(clientCore, 'closed', `${server.url}api/v1/verify`, media('costly.jpg'), connections, seconds, server.pid).perSecond;
}

function measureOverload(server) {
  capacityOf(server);
  const capacity = capacityOf(server);
  const before = openLoop(server, capacity / 2, 5);
  say(`overload: 5 × ${capacity.toFixed(0)}/s for ${options.overload} s`);
  const under = openLoop(server, capacity * 5, options.overload);
  const after = openLoop(server, capacity / 2, 10);
  const strange = under.others + under.broken;
  const figures = `${under.sent} sent: ${under.answered} × 200, ${under.tooMany} × 429, ${under.busy} × 503`;
  rows.push({ what: `5 × saturation (${capacity.toFixed(0)}/s) for ${options.overload} s, answers that are none of 200, 429, 503`, figures, value: `${strange}`, target: '0', passed: strange === 0 });
  rows.push({ what: 'the same, health p99', figures: `median ${under.healthP50.toFixed(1)} ms of ${under.healthLooks}; at rest p99 ${before.healthP99.toFixed(1)} ms`, value: `${under.healthP99.toFixed(1)} ms`, target: '≤ 100 ms', passed: under.healthP99 <= 100 });
  const peak = peakMiB(server.pid);
  rows.push({ what: 'the same, most memory', figures: '', value: `${peak.toFixed(0)} MiB`, target: `≤ ${mostMemory} MiB`, passed: peak <= mostMemory });
  const isNormal = after.answered === after.sent && after.p99 <= Math.max(2 * before.p99, 250);
  rows.push({ what: 'the 10 s after it, at half load', figures: `p99 ${after.p99.toFixed(1)} ms, before ${before.p99.toFixed(1)} ms`, value: `${after.answered} of ${after.sent} answered`, target: 'all, as before', passed: isNormal });
}

// ---- slow senders

async function measureSlow(server) {
  const rate = capacityOf(server) / 3;
  const before = openLoop(server, rate, 10);
  say(`${slowConnections} slow connections`);
  const slow = spawn('taskset', ['-c', clientCore, 'dotnet', options.load, 'slow', `${server.url}api/v1/verify`, String(slowConnections), '40'], { stdio: 'ignore' });
  await new Promise((rest) => setTimeout(rest, 8000));
  const held = openLoop(server, rate, 15);
  slow.kill();
  const times = held.p99 / before.p99;
  rows.push({ what: `p99 beside ${slowConnections} slow senders, a third of full load`, figures: `${held.p99.toFixed(1)} ms, without them ${before.p99.toFixed(1)} ms; ${held.answered} of ${held.sent} answered`, value: `${times.toFixed(2)} ×`, target: '≤ 2 ×', passed: times <= 2 && held.answered === held.sent });
}

// ---- all of it

const parts = options.only.split(',');
try {
  const server = await startOurs();
  if (parts.includes('rates')) await measureRates(server);
  if (parts.includes('overload')) measureOverload(server);
  if (parts.includes('slow')) await measureSlow(server);
} finally {
  for (const child of started) child.kill();
}

const given = process.argv.slice(2).join(' ').replace(/--(program|load|work) \S+ ?/g, '').replace('--write', '').trim();
const table = serverTable(rows, { options: given && ` ${given}`, date: new Date(), load: os.loadavg()[0] });
console.log(table);
if (options.write) {
  const file = path.join(repository, 'docs/benchmarks.md');
  fs.writeFileSync(file, page(fs.readFileSync(file, 'utf8'), [table]));
  say(`written to ${path.relative(repository, file)}`);
}
if (rows.some((row) => row.passed === false)) process.exitCode = 1;
