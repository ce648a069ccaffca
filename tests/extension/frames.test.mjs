// Documents other than plain pages, and what happens to them: pictures opened alone, frames that come and go, history, service workers,
// the context menu, and everything that may break while a file is checked.
import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { eventually } from '../browser/eventually.mjs';
import { launchExtension } from './harness/extension.mjs';
import { countLabels, isOn } from './harness/labels.mjs';
import { furnished, pictures, withComment } from './harness/media.mjs';
import { onSite } from './harness/on-site.mjs';
import { addLater } from './harness/run.mjs';
import { cutOff, endless, slow } from './harness/site.mjs';

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const good = '<img id="m" src="good.jpg" width="400" height="260">';
const answered = ({ entries }) => entries.length > 0 && entries.every((entry) => entry.phase === 'answered' && (entry.verdict.label === 'none' || entry.verdict.obstacle || entry.sameness !== null));
const labelsOf = ({ entries }) => entries.map(({ verdict }) => verdict.label).sort();

describe('documents and their fates, in Chromium', { skip: isAbsent('chromium'), timeout: 600_000 }, () => {
  const on = onSite((port) => launchExtension({ args: [`--unsafely-treat-insecure-origin-as-secure=http://news.example:${port}`], edit: hangOnSight }));

  describe('side by side', { concurrency: 4 }, () => {
    test('a picture opened alone', async () => {
      const room = furnished(on.site);
      const page = await on.browser.open(room.url('good.jpg'));
      const { entries } = await on.browser.view(page, answered);
      assert.deepEqual(entries.map(({ kind, verdict }) => [kind, verdict.label]), [['image', 'intact-known']]);
      await on.browser.labels.wait(page, 'img');
      await page.close();
    });

    test('a picture opened alone in a sandbox', async () => {
      const room = furnished(on.site).put('alone.jpg', pictures['good.jpg'], { headers: { 'Content-Security-Policy': "default-src 'none'; sandbox" } });
      const page = await on.browser.open(room.url('alone.jpg'));
      const { entries: [entry] } = await on.browser.view(page, answered);
      assert.equal(entry.verdict.label, 'intact-known');
      await on.browser.labels.wait(page, 'img');
      await page.close();
    });

    test('a drawing opened alone is no picture of ours, and breaks nothing', async () => {
      const room = furnished(on.site).put('drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="500" height="400"><image href="good.jpg" width="400" height="260"/></svg>');
      const page = await on.browser.open(room.url('drawing.svg'));
      const faults = [];
      page.on('pageerror', (fault) => faults.push(fault.message));
      // A page that came later has its label.
      const later = await on.browser.open(room.page('later.html', good));
      await on.browser.labels.wait(later, '#m');
      assert.deepEqual(faults, []);
      await later.close();
      await page.close();
    });

    test('a frame that goes takes its media with it, and one that comes brings them', async () => {
      const room = furnished(on.site).put('inner.html', `<!doctype html>${good}`).put('other.html', '<!doctype html><img src="changed.jpg" width="400" height="260">');
      const page = await on.browser.open(room.page('page.html', `<img src="none.jpg" width="400" height="260"><iframe src="${room.url('inner.html', 'other.example')}" width="500" height="320"></iframe>`));
      assert.deepEqual(labelsOf(await on.browser.view(page, (view) => view.entries.length === 2 && answered(view))), ['intact-known', 'none']);
      await page.evaluate((url) => (document.querySelector('iframe').src = url), room.url('other.html', 'cdn.example'));
      assert.deepEqual(labelsOf(await on.browser.view(page, (view) => view.entries.some(({ verdict }) => verdict?.label === 'broken') && answered(view))), ['broken', 'none']);
      await page.evaluate(() => document.querySelector('iframe').remove());
      assert.deepEqual(labelsOf(await on.browser.view(page, (view) => view.entries.length === 1 && answered(view))), ['none']);
      await page.close();
    });

    test('the origin of a frame is told as the browser knows it', async () => {
      const room = furnished(on.site).put('inner.html', `<!doctype html>${good}`);
      const page = await on.browser.open(room.page('page.html', `<iframe src="${room.url('inner.html', 'other.example')}" width="500" height="320"></iframe><iframe sandbox src="inner.html" width="500" height="320"></iframe>`));
      const { entries, origin } = await on.browser.view(page, (view) => view.entries.length === 2 && answered(view));
      assert.deepEqual(entries.map((entry) => entry.origin).sort(), [`http://other.example:${on.site.port}`, 'null'].sort());
      assert.equal(origin, `http://news.example:${on.site.port}`);
      await page.close();
    });

    test('a page whose service worker answers for its pictures', async () => {
      const room = furnished(on.site);
      room.put('worker.js', `addEventListener('install', () => skipWaiting()); addEventListener('activate', (event) => event.waitUntil(clients.claim()));
        addEventListener('fetch', (event) => { if (/made|swapped/.test(event.request.url)) event.respondWith(fetch(event.request.destination === 'image' ? 'plain.png' : 'good.jpg')); });`);
      // One is made up by the worker, the other one has other bytes at the server.
      room.put('swapped.jpg', pictures['good.jpg']);
      const url = room.page('page.html', '<script>navigator.serviceWorker.register("worker.js").then(() => navigator.serviceWorker.ready).then(() => { globalThis.isReady = true; });</script>');
      const page = await on.browser.open(url);
      await page.waitForFunction('globalThis.isReady && navigator.serviceWorker.controller');
      await page.evaluate(() => document.body.append(...['made.jpg', 'swapped.jpg'].map((src) => Object.assign(new Image(400, 260), { src }))));
      const { entries } = await on.browser.view(page, (view) => view.entries.length === 2 && answered(view));
      for (const { verdict: { label }, sameness } of entries) assert.ok(['none', 'not-checked'].includes(label) || sameness === 'other', `${label}, ${sameness}: the pixels are other ones`);
      await addLater(page);
      await on.browser.labels.wait(page, '#later');
      const box = await page.locator('#later').boundingBox();
      for (const label of await on.browser.labels.all(page)) assert.ok(isOn(label, box) || !/Unchanged/.test(label.name), label.name);
      await page.close();
    });

    test('without a network it says so, and checks when the network is back', async () => {
      const room = furnished(on.site).put('gone.jpg', pictures['good.jpg'], { headers: { 'Cache-Control': 'no-store' } });
      const page = await on.browser.open(room.page('page.html', `<img id="m" src="${room.url('gone.jpg', 'cdn.example')}" width="60" height="39">`));
      const { entries: [entry] } = await on.browser.view(page, ({ entries }) => entries.length === 1);
      let isGone = true;
      room.put('gone.jpg', (asked, response) => (isGone ? response.destroy() : response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(pictures['good.jpg'])));
      const check = () => on.browser.tell({ kind: 'check', tab: page.tab, frame: entry.frame, ids: [entry.id] });
      await check();
      const { entries: [off] } = await on.browser.view(page, answered);
      assert.deepEqual([off.verdict.label, off.verdict.obstacle], ['not-checked', 'offline']);
      isGone = false;
      await check();
      assert.deepEqual(labelsOf(await on.browser.view(page, (view) => answered(view) && view.entries[0].verdict.obstacle === null)), ['intact-known']);
      await page.close();
    });

    test('files that are cut off, or end in an error, say so and hold nothing up', async () => {
      const room = furnished(on.site);
      const isFirst = { cut: true, error: true };
      const then = (name, answer) => (asked, response) => {
        if (isFirst[name]) response.writeHead(200, { 'Content-Type': 'image/jpeg', 'Cache-Control': 'no-store' }).end(pictures['good.jpg']);
        else answer(asked, response);
      };
      room.put('cut.jpg', then('cut', cutOff(pictures['good.jpg'].subarray(0, 20_000), { type: 'image/jpeg' })));
      room.put('error.jpg', then('error', (asked, response) => response.writeHead(500).end()));
      const page = await on.browser.open(room.page('page.html', ['cut', 'error'].map((name) => `<img src="${room.url(`${name}.jpg`, 'cdn.example')}" width="60" height="39">`).join('')));
      await on.browser.view(page, ({ entries }) => entries.length === 2);
      isFirst.cut = isFirst.error = false;
      await on.browser.tell({ kind: 'check-all', tab: page.tab });
      const { entries } = await on.browser.view(page, (view) => view.entries.length === 2 && answered(view));
      for (const { verdict } of entries) assert.equal(verdict.label, 'not-checked', JSON.stringify(verdict));
      assert.equal(entries.find(({ url }) => url.endsWith('error.jpg')).verdict.obstacle, 'http-error');
      await page.close();
    });

    test('a file that never ends is given up, and the others go on', { timeout: 120_000 }, async () => {
      const room = furnished(on.site);
      const forever = endless(pictures['good.jpg'], { type: 'image/jpeg' });
      room.put('endless.jpg', (asked, response) => (asked.count === 0 ? response.writeHead(200, { 'Content-Type': 'image/jpeg', 'Cache-Control': 'no-store' }).end(pictures['good.jpg']) : forever(asked, response)));
      const page = await on.browser.open(room.page('page.html', `<img src="${room.url('endless.jpg', 'cdn.example')}" width="400" height="260"><img src="none.jpg" width="400" height="260">`));
      const { entries } = await on.browser.view(page, (view) => view.entries.length === 2 && answered(view));
      assert.equal(entries.find(({ url }) => url.endsWith('endless.jpg')).verdict.obstacle, 'too-large');
      assert.equal(entries.find(({ url }) => url.endsWith('none.jpg')).verdict.label, 'none');
      await page.close();
    });
  });

  test('labels in frames stay, and nobody is said to interfere', async () => {
    const room = furnished(on.site).put('inner.html', `<!doctype html>${good}`);
    const page = await on.browser.open(room.page('page.html', `${good}<iframe src="inner.html" width="500" height="320"></iframe><iframe src="${room.url('inner.html', 'other.example')}" width="500" height="320"></iframe>`));
    await page.setViewportSize({ width: 1000, height: 1200 });
    await on.browser.view(page, (view) => view.entries.length === 3 && answered(view));
    await countLabels(on.browser.labels, page, 3);
    // For so long they must stay.
    await pause(2500);
    assert.equal((await on.browser.labels.everywhere(page)).length, 3);
    const { entries } = await on.browser.view(page, answered);
    assert.deepEqual(entries.map(({ interference }) => interference), [false, false, false]);
    await page.close();
  });

  test('back and forward', async () => {
    const room = furnished(on.site);
    const page = await on.browser.open(room.page('page.html', good));
    await on.browser.view(page, answered);
    await on.browser.labels.wait(page, '#m');
    await page.goto(room.page('next.html', '<img id="m" src="changed.jpg" width="400" height="260">'));
    const next = await on.browser.view(page, (view) => answered(view) && view.entries[0].url.endsWith('changed.jpg'));
    assert.deepEqual(labelsOf(next), ['broken']);
    await page.goBack();
    const back = await on.browser.view(page, (view) => answered(view) && view.entries.length === 1 && view.entries[0].url.endsWith('good.jpg'));
    assert.deepEqual(labelsOf(back), ['intact-known']);
    await on.browser.labels.wait(page, '#m', ({ name }) => name.includes(back.entries[0].verdict.sentence));
    await page.goForward();
    assert.deepEqual(labelsOf(await on.browser.view(page, (view) => answered(view) && view.entries[0].url.endsWith('changed.jpg'))), ['broken']);
    await page.close();
  });

  test('back and forward, kept whole by the browser', async () => {
    const own = await launchExtension({ context: { ignoreDefaultArgs: ['--disable-extensions', '--disable-back-forward-cache'] } });
    try {
      const room = furnished(on.site);
      const page = await own.open(room.page('page.html', `${good}<script>addEventListener('pageshow', ({ persisted }) => { globalThis.wasKept = persisted; });</script>`));
      await own.labels.wait(page, '#m');
      await page.goto(room.page('next.html', '<img id="m" src="changed.jpg" width="400" height="260">'));
      await own.view(page, (view) => answered(view) && view.entries[0].url.endsWith('changed.jpg'));
      await page.goBack({ waitUntil: 'commit' });
      await page.waitForFunction(() => globalThis.wasKept === true);
      assert.deepEqual(labelsOf(await own.view(page, (view) => answered(view) && view.entries.length === 1 && view.entries[0].url.endsWith('good.jpg'))), ['intact-known']);
      await page.evaluate(() => (document.querySelector('#m').src = 'changed.jpg'));
      const { entries: [entry] } = await own.view(page, (view) => answered(view) && view.entries[0].url.endsWith('changed.jpg'));
      await own.labels.wait(page, '#m', ({ name }) => name.includes(entry.verdict.sentence));
      await page.close();
    } finally {
      await own.close();
    }
  });

  test('a page that writes itself anew: its labels are right, and answer', async () => {
    const page = await on.browser.open(furnished(on.site).page('page.html', good));
    await on.browser.labels.press(page, '#m');
    await page.evaluate(() => {
      document.open();
      document.write('<!doctype html><img id="m" src="ai.jpg" width="400" height="260">');
      document.close();
    });
    const { entries: [entry] } = await on.browser.view(page, (view) => answered(view) && view.entries.length === 1 && view.entries[0].url.endsWith('ai.jpg'));
    assert.equal(entry.interference, false);
    await on.browser.labels.wait(page, '#m', ({ name }) => name.includes(entry.verdict.sentence));
    await on.browser.labels.press(page, '#m');
    await page.close();
  });

  test('the context menu checks the picture that was clicked, under what lies over it', async () => {
    const room = furnished(on.site);
    const page = await on.browser.open(room.page('page.html', `<div style="position: relative"><img id="m" src="good.jpg" width="60" height="39" style="margin: 0"><a href="#" style="position: absolute; inset: 0"></a></div>`));
    await on.browser.view(page, ({ entries }) => entries.length === 1 && entries[0].phase === 'unasked');
    await page.mouse.click(60, 55, { button: 'right' });
    const answer = await on.browser.menu(page, 'check');
    assert.equal(typeof answer, 'number');
    const { entries: [entry] } = await on.browser.view(page, answered);
    assert.equal(answer, entry.id);
    assert.equal(entry.verdict.label, 'intact-known');
    await page.close();
  });

  test('the context menu finds nothing where nothing is', async () => {
    const room = furnished(on.site);
    const page = await on.browser.open(room.page('page.html', '<p style="height: 600px">words</p>'));
    await on.browser.view(page, () => true);
    await page.mouse.click(500, 500, { button: 'right' });
    assert.equal(await on.browser.menu(page, 'check'), null);
    await page.close();
  });

  test('the service worker dies while a file is read', async () => {
    const room = furnished(on.site).put('slow.jpg', slow(pictures['ai.jpg'], 2000, { type: 'image/jpeg' }));
    const page = await on.browser.open(room.page('page.html', '<img id="m" src="slow.jpg" width="400" height="260">'));
    await on.browser.view(page, ({ entries }) => entries.some(({ phase }) => phase === 'checking' || phase === 'answered'));
    assert.equal(await on.browser.stopWorker(), true);
    const { entries: [entry] } = await on.browser.view(page, answered);
    assert.equal(entry.verdict.label, 'intact-known');
    // And after it: a page that begins while there is none.
    await on.browser.stopWorker();
    const later = await on.browser.open(room.page('later.html', '<img id="m" src="changed.jpg" width="400" height="260">'));
    assert.deepEqual(labelsOf(await on.browser.view(later, answered)), ['broken']);
    await later.close();
    await page.close();
  });

  test('the engine’s document is closed and the page begins anew', async () => {
    const room = furnished(on.site);
    const page = await on.browser.open(room.page('page.html', good));
    await on.browser.view(page, answered);
    await on.browser.worker().evaluate(() => chrome.offscreen.closeDocument());
    await page.evaluate(() => document.body.append(Object.assign(new Image(400, 260), { src: 'changed.jpg' })));
    assert.deepEqual(labelsOf(await on.browser.view(page, (seen) => seen.entries.length === 2 && answered(seen))), ['broken', 'intact-known']);
    await page.close();
  });

  test('K19: a file that hangs the engine is given up after 10 s, and the others go on', { timeout: 120_000 }, async () => {
    const room = furnished(on.site).put('hang.jpg', withComment(pictures['good.jpg'], HANGS));
    const page = await on.browser.open(room.page('page.html', '<img src="hang.jpg" width="400" height="260"><img src="ai.jpg" width="400" height="260"><img src="changed.jpg" width="400" height="260">'));
    const { entries } = await on.browser.view(page, (view) => view.entries.length === 3 && answered(view));
    const of = (name) => entries.find(({ url }) => url.endsWith(name)).verdict;
    assert.deepEqual([of('hang.jpg').label, of('hang.jpg').obstacle], ['not-checked', 'engine-time']);
    assert.deepEqual([of('ai.jpg').label, of('changed.jpg').label], ['intact-known', 'broken']);
    await page.close();
  });

  test('K20: an extension that is renewed leaves no label behind that it does not stand for', async () => {
    const own = await launchExtension();
    try {
      const room = furnished(on.site);
      const page = await own.open(room.page('page.html', good));
      await own.view(page, answered);
      await own.labels.wait(page, '#m');
      const { name } = await own.labels.on(page, '#m');
      await own.worker().evaluate(() => chrome.runtime.reload()).catch(() => {});
      await page.evaluate(() => (document.querySelector('#m').src = 'changed.jpg'));
      // Either none is left, or it is the new script's own.
      await eventually(async () => assert.deepEqual((await own.labels.all(page)).filter((label) => label.name === name), []));
      await eventually(async () => assert.ok(await page.locator('html > [popover=manual]').count() <= 1));
      await page.close();
    } finally {
      await own.close();
    }
  });
});

/** What a file says that hangs the engine of the test copy. */
const HANGS = 'this file hangs the engine';

/** No file is known that hangs the engine. So the copy's worker hangs by itself when it is handed this one. */
async function hangOnSight(manifest, folder) {
  const worker = path.join(folder, 'engine/browser/worker.js');
  const code = await readFile(worker, 'utf8');
  assert.ok(code.length > 0);
  await appendFile(worker, `
;(() => {
  const marks = new TextEncoder().encode(${JSON.stringify(HANGS)});
  const holds = (bytes) => bytes.some((_, at) => at < 200 && marks.every((mark, i) => bytes[at + i] === mark));
  const hang = () => { for (;;); };
  addEventListener('message', (event) => {
    for (const value of Object.values(event.data ?? {})) {
      if (value instanceof Blob) { if (holds(new Uint8Array(new FileReaderSync().readAsArrayBuffer(value.slice(0, 300))))) hang(); }
      else if (value instanceof Uint8Array || value instanceof ArrayBuffer) { if (holds(new Uint8Array(value.buffer ?? value, 0, Math.min(300, value.byteLength)))) hang(); }
    }
  });
})();`);
}
