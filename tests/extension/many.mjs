// What the extension costs on a page of 500 pictures: called by tests/benchmarks/extension.
//   node many.mjs [--pairs N] [--only labels,memory,tasks,scroll] [--write]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { extensionTable, median, page as pageWith } from '../benchmarks/tables.mjs';
import { inRepository } from '../browser/repository.mjs';
import { launchExtension, launchPlain } from './harness/extension.mjs';
import { readLabels } from './harness/labels.mjs';
import { COUNT, FEED, SIGNED, WALL, manyPage, matrix, signedPictures } from './harness/many.mjs';
import { serveSite } from './harness/site.mjs';
import { tasksOf, traced } from './harness/trace.mjs';

const { values: options } = parseArgs({ options: { pairs: { type: 'string', default: '5' }, only: { type: 'string', default: 'labels,memory,tasks,scroll' }, write: { type: 'boolean' } } });
const pairs = Number(options.pairs);
const parts = new Set(options.only.split(','));
const peers = process.env.PEERS_DIR || path.join(os.tmpdir(), 'peers');
const hasPeer = fs.existsSync(path.join(peers, 'node_modules/@contentauth/c2pa-web/dist/index.js'));
const say = (text) => process.stderr.write(`${text}\n`);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const site = await serveSite();
const files = await matrix();
const signed = await signedPictures(files.folder);
const anchors = fs.readFileSync(signed.anchors, 'utf8');
const lists = [{ role: 'anchors', name: 'anchors.pem', content: Buffer.from(anchors).toString('base64'), origin: 'packed', source: '', added: 0 }];

const withExtension = (viewport) => launchExtension({ settings: { lists }, context: { viewport } });
const without = (viewport) => launchPlain([], { viewport });

/** Milliseconds from the page's start until its last label is seen, in a browser that has just been started and one page later. */
async function timeToLastLabel() {
  const browser = await withExtension(WALL.viewport);
  try {
    const times = [];
    for (let round = 0; round < 2; round++) {
      const { url } = await manyPage(site.room(), signed.pictures, WALL);
      const page = await browser.context.newPage();
      await page.goto(url, { waitUntil: 'commit' });
      times.push(await lastLabelOf(browser, page));
      await page.close();
    }
    return times;
  } finally {
    await browser.close();
  }
}

/** When the last label of a page is seen, by the page's own clock. Our root is looked for until it is there, and once. */
async function lastLabelOf(browser, page) {
  for (let tries = 0; ; tries++) {
    try {
      return await browser.labels.call(page, lastLabel, readLabels.toString(), SIGNED);
    } catch (fault) {
      if (tries > 200 || !/no root/.test(fault.message)) throw fault;
      await pause(25);
    }
  }
}

/** Runs in the page. */
function lastLabel(root, readLabels, count) {
  const read = eval(`(${readLabels})`);
  return new Promise((resolve, reject) => {
    const look = () => {
      if (root.querySelectorAll('button.label:not([hidden])').length >= count && read(root).length >= count) resolve(performance.now());
      else if (performance.now() > 120_000) reject(new Error(`${read(root).length} labels`));
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** The same page, verified by c2pa-web: from its start until the last answer. */
async function timeOfPeer() {
  const browser = await without(WALL.viewport);
  try {
    const times = [];
    for (let round = 0; round < 2; round++) {
      const room = site.room();
      room.putFolder('peers/', path.join(peers, 'node_modules'));
      room.put('anchors.pem', anchors);
      const peer = (name) => new URL(room.url(`peers/${name}`)).pathname;
      const script = `<script type="importmap">{ "imports": { "highgain": "${peer('highgain/dist/index.js')}", "ts-deepmerge": "${peer('ts-deepmerge/esm/index.js')}" } }</script><script type="module">
        import { createC2pa } from '${peer('@contentauth/c2pa-web/dist/index.js')}';
        const sdk = await createC2pa({ wasmSrc: location.origin + '${peer('@contentauth/c2pa-web/dist/resources/c2pa_bg.wasm')}', settings: { trust: { trustAnchors: await (await fetch('anchors.pem')).text() }, verify: { verifyTrust: true, remoteManifestFetch: false, ocspFetch: false } } });
        let next = 0, found = 0;
        const images = [...document.images];
        // As many at a time as we do.
        await Promise.all(Array.from({ length: 3 }, async () => {
          while (next < images.length) {
            const { src } = images[next++];
            const blob = await (await fetch(src, { cache: 'force-cache' })).blob();
            try {
              const reader = await sdk.reader.fromBlob(blob.type, blob);
              if (!reader) continue;
              await reader.manifestStore();
              found++;
              await reader.free();
            } catch { found++; }
          }
        }));
        globalThis.done = { time: performance.now(), found };
      </script>`;
      const { url } = await manyPage(room, signed.pictures, { ...WALL, script });
      const page = await browser.context.newPage();
      page.on('pageerror', (fault) => say(`c2pa-web: ${fault.message}`));
      await page.goto(url);
      const { time, found } = await (await page.waitForFunction('globalThis.done', null, { timeout: 120_000 })).jsonValue();
      if (found < SIGNED) say(`c2pa-web found ${found}`);
      times.push(time);
      await page.close();
    }
    return times;
  } finally {
    await browser.close();
  }
}

/** Proportional memory of every process of a browser, in MiB. */
async function memoryOf(context) {
  const session = await context.browser().newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pss = (pid) => {
    try {
      return Number(/^Pss:\s+(\d+) kB/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]);
    } catch {
      return 0;
    }
  };
  return processInfo.reduce((sum, { id }) => sum + pss(id), 0) / 1024;
}

/** Memory with the page open: the most until everything was answered, then soon after it, then when the engine has given back its own. */
async function measureMemory(isWith) {
  const browser = await (isWith ? withExtension(WALL.viewport) : without(WALL.viewport));
  try {
    const { url } = await manyPage(site.room(), signed.pictures, WALL);
    const page = await browser.context.newPage();
    let most = 0, isOver = false;
    const watch = (async () => {
      while (!isOver) {
        most = Math.max(most, await memoryOf(browser.context));
        await pause(250);
      }
    })();
    await page.goto(url);
    if (isWith) await lastLabelOf(browser, page);
    else await pause(4000);
    isOver = true;
    await watch;
    await pause(2000);
    const awake = await memoryOf(browser.context);
    await pause(13_000);
    return { most, awake, resting: await memoryOf(browser.context) };
  } finally {
    await browser.close();
  }
}

/** Runs in the page: scrolls to its end, so many pixels a frame, and measures the frames. */
function scrollDown(step) {
  return new Promise((resolve) => {
    const long = [], frames = [];
    const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration, blockingDuration }) => ({ duration, blockingDuration }))));
    observer.observe({ type: 'long-animation-frame' });
    let before = performance.now();
    const next = (now) => {
      frames.push(now - before);
      before = now;
      scrollBy(0, step);
      if (scrollY + innerHeight < document.documentElement.scrollHeight - 1) requestAnimationFrame(next);
      else setTimeout(() => resolve({ long, frames: frames.slice(1) }), 300);
    };
    requestAnimationFrame(next);
  });
}

async function scrolled(isWith, isTraced = false) {
  const browser = await (isWith ? withExtension(FEED.viewport) : without(FEED.viewport));
  try {
    const { url } = await manyPage(site.room(), signed.pictures, FEED);
    const page = await browser.context.newPage();
    const scroll = async () => {
      await page.goto(url);
      await pause(1000);
      return page.evaluate(scrollDown, 80);
    };
    if (!isTraced) return await scroll();
    const { result, events } = await traced(browser.context.browser(), scroll);
    return { ...result, tasks: tasksOf(events, `chrome-extension://${browser.id}`) };
  } finally {
    await browser.close();
  }
}

const rows = [];
const row = (what, figures, value, target, passed) => rows.push({ what, figures, value, target, passed });
const ms = (value) => `${value.toFixed(1)} ms`;

/** Our part of tasks by CPU time; by the clock, in which a busy machine lets threads wait, it is told beside it. */
function taskRow(what, tasks) {
  const most = (name) => tasks.reduce((longest, { [name]: time }) => Math.max(longest, time), 0);
  const sum = tasks.reduce((all, { cpu }) => all + cpu, 0);
  row(what, `${tasks.length} tasks, ${ms(sum)} in all; by the clock ${ms(most('ours'))}, ${tasks.filter(({ ours }) => ours > 50).length} over 50 ms`, ms(most('cpu')), '≤ 50 ms', most('cpu') <= 50);
}

try {
  if (parts.has('labels')) {
    say('time to the last label');
    const ours = [], other = [];
    for (let pair = 0; pair < Math.min(pairs, 3); pair++) {
      ours.push(await timeToLastLabel());
      if (hasPeer) other.push(await timeOfPeer());
    }
    for (const [which, what] of ['the first page of a browser', 'the second page'].entries()) {
      const [mine, theirs] = [ours, other].map((times) => median(times.map((each) => each[which])));
      if (hasPeer) row(`last label of ${COUNT} pictures, ${what}`, `${ms(mine)}, c2pa-web ${ms(theirs)}`, `${(mine / theirs).toFixed(2)} ×`, '≤ 1.0 ×', mine <= theirs);
      else row(`last label of ${COUNT} pictures, ${what}`, ms(mine), 'c2pa-web is not here', '≤ 1.0 ×', null);
    }
  }
  if (parts.has('memory')) {
    say('memory');
    const added = { most: [], awake: [], resting: [] };
    for (let pair = 0; pair < Math.min(pairs, 3); pair++) {
      const [bare, ours] = [await measureMemory(false), await measureMemory(true)];
      for (const when of Object.keys(added)) added[when].push(ours[when] - bare[when]);
    }
    const mib = (when) => `${median(added[when]).toFixed(0)} MiB`;
    for (const [when, name] of [['awake', '2 s after the last verdict'], ['resting', '15 s after it, the engine rests']])
      row(`memory that is added, all processes (PSS), ${name}`, `at most ${mib('most')} on the way`, mib(when), '≤ 100 MiB', median(added[when]) <= 100);
  }
  if (parts.has('tasks')) {
    say('tasks');
    const wall = await (async () => {
      const browser = await withExtension(WALL.viewport);
      try {
        const { url } = await manyPage(site.room(), signed.pictures, WALL);
        const page = await browser.context.newPage();
        const { events } = await traced(browser.context.browser(), async () => {
          await page.goto(url);
          await pause(8000);
        });
        return tasksOf(events, `chrome-extension://${browser.id}/content.js`);
      } finally {
        await browser.close();
      }
    })();
    taskRow('longest task on the page’s thread, our part of its CPU time, 500 pictures that come at once', wall);
  }
  if (parts.has('scroll')) {
    const bare = [], ours = [];
    for (let pair = 0; pair < pairs; pair++) {
      say(`scroll, pair ${pair + 1}`);
      const turn = [async () => bare.push(await scrolled(false)), async () => ours.push(await scrolled(true))];
      for (const one of pair % 2 ? turn.reverse() : turn) await one();
    }
    const sum = (runs) => runs.reduce((count, { long }) => count + long.length, 0);
    const blocking = (runs) => runs.reduce((all, { long }) => all + long.reduce((time, { blockingDuration }) => time + blockingDuration, 0), 0);
    const frame = (runs) => median(runs.map(({ frames }) => median(frames)));
    row(`long animation frames of ${pairs} scrolls`, `without ${sum(bare)} (${bare.map(({ long }) => long.length).join(', ')}), with ${sum(ours)} (${ours.map(({ long }) => long.length).join(', ')}); blocking ${ms(blocking(bare))} and ${ms(blocking(ours))}`, String(sum(ours)), `≤ 1.1 × + 1 = ${(1.1 * sum(bare) + 1).toFixed(1)}`, sum(ours) <= 1.1 * sum(bare) + 1);
    const added = frame(ours) - frame(bare);
    row('median frame of a scroll', `without ${ms(frame(bare))}, with ${ms(frame(ours))}`, ms(added), '≤ 2 ms added', added <= 2);
    const { tasks } = await scrolled(true, true);
    taskRow('longest task of a scroll, our part of its CPU time', tasks);
  }
} finally {
  await site.close();
  await files.remove();
}

const section = extensionTable(rows, { pairs, date: new Date(), load: os.loadavg()[0] });
console.log(section);
if (options.write) {
  const file = inRepository('docs/benchmarks.md');
  fs.writeFileSync(file, pageWith(fs.readFileSync(file, 'utf8'), [section]));
}
if (rows.some(({ passed }) => passed === false)) process.exitCode = 1;
