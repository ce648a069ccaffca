// The engine host in real Chromium: which bytes are read, from where, and what is said of how they belong to what is shown.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { isAbsent } from '../browser/browsers.mjs';
import { samplePath } from '../browser/files.mjs';
import { shared, sharedIsAbsent } from '../browser/repository.mjs';
import { launchExtension } from './harness/extension.mjs';
import { choose, cutOff, endless, file, redirect, serveSite } from './harness/site.mjs';

describe('the engine in Chromium', { skip: isAbsent('chromium'), timeout: 600_000 }, () => {
  let site, extension, samples;
  before(async () => {
    samples = Object.fromEntries(await Promise.all(['good', 'ai', 'none', 'changed'].map(async (name) => [name, await readFile(samplePath(`${name}.jpg`))])));
    site = await serveSite();
    extension = await launchExtension({ sites: ['*://*.example/*', 'http://127.0.0.1/*'] });
    const worker = extension.worker();
    for (let i = 0; i < 200 && !(await worker.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).length)); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  after(async () => {
    await extension?.close();
    await site?.close();
  });

  /** Opens a page of these pictures, has all of them checked, and tells what the popup hears of each, by the end of its address. */
  async function check(room, html, { head, until = (entry) => entry.phase === 'answered' && (entry.verdict.label === 'none' || entry.verdict.obstacle !== null || entry.sameness !== null) } = {}) {
    const page = await extension.open(room.page('index.html', html, { head }));
    const first = await extension.view(page, (view) => view.entries.length > 0, 60_000);
    await extension.tell({ kind: 'check-all', tab: page.tab });
    const count = (html.match(/<(img|video)/g) ?? []).length;
    const view = await extension.view(page, ({ entries }) => entries.length >= count && entries.every(until), 60_000);
    assert.equal(first.tab, view.tab);
    const entries = Object.fromEntries(view.entries.map((entry) => [/^https?:/.test(entry.url) ? entry.url.split('/').at(-1) : entry.url.split(':')[0], entry]));
    return { page, entries, said: Object.fromEntries(Object.entries(entries).map(([name, { verdict, sameness }]) => [name, `${verdict.obstacle ?? verdict.label} ${sameness}`])) };
  }
  const images = (...names) => names.map((name) => `<img src="${name}" width="100" style="display:inline">`).join('');

  test('a_pages_own_pictures_are_read_from_what_the_browser_keeps', async () => {
    const room = site.room();
    const kinds = {
      'tag.jpg': {}, 'no-ranges.jpg': { ranges: false }, 'no-tag.jpg': { headers: { ETag: null } }, 'vary.jpg': { headers: { Vary: 'Origin' } },
    };
    for (const [name, options] of Object.entries(kinds)) room.put(name, samples.good, options);
    room.put('chunked.jpg', (asked, response) => { response.writeHead(200, { 'Content-Type': 'image/jpeg', 'Cache-Control': 'max-age=600', ETag: '"1"' }); response.write(samples.good.subarray(0, 999)); response.end(samples.good.subarray(999)); });
    const names = [...Object.keys(kinds), 'chunked.jpg'];
    const { said } = await check(room, images(...names));
    for (const name of names) assert.equal(said[name], 'intact-known same-pixels', name);
    for (const name of names) assert.equal(room.log(name).length, 1, `${name} was asked for once, by its page: ${JSON.stringify(room.log(name).map(({ headers }) => headers.range))}`);
  });

  test('a_second_answer_that_is_another_file_is_told_apart', async () => {
    const room = site.room();
    const wide = sharedIsAbsent ? null : await readFile(path.join(shared, 'corpus/cawg/ica/invalid_cose_sign_alg.jpg'));
    const second = ({ count }) => (count > 0 ? 1 : 0);
    room.put('own.jpg', choose(second, [samples.none, { type: 'image/jpeg' }], [samples.good, { type: 'image/jpeg' }]));
    room.put('far.jpg', choose(second, [samples.ai, { type: 'image/jpeg' }], [samples.good, { type: 'image/jpeg' }]));
    if (wide) room.put('size.jpg', choose(second, [samples.none, { type: 'image/jpeg' }], [wide, { type: 'image/jpeg' }]));
    const { said } = await check(room, images('own.jpg', room.url('far.jpg', 'cdn.example'), ...(wide ? [room.url('size.jpg', 'cdn.example')] : [])));
    // good.jpg and none.jpg are one photograph: their pixels are what they look like.
    assert.match(said['own.jpg'], /^intact-known (other|same-pixels)$/);
    assert.equal(said['far.jpg'], 'intact-known fresh');
    if (wide) assert.match(said['size.jpg'], / other$/);
  });

  test('pixels_tell_another_picture_of_the_same_size', async () => {
    const room = site.room();
    room.put('own.jpg', choose(({ count }) => (count > 0 ? 1 : 0), [samples.ai, { type: 'image/jpeg' }], [samples.good, { type: 'image/jpeg' }]));
    const { said } = await check(room, images('own.jpg'));
    assert.equal(said['own.jpg'], 'intact-known other');
  });

  test('nothing_is_sent_that_tells_who_looks_at_which_page', async () => {
    const room = site.room();
    room.put('far.jpg', samples.good, { headers: { 'Set-Cookie': 'who=reader; Path=/', 'Cache-Control': 'no-store' } }).put('near.jpg', samples.good, { headers: { 'Cache-Control': 'no-store', 'Set-Cookie': 'who=reader; Path=/' } });
    const { said } = await check(room, images(room.url('far.jpg', 'cdn.example'), 'near.jpg'));
    assert.deepEqual(said, { 'far.jpg': 'intact-known fresh', 'near.jpg': 'intact-known same-pixels' });
    const [, ...far] = room.log('far.jpg'), [, ...near] = room.log('near.jpg');
    assert.ok(far.length >= 1 && near.length >= 1);
    for (const { method, headers } of far) {
      assert.equal(method, 'GET');
      for (const name of ['cookie', 'referer', 'origin']) assert.equal(headers[name], undefined, name);
      assert.equal(headers.accept, room.log('far.jpg')[0].headers.accept);
    }
    for (const { method, headers } of near) assert.deepEqual([method, headers.referer], ['GET', undefined]);
  });

  test('a_pages_own_blob_and_data_are_what_is_shown', async () => {
    const room = site.room();
    room.put('good.jpg', samples.good);
    const head = `<script>addEventListener('DOMContentLoaded', async () => { blob.src = URL.createObjectURL(await (await fetch('good.jpg')).blob()); });</script>`;
    const { said } = await check(room, `<img id="blob" alt=""><img alt="" src="data:image/jpeg;base64,${samples.changed.toString('base64')}">`, { head });
    assert.deepEqual(said, { blob: 'intact-known own-bytes', data: 'broken own-bytes' });
    assert.equal(room.log('good.jpg').length, 1);
  });

  test('a_blob_that_was_withdrawn_was_changed', async () => {
    const room = site.room();
    room.put('good.jpg', samples.good);
    const head = `<script>addEventListener('DOMContentLoaded', async () => { const url = URL.createObjectURL(await (await fetch('good.jpg')).blob()); blob.onload = () => URL.revokeObjectURL(url); blob.src = url; });</script>`;
    const { said } = await check(room, '<img id="blob" alt="">', { head });
    assert.match(said.blob, /^changed /);
  });

  test('a_film_that_the_page_puts_together_is_a_stream', async () => {
    const room = site.room();
    const head = `<script>addEventListener('DOMContentLoaded', () => { canvas.getContext('2d').fillRect(0, 0, 9, 9); film.srcObject = canvas.captureStream(30); void film.play(); });</script>`;
    const { said } = await check(room, '<canvas id="canvas"></canvas><video id="film" muted width="200" height="200"></video>', { head });
    assert.match(said.blob, /^stream /);
  });

  test('what_stands_in_the_way_is_named', async () => {
    const room = site.room();
    room.put('good.jpg', samples.good).put('to.jpg', redirect(room.url('good.jpg', 'cdn.example'))).put('gone.jpg', file('', { status: 404 }));
    room.put('once.jpg', choose(({ count }) => (count > 0 ? 1 : 0), [samples.good, { type: 'image/jpeg' }], ['', { status: 500 }]));
    room.put('long.jpg', choose(() => 0, [samples.good, { type: 'image/jpeg' }]));
    const { said } = await check(room, images(
      room.url('to.jpg', 'cdn.example'), room.url('once.jpg', 'cdn.example'), room.url('good.jpg', '127.0.0.1')));
    assert.match(said['to.jpg'], /^redirect /);
    assert.match(said['once.jpg'], /^http-error /);
    assert.match(said['good.jpg'], /^private-address /);
    assert.deepEqual(room.log('good.jpg').filter(({ host }) => host === '127.0.0.1').length, 1, 'the page itself asked');
  });

  test('a_server_that_turned_hostile_is_left', async () => {
    const room = site.room();
    const once = (then) => (asked, response) => (asked.count === 0 ? file(samples.good, { type: 'image/jpeg', headers: { 'Cache-Control': 'no-store' } }) : then)(asked, response);
    room.put('endless.jpg', once(endless(samples.good, { type: 'image/jpeg', most: 40 << 20 }))).put('cut.jpg', once(cutOff(samples.good, { type: 'image/jpeg' })));
    const { said } = await check(room, images(room.url('endless.jpg', 'cdn.example'), room.url('cut.jpg', 'cdn.example')));
    assert.match(said['endless.jpg'], /^too-large /);
    assert.match(said['cut.jpg'], /^offline /);
  });

  test('packed_and_turned_and_moving_pictures_are_the_same_to_the_pixel', { skip: sharedIsAbsent }, async () => {
    const room = site.room();
    const names = ['public-testfiles/nikon-20221019-building.jpeg', 'real-world/adobe-c2pa-actions-1.2.png', 'made-variants/tam-media.gif', 'c2pa-js-legacy/E-clm-CAICAI.jpg'];
    for (const [i, name] of names.entries()) room.put(`${i}${path.extname(name)}`, await readFile(path.join(shared, 'corpus', name)), { type: `image/${path.extname(name).slice(1).replace('jpg', 'jpeg')}` });
    room.put('packed.svg', (asked, response) => response.writeHead(200, { 'Content-Type': 'image/svg+xml', 'Content-Encoding': 'gzip', ETag: 'W/"1"', 'Cache-Control': 'no-store' }).end(gzipSync(`<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><!--${'x'.repeat(200_000)}--></svg>`)));
    const { said } = await check(room, images(...names.map((name, i) => `${i}${path.extname(name)}`), 'packed.svg'));
    for (const [name, each] of Object.entries(said)) assert.doesNotMatch(each, / other$/, name);
    assert.match(said['packed.svg'], /^none /);
  });

  test('bytes_and_reports_are_handed_to_our_pages', async () => {
    const room = site.room();
    room.put('good.jpg', samples.good);
    const { page, entries } = await check(room, images('good.jpg'));
    const medium = { tab: page.tab, frame: 0, id: entries['good.jpg'].id };
    const { url, digest } = await extension.ask({ kind: 'bytes', ...medium });
    assert.equal(digest, entries['good.jpg'].verdict.digest);
    const length = await (await extension.listener()).evaluate(async (address) => (await (await fetch(address)).blob()).size, url);
    assert.equal(length, samples.good.length);
    const report = await extension.ask({ kind: 'report', ...medium, format: 'json', language: 'en' });
    assert.equal(JSON.parse(report.text).label, 'intact-known');
  });

  test('the_engine_outlives_the_service_worker', async () => {
    const room = site.room();
    room.put('good.jpg', samples.good).put('changed.jpg', samples.changed);
    const { page, entries } = await check(room, images('good.jpg'));
    assert.ok(await extension.stopWorker());
    await page.evaluate(() => { document.images[0].insertAdjacentHTML('afterend', '<img src="changed.jpg" width="100">'); });
    const view = await extension.view(page, ({ entries: all }) => all.length === 2 && all.every(({ phase }) => phase === 'answered'), 60_000);
    assert.deepEqual(view.entries.map(({ verdict }) => verdict.label), ['intact-known', 'broken']);
    assert.equal(view.entries[0].verdict.at, entries['good.jpg'].verdict.at, 'what was known is still known');
  });
});
