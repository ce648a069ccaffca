// The settings and the help page as people use them, in Chromium.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { makeSigner, opensslIsAbsent } from '../browser/cms.mjs';
import { counts, eventually, patience, says } from '../browser/eventually.mjs';
import { inRepository } from '../browser/repository.mjs';
import { launchExtension } from './harness/extension.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const words = Object.fromEntries(['en', 'ko'].map((language) => [language, JSON.parse(readFileSync(inRepository(`extension/src/words/${language}.json`), 'utf8'))]));
const official = 'https://raw.githubusercontent.com/c2pa-org/conformance-public/main/trust-list/';
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const own = { name: 'anchors.pem', mimeType: 'application/x-pem-file', buffer: readFileSync(inRepository('tests/samples/anchors.pem')) };
const certificate = /-----BEGIN CERTIFICATE-----([^-]+)-----END/.exec(own.buffer.toString())[1].replaceAll(/\s/g, '');

/** A newsroom's list (docs/trust.md). */
const newsroom = (sequenceNumber, more = {}) => Buffer.from(JSON.stringify({
  format: 'provenance-list', version: 1, kind: 'trust', name: 'Example News', sequenceNumber, issued: '2026-11-01T12:00:00Z', anchors: [{ certificate }], ...more,
}));

describe('the settings', { skip: isAbsent('chromium'), timeout: 600_000 }, () => {
  let extension, page, complaints;

  before(async () => (extension = await launchExtension({
    sites: [], settings: { lists: [], wasAsked: true }, hosts: ['*://news.example/*', '*://127.0.0.1/*', 'https://raw.githubusercontent.com/*'],
  })));
  after(() => extension?.close());
  beforeEach(async () => {
    page = await extension.context.newPage();
    page.setDefaultTimeout(patience);
    complaints = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(extension.inside('options.html'));
    await page.evaluate(() => chrome.storage.local.clear());
    await page.reload();
    await page.locator('h3').first().waitFor();
  });
  afterEach(async () => {
    await page.close();
    // A list that a test does not let us have.
    assert.deepEqual(complaints.filter((text) => !/Failed to load resource|CORS policy/.test(text)), []);
  });

  const kept = () => page.evaluate(async () => (await chrome.storage.local.get('settings')).settings ?? {});
  const button = (name, { of = page } = {}) => of.getByRole('button', { name, exact: true });
  const section = (id) => page.locator(`#${id}`);
  const told = (id, key, values = {}) => section(id).getByText(Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words.en[key]), { exact: true }).waitFor();
  const rows = () => section('lists').locator('.things > li');

  /** Answers for the official lists; what is asked for is written down. */
  async function publish(answers) {
    const asked = [];
    await page.route(`${official}**`, (route) => {
      const name = route.request().url().slice(official.length), answer = answers[name];
      asked.push({ name, headers: route.request().headers() });
      return answer === undefined ? route.abort() : Buffer.isBuffer(answer) ? route.fulfill({ body: answer }) : route.fulfill(answer);
    });
    return asked;
  }

  test('fetch the official lists from the address that is shown, and keep the last good one', async () => {
    await counts(section('lists').getByText(official), 1);
    const asked = await publish({ 'C2PA-TRUST-LIST.json': newsroom(5), 'C2PA-TSA-TRUST-LIST.json': undefined });
    await button(words.en['options.lists.fetch']).click();
    await told('lists', 'options.lists.outcome-new', { name: 'C2PA-TRUST-LIST.json' });
    await told('lists', 'options.lists.outcome-unreachable', { name: 'C2PA-TSA-TRUST-LIST.json' });
    assert.deepEqual(asked.map(({ name }) => name).sort(), ['C2PA-TRUST-LIST.json', 'C2PA-TSA-TRUST-LIST.json']);
    for (const { headers } of asked) assert.deepEqual([headers.cookie, headers.referer], [undefined, undefined]);
    const [list] = (await kept()).lists;
    assert.deepEqual([list.origin, list.source], ['fetched', `${official}C2PA-TRUST-LIST.json`]);
    await says(rows().first(), new RegExp(`number 5 of November 1, 2026[\\s\\S]*${sha256(newsroom(5))}`));

    for (const [answer, outcome] of [
      [newsroom(4), 'older'], [newsroom(5, { issued: '2026-10-31T12:00:00Z' }), 'older'], [own.buffer, 'older'], [newsroom(6).subarray(0, 300), 'older'], [newsroom(6, { anchors: [] }), 'unusable'], [newsroom(6, { surprise: 1 }), 'unusable'],
      [{ status: 404, body: newsroom(6) }, 'unreachable'], [Buffer.alloc((4 << 20) + 1, ' '), 'too-large'], [newsroom(5), 'same'], [newsroom(6), 'new'],
    ]) {
      await page.unroute(`${official}**`);
      await publish({ 'C2PA-TRUST-LIST.json': answer });
      await button(words.en['options.lists.again']).click();
      await told('lists', `options.lists.outcome-${outcome}`, { name: 'C2PA-TRUST-LIST.json' });
      const { lists } = await kept();
      assert.equal(lists.length, 1);
      assert.equal(Buffer.from(lists[0].content, 'base64').equals(newsroom(outcome === 'new' ? 6 : 5)), true, outcome);
    }
  });

  test('take a list from a file, say what it is, and let go of it', async () => {
    const input = section('lists').locator('input[type=file]');
    await input.setInputFiles(own);
    await told('lists', 'options.lists.outcome-new', { name: 'anchors.pem' });
    await says(rows(), new RegExp(sha256(own.buffer)));
    await rows().locator('select').selectOption('time-stamp-anchors');
    await eventually(async () => assert.equal((await kept()).lists[0].role, 'time-stamp-anchors'));
    await input.setInputFiles({ name: 'holiday.json', mimeType: 'application/json', buffer: Buffer.from('{"format":"photo"}') });
    await told('lists', 'options.lists.outcome-unusable', { name: 'holiday.json' });
    await input.setInputFiles({ name: 'large.pem', mimeType: 'text/plain', buffer: Buffer.alloc((4 << 20) + 1) });
    await told('lists', 'options.lists.outcome-too-large', { name: 'large.pem' });
    await input.setInputFiles({ name: 'desk.json', mimeType: 'application/json', buffer: newsroom(7) });
    await told('lists', 'options.lists.outcome-new', { name: 'desk.json' });
    await input.setInputFiles({ name: 'desk.json', mimeType: 'application/json', buffer: newsroom(6) });
    await told('lists', 'options.lists.outcome-older', { name: 'desk.json' });
    await counts(rows(), 2);
    await button('Remove anchors.pem').click();
    await button('Remove desk.json').click();
    await section('lists').getByText(words.en['options.lists.none'], { exact: true }).waitFor();
    assert.deepEqual((await kept()).lists, []);
  });

  test('turn labels on for sites and off again, and refuse what is no site', async () => {
    await page.fill('#site', 'news.example');
    await button('Add', { of: section('automatic').locator('form').first() }).click();
    await button('Remove news.example').waitFor();
    assert.deepEqual((await kept()).sites, ['*://news.example/*']);
    await page.fill('#site', 'not a site');
    await page.press('#site', 'Enter');
    await section('automatic').getByText(words.en['options.sites.wrong'], { exact: true }).waitFor();
    await eventually(async () => assert.equal(await page.getAttribute('#site', 'aria-invalid'), 'true'));
    assert.deepEqual((await kept()).sites, ['*://news.example/*']);
    await page.fill('#denied', '*.bank.example');
    await page.press('#denied', 'Enter');
    await button('Remove *.bank.example').waitFor();
    assert.deepEqual((await kept()).denied, ['*://*.bank.example/*']);
    await button('Remove *.bank.example').click();
    await button('Remove news.example').click();
    await eventually(async () => assert.deepEqual([(await kept()).sites, (await kept()).denied], [[], []]));
  });

  test('show a site that the browser does not allow, and what is paused', async () => {
    await page.evaluate(() => chrome.storage.local.set({ settings: { sites: ['*://far.test/*'], isPaused: true } }));
    await section('automatic').getByText(words.en['options.sites.not-allowed'], { exact: true }).waitFor();
    await button('Allow far.test').waitFor();
    await button(words.en['options.sites.resume']).click();
    await eventually(async () => assert.equal((await kept()).isPaused, false));
    await section('automatic').getByText(words.en['options.sites.paused']).waitFor({ state: 'detached' });
  });

  test('ask nobody unless the reader says so: both offers and private windows are off', async () => {
    const boxes = { inPrivate: words.en['options.private.automatic'], offersRemote: words.en['options.online.remote'], offersRevocation: words.en['options.online.revocation'] };
    for (const [name, label] of Object.entries(boxes)) {
      const box = page.getByRole('checkbox', { name: label });
      assert.equal(await box.isChecked(), false, name);
      await box.check();
      await eventually(async () => assert.equal((await kept())[name], true));
      await box.uncheck();
      await eventually(async () => assert.equal((await kept())[name], false));
    }
  });

  test("ask a server of the reader's choice for its lists, and send it nothing", async () => {
    const asked = [];
    let lists = [];
    const index = () => (Array.isArray(lists) ? { format: 'provenance-trust-lists', version: 1, issued: new Date().toISOString(), sequence: 1, lists } : lists);
    const server = createServer((request, response) => {
      asked.push(request);
      if (request.url === '/api/v1/trust-lists') return response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(index()));
      if (request.url === '/own.json') return response.writeHead(200).end(newsroom(9));
      if (request.url === '/moved.json') return response.writeHead(302, { Location: '/own.json' }).end();
      response.writeHead(404).end();
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const origin = `http://127.0.0.1:${server.address().port}`;
      for (const wrong of ['http://news.example', `${origin}/lists`, 'lists.example']) {
        await page.fill('#server-address', wrong);
        // The field's own check stops some of these before ours.
        await page.locator('#server form').evaluate((form) => form.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true })));
        await section('server').getByText(words.en['options.server.wrong'], { exact: true }).waitFor();
        assert.equal((await kept()).server ?? '', '');
      }
      await page.fill('#server-address', `${origin}/`);
      await button(words.en['options.server.keep']).click();
      await button(words.en['options.server.fetch']).waitFor();
      assert.equal((await kept()).server, origin);
      assert.equal(asked.length, 0);

      const entry = { name: 'Example News', role: 'any', url: '/own.json', sha256: sha256(newsroom(9)), date: '2026-11-01T12:00:00Z', sequence: 9 };
      for (const [served, outcome, name] of [
        [[{ ...entry, sha256: sha256('other') }], 'other-bytes', 'Example News'], [[{ ...entry, url: '/moved.json' }], 'unreachable', 'Example News'], [[{ ...entry, url: 'http://127.0.0.2/own.json' }], 'not-understood', origin], [{}, 'not-understood', origin], [[entry], 'new', 'Example News'], [[entry], 'same', 'Example News'],
      ]) {
        lists = served;
        await button(words.en['options.server.fetch']).click();
        await told('server', `options.lists.outcome-${outcome}`, { name });
        assert.equal((await kept()).lists?.length ?? 0, outcome === 'new' || outcome === 'same' ? 1 : 0, outcome);
      }
      for (const { method, headers } of asked) {
        assert.equal(method, 'GET');
        assert.deepEqual([headers.cookie, headers.referer, headers.origin], [undefined, undefined, undefined]);
      }
      await button(words.en['options.server.forget']).click();
      await button(words.en['options.server.fetch']).waitFor({ state: 'detached' });
      assert.equal((await kept()).server, '');
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test('take what a pinned certificate signed, and nothing else, from a server', { skip: opensslIsAbsent }, async () => {
    const [operator, stranger] = [makeSigner('Operator'), makeSigner('Stranger')];
    let files = {};
    const publish = (sequence, { signer = operator, listSigner = signer, number = 9, names = ['news'], issued = new Date() } = {}) => {
      const lists = names.map((name) => ({ name, role: 'any', url: `/api/v1/trust-lists/${name}`, sha256: sha256(newsroom(number, { name })), date: issued.toISOString(), sequence: number, ...(signer ? { signature: `/api/v1/trust-lists/${name}.p7s` } : {}) }));
      const bytes = Buffer.from(JSON.stringify({ format: 'provenance-trust-lists', version: 1, issued: issued.toISOString(), sequence, lists }));
      files = { '/api/v1/trust-lists': bytes, '/api/v1/trust-lists.p7s': signer?.sign(bytes) };
      for (const name of names) {
        files[`/api/v1/trust-lists/${name}`] = newsroom(number, { name });
        files[`/api/v1/trust-lists/${name}.p7s`] = listSigner?.sign(newsroom(number, { name }));
      }
    };
    const server = createServer(({ url }, response) => (files[url] ? response.writeHead(200).end(files[url]) : response.writeHead(404).end()));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${server.address().port}`;
    const look = async (outcome, name) => {
      await button(words.en['options.server.fetch']).click();
      await told('server', `options.lists.outcome-${outcome}`, { name });
    };
    const inUse = async () => (await kept()).lists.map(({ name, content }) => `${name} ${JSON.parse(Buffer.from(content, 'base64')).sequenceNumber}`);
    try {
      await page.fill('#server-address', origin);
      await page.fill('#server-signer', 'no certificate');
      await button(words.en['options.server.keep']).click();
      await section('server').getByText(words.en['options.server.signer-wrong'], { exact: true }).waitFor();
      assert.equal((await kept()).server ?? '', '');
      await section('server').locator('input[type=file]').setInputFiles({ name: 'operator.pem', mimeType: 'text/plain', buffer: Buffer.from(operator.pem) });
      await eventually(async () => assert.equal(await page.inputValue('#server-signer'), operator.sha256));
      await button(words.en['options.server.keep']).click();
      await section('server').getByText(words.en['options.server.signed'].replace('{digest}', operator.sha256), { exact: true }).waitFor();

      publish(5);
      await look('new', 'news');
      assert.deepEqual([await inUse(), (await kept()).serverSequence], [['news 9'], 5]);
      for (const [outcome, name, sequence, more] of [
        ['not-signed', origin, 6, { signer: null }], ['other-signer', origin, 6, { signer: stranger }], ['replayed', origin, 4, {}], ['stale', origin, 6, { issued: new Date(Date.now() - 15 * 24 * 3600_000) }],
        ['other-signer', 'news', 6, { listSigner: stranger }], ['not-signed', 'news', 6, { listSigner: null }],
      ]) {
        publish(sequence, { number: 10, ...more });
        await look(outcome, name);
        assert.deepEqual(await inUse(), ['news 9'], outcome);
      }
      publish(7, { number: 10, names: ['news', 'desk'] });
      await look('new', 'desk');
      assert.deepEqual((await inUse()).sort(), ['desk 10', 'news 10']);
      publish(8, { number: 10, names: ['desk'] });
      await look('gone', 'news');
      assert.deepEqual(await inUse(), ['desk 10']);

      // Another certificate is another decision: what was answered before counts no more.
      await page.fill('#server-signer', stranger.pem);
      await button(words.en['options.server.keep']).click();
      await eventually(async () => assert.deepEqual([(await kept()).serverSigner, (await kept()).serverSequence], [stranger.sha256, 0]));
      await look('other-signer', origin);
      await page.fill('#server-signer', '');
      await button(words.en['options.server.keep']).click();
      await section('server').getByText(words.en['options.server.unsigned'].replace('{server}', origin), { exact: true }).waitFor();
    } finally {
      operator.close();
      stranger.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test("keep the reader's sign, and speak the language that is chosen", async () => {
    await page.fill('#own-mark', ' ★ harbour ');
    await button(words.en['options.keep']).click();
    await eventually(async () => assert.equal((await kept()).mark, '★ harbour'));
    await page.selectOption('#language-choice', 'ko');
    await page.getByRole('heading', { name: words.ko['options.title'] }).waitFor();
    await page.waitForFunction(() => document.documentElement.lang === 'ko');
    await page.selectOption('#language-choice', 'browser');
    await page.getByRole('heading', { name: words.en['options.title'], exact: true }).waitFor();
  });

  test('go into a file and come back from it; a file of another kind changes nothing', async () => {
    await page.fill('#own-mark', 'anchor');
    await button(words.en['options.keep']).click();
    await eventually(async () => assert.equal((await kept()).mark, 'anchor'));
    await section('lists').locator('input[type=file]').setInputFiles(own);
    await told('lists', 'options.lists.outcome-new', { name: 'anchors.pem' });
    const { version, ...before } = await kept();
    assert.equal(version, 1);
    const [download] = await Promise.all([page.waitForEvent('download'), button(words.en['options.everything.export']).click()]);
    const saved = await readFile(await download.path());
    assert.deepEqual(JSON.parse(saved).settings, before);
    await page.evaluate(() => chrome.storage.local.clear());
    const bring = (buffer) => section('everything').locator('input[type=file]').setInputFiles({ name: 'settings.json', mimeType: 'application/json', buffer });
    const damaged = JSON.parse(saved);
    damaged.settings.lists[0].content = Buffer.from('no list').toString('base64');
    for (const wrong of [Buffer.from('{}'), Buffer.from(JSON.stringify(damaged))]) {
      await bring(wrong);
      await section('everything').getByText(words.en['options.everything.wrong'], { exact: true }).waitFor();
      assert.deepEqual(await kept(), {});
    }
    await bring(saved);
    await eventually(async () => assert.deepEqual(await kept(), { version, ...before, wasAsked: true }));
  });

  test('are forgotten with everything of the session, once the reader is sure', async () => {
    await page.evaluate(() => Promise.all([chrome.storage.local.set({ settings: { mark: 'gone soon' }, other: 1 }), chrome.storage.session.set({ 'link.x': 'https://news.example/' })]));
    await button(words.en['options.everything.forget']).click();
    await button(words.en['options.everything.cancel']).click();
    assert.equal((await kept()).mark, 'gone soon');
    await button(words.en['options.everything.forget']).click();
    await button(words.en['options.everything.forget-now']).click();
    await eventually(async () => assert.deepEqual(await page.evaluate(() => Promise.all([chrome.storage.local.get(), chrome.storage.session.get()])), [{ settings: { version: 1, wasAsked: true } }, {}]));
  });

  test('ask at the first start, fetch if told to, and ask no second time', async () => {
    await page.evaluate(() => chrome.storage.local.set({ settings: { wasAsked: false } }));
    const asked = await publish({ 'C2PA-TRUST-LIST.json': newsroom(5), 'C2PA-TSA-TRUST-LIST.json': newsroom(5, { name: 'Example Times' }) });
    await page.goto(extension.inside('options.html?first'));
    await page.getByRole('heading', { name: words.en['setup.title'] }).waitFor();
    assert.equal(asked.length, 0);
    await button(words.en['setup.not-now']).click();
    await page.getByRole('heading', { name: words.en['setup.title'] }).waitFor({ state: 'detached' });
    assert.equal(asked.length, 0);
    await eventually(async () => assert.equal((await kept()).wasAsked, true));
    await page.evaluate(() => chrome.storage.local.set({ settings: { wasAsked: false } }));
    await page.reload();
    await button(words.en['setup.fetch']).click();
    await page.locator('.first').getByText(words.en['options.lists.outcome-new'].replace('{name}', 'C2PA-TSA-TRUST-LIST.json'), { exact: true }).waitFor();
    await eventually(async () => assert.equal((await kept()).lists.length, 2));
    await page.reload();
    await page.getByRole('heading', { name: words.en['options.title'], exact: true }).waitFor();
    assert.equal(await page.getByRole('heading', { name: words.en['setup.title'] }).count(), 0);
  });

  test('of a builder who packed lists: they are in use, and can be left out', async () => {
    const packing = await launchExtension({ sites: [], settings: { lists: [], wasAsked: false }, edit: (manifest, folder) => writeFile(path.join(folder, 'trust.json'), JSON.stringify([{ role: 'any', name: 'desk.json', content: newsroom(3).toString('base64') }])) });
    try {
      const own = await packing.context.newPage();
      own.setDefaultTimeout(patience);
      await own.goto(packing.inside('options.html'));
      await says(own.locator('#lists .things > li'), /desk\.json[^]*came with the extension[^]*number 3/);
      assert.equal(await own.locator('#lists .things button').count(), 0);
      await own.getByRole('checkbox', { name: words.en['options.lists.uses-packed'] }).uncheck();
      await own.locator('#lists').getByText(words.en['options.lists.none'], { exact: true }).waitFor();
      await own.getByRole('checkbox', { name: words.en['options.lists.uses-packed'] }).check();
      await own.locator('#lists .things > li').waitFor();
      assert.deepEqual(packing.context.pages().filter((each) => each.url().endsWith('?first')), []);
    } finally {
      await packing.close();
    }
  });

  for (const [name, file, manner] of [
    ['the settings', 'options.html?first', { language: 'en' }], ['the settings, dark', 'options.html', { language: 'en', colorScheme: 'dark' }], ['the settings in Korean', 'options.html?first', { language: 'ko' }],
    ['help', 'help.html', { language: 'en' }], ['help, dark', 'help.html', { language: 'en', colorScheme: 'dark' }], ['help in Korean', 'help.html', { language: 'ko' }],
  ]) {
    test(`${name}: nothing keeps people from using them, and 320 pixels are enough`, async () => {
      await page.evaluate((language) => chrome.storage.local.set({ settings: { language, wasAsked: false, server: 'https://lists.example', serverSigner: 'a'.repeat(64), sites: ['*://far.test/*'], denied: ['*://bank.example/*'] } }), manner.language);
      await page.emulateMedia({ colorScheme: manner.colorScheme ?? 'light' });
      await page.setViewportSize({ width: 320, height: 700 });
      await page.goto(extension.inside(file));
      await page.locator('h3').first().waitFor();
      await page.waitForFunction((language) => document.documentElement.lang === language, manner.language);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
      // The policy of the page allows no script of another; the browser's own tools may run one.
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
      assert.deepEqual(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target.join(' ')}: ${node.failureSummary}`)), []);
      const small = await page.evaluate(() => [...document.querySelectorAll('button, input, select, .button')].filter((each) => !each.closest('.away') && !each.classList.contains('away')).map((each) => [each.outerHTML.slice(0, 80), (each.closest('label') ?? each).getBoundingClientRect()]).filter(([, { width, height }]) => width < 24 || height < 24).map(([html]) => html));
      assert.deepEqual(small, []);
    });
  }

  test('help shows all eight states with their shapes, and opens at the part that an address names', async () => {
    await page.goto(extension.inside('help.html#privacy'));
    await page.locator('#privacy').waitFor();
    const shapes = await page.locator('.states > li').evaluateAll((items) => items.map((item) => [item.dataset.label, [...item.querySelectorAll('path')].map((path) => path.getAttribute('d') + path.getAttribute('class')).join()]));
    assert.equal(shapes.length, 8);
    assert.equal(new Set(shapes.map(([, shape]) => shape)).size, 8);
    await page.waitForFunction(() => { const { top, bottom } = document.querySelector('#privacy').getBoundingClientRect(); return bottom > 0 && top < innerHeight; });
    assert.doesNotMatch(await says(page.locator('main'), /\S/), /\{|undefined/);
  });
});
