// memory.mjs [N]: what the engine needs in Chromium. The worker's heap after each of N pictures of 2 MB (100), which must be flat from the
// 20th on; and the renderer's memory over that of an idle engine while a film of 1 GB is verified.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { isAbsent, launch } from './browsers.mjs';
import { scratch } from './profiles.mjs';
import { inRepository } from './repository.mjs';
import { serve } from './server.mjs';

const pictures = Number(process.argv[2] || 100);
const flatFrom = 20, mostGrowth = 1.1, mostMiB = 128;

const program = ['Release', 'Debug'].map((name) => inRepository(`tests/Provenance.Samples/bin/${name}/net10.0/Provenance.Samples.dll`)).find(existsSync);
const absent = isAbsent('chromium') || (!existsSync('/proc/self/status') && 'memory is read from /proc, as Linux has it');
if (absent) {
  console.error(absent);
  process.exit(2);
}

/** Run in the worker before all else: a memory of WebAssembly is no part of the heap that the debugger tells of. */
const recordMemories = `
  globalThis.memories = [];
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...given) => {
    const made = await instantiate(...given);
    for (const part of Object.values((made.instance ?? made).exports)) if (part instanceof WebAssembly.Memory) memories.push(part);
    return made;
  };`;

const mebibytes = (bytes) => `${(bytes / (1 << 20)).toFixed(1)} MiB`;
let failures = 0;

function holds(isTrue, text) {
  console.log(`${isTrue ? '  ' : 'NOT '}${text}`);
  if (!isTrue) failures++;
}

const folder = await scratch();
const server = await serve();
const browser = await launch.chromium();
try {
  await promisify(execFile)('dotnet', [program, '--large', folder]);
  await measureHeap();
  await measureFilm();
} finally {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true });
}
process.exitCode = failures > 0 ? 1 : 0;

async function openPage() {
  const page = await browser.open(`${server.origin}/page/index.html`);
  await page.evaluate(() => globalThis.learn('nobody', { trust: 'nobody' }));
  return page;
}

async function startedPage() {
  const page = await openPage();
  const { error } = await page.evaluate(() => globalThis.start({}));
  if (error) throw new Error(error);
  return page;
}

async function measureHeap() {
  const page = await openPage();
  const worker = await attachToWorker(page, async () => {
    const { error } = await page.evaluate(() => globalThis.start({}));
    if (error) throw new Error(error);
  });
  const urls = [0, 1, 2, 3].map((i) => server.offer(path.join(folder, `picture-${i}.jpg`)));
  const sizes = [];
  for (let i = 0; i < pictures; i++) {
    const { error, answer } = await page.evaluate((asked) => globalThis.ask(...asked), [urls[i % urls.length], `${i}.jpg`, 'nobody']);
    if (error || JSON.parse(answer).validationState !== 'Valid') throw new Error(error ?? answer);
    sizes.push(await worker.heap());
  }
  if (sizes[0].buffers < 8 << 20) throw new Error('the memory of the engine was not found');
  const after = sizes.slice(Math.min(flatFrom, sizes.length) - 1);
  const total = ({ objects, buffers }) => objects + buffers;
  const growth = Math.max(...after.map(total)) / total(after[0]);
  for (const i of [0, flatFrom - 1, Math.floor(sizes.length / 2), sizes.length - 1].filter((place) => place < sizes.length))
    console.log(`  after picture ${i + 1}: ${mebibytes(sizes[i].objects)} of objects, ${mebibytes(sizes[i].buffers)} of buffers and WebAssembly`);
  holds(growth <= mostGrowth, `heap of the worker from picture ${flatFrom} to ${sizes.length}: ${growth.toFixed(3)} times at the most`);
  await page.close();
}

/** The page's worker as the debugger sees it. */
async function attachToWorker(page, start) {
  const session = await page.context().newCDPSession(page);
  let number = 0, attached;
  const waiting = new Map();
  const found = new Promise((resolve) => (attached = resolve));
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => targetInfo.type === 'worker' && attached(sessionId));
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result, error } = JSON.parse(message);
    if (!waiting.has(id)) return;
    const { resolve, reject } = waiting.get(id);
    if (error) reject(new Error(error.message));
    else resolve(result);
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: false });
  const started = start();
  const sessionId = await found;
  const send = (method, params = {}) => new Promise((resolve, reject) => {
    waiting.set(++number, { resolve, reject });
    session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: number, method, params }) }).catch(reject);
  });
  await send('Runtime.evaluate', { expression: recordMemories });
  await send('Runtime.runIfWaitingForDebugger');
  await started;
  return {
    /** What is left after what nobody refers to was cleared away. */
    heap: async () => {
      await send('HeapProfiler.collectGarbage');
      const { usedSize, backingStorageSize } = await send('Runtime.getHeapUsage');
      return { objects: usedSize, buffers: backingStorageSize + (await send('Runtime.evaluate', { expression: 'memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0)' })).result.value };
    },
  };
}

async function measureFilm() {
  const page = await startedPage();
  // An engine that has answered before: what it loads for its first answer is no matter of size.
  await browser.pick(page, '#pick', inRepository('tests/samples/good.jpg'));
  await page.evaluate(() => globalThis.askPicked('nobody'));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2000)));
  const [renderers, all] = [await processes('renderer'), await processes()];
  const idle = { renderers: await resident(renderers), all: await resident(all) };
  const peak = { ...idle };
  await browser.pick(page, '#pick', path.join(folder, 'film.mp4'));
  let isDone = false;
  const asked = page.evaluate(() => globalThis.askPicked('nobody')).finally(() => (isDone = true));
  while (!isDone) {
    peak.renderers = Math.max(peak.renderers, await resident(renderers));
    peak.all = Math.max(peak.all, await resident(all));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { error, answer } = await asked;
  if (error) throw new Error(error);
  console.log(`  film of ${answer.length} bytes: ${answer.label}, ${(answer.time / 1000).toFixed(1)} s, ${(answer.length / answer.time / 1000).toFixed(0)} MB/s`);
  console.log(`  all processes of the browser: ${mebibytes(peak.all - idle.all)} over ${mebibytes(idle.all)}`);
  holds(answer.label === 'intact-unknown-issuer', 'the film is intact');
  holds(peak.renderers - idle.renderers <= mostMiB << 20, `renderer: ${mebibytes(peak.renderers - idle.renderers)} over ${mebibytes(idle.renderers)}`);
  await page.close();
}

/** Ids of the browser's processes, of one type or of all. */
async function processes(type) {
  const session = await browser.browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter((found) => type === undefined || found.type === type).map((found) => found.id);
}

/** Bytes of memory that processes have resident. */
async function resident(ids) {
  const statuses = await Promise.all(ids.map((id) => readFile(`/proc/${id}/status`, 'utf8').catch(() => '')));
  return statuses.reduce((sum, status) => sum + 1024 * Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0), 0);
}
