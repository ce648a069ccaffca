// What is kept and what is refused: settings, sites, issues of lists, what a server answers, and who may ask the background for what.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { inRepository, shared, sharedIsAbsent } from '../browser/repository.mjs';
import { importTypeScript } from '../browser/typescript.mjs';

const list = (more = {}) => ({ role: 'any', name: 'own.pem', content: Buffer.from('list').toString('base64'), origin: 'own', source: '', added: 1, ...more });

describe('settings', () => {
  let settingsIn, isServer, listsInForce, DEFAULTS, SETTINGS_VERSION;
  before(async () => {
    ({ settingsIn, isServer, listsInForce } = await importTypeScript('extension/src/settings.ts'));
    ({ DEFAULT_SETTINGS: DEFAULTS, SETTINGS_VERSION } = await importTypeScript('extension/src/contract/settings.ts'));
  });

  test('keep what can be one', () => {
    const whole = { ...DEFAULTS, language: 'ko', sites: ['*://news.example/*', '*://*/*'], denied: ['https://*.bank.example/*'], isPaused: true, lists: [list()], server: 'https://lists.example', mark: '★', wasAsked: true };
    assert.deepEqual(settingsIn(whole), whole);
    assert.deepEqual(settingsIn(DEFAULTS), DEFAULTS);
  });

  test('of yesterday are kept whole', async () => {
    const versions = await readdir(inRepository('tests/yesterday'), { withFileTypes: true });
    for (const { name } of versions.filter((entry) => entry.isDirectory())) {
      const { version, ...settings } = JSON.parse(await readFile(inRepository(`tests/yesterday/${name}/extension-settings.json`), 'utf8'));
      assert.ok(version <= SETTINGS_VERSION);
      assert.deepEqual(settingsIn({ version, ...settings }), settings);
    }
  });

  test('leave out what is none, whatever wrote it', () => {
    assert.deepEqual(settingsIn({ telemetry: true, isPaused: 'yes', language: 'de', __proto__: { mark: 'inherited' }, constructor: 1 }), {});
    for (const nothing of [null, undefined, 'text', 7, []])
      assert.deepEqual(settingsIn(nothing), {});
    assert.deepEqual(settingsIn(JSON.parse('{"__proto__":{"isPaused":true},"hasOwnProperty":1}')), {});
  });

  test('bound what they hold', () => {
    const sites = (count) => Array.from({ length: count }, (_, index) => `*://s${index}.example/*`);
    assert.equal(settingsIn({ sites: sites(1000) }).sites.length, 1000);
    assert.equal(settingsIn({ sites: sites(1001) }).sites, undefined);
    assert.equal(settingsIn({ mark: 'x'.repeat(24) }).mark.length, 24);
    assert.equal(settingsIn({ mark: 'x'.repeat(25) }).mark, undefined);
    assert.equal(settingsIn({ lists: Array(64).fill(list()) }).lists.length, 64);
    assert.equal(settingsIn({ lists: Array(65).fill(list()) }).lists, undefined);
    const most = Math.ceil((4 << 20) / 3) * 4;
    assert.equal(settingsIn({ lists: [list({ content: 'A'.repeat(most) })] }).lists.length, 1);
    assert.equal(settingsIn({ lists: [list({ content: 'A'.repeat(most + 4) })] }).lists, undefined);
  });

  test('refuse lists of another form', () => {
    for (const wrong of [{ role: 'everybody' }, { content: 'no Base64!' }, { origin: 'elsewhere' }, { source: 7 }, { added: 'today' }, { name: null }])
      assert.equal(settingsIn({ lists: [list(wrong)] }).lists, undefined, JSON.stringify(wrong));
  });

  test('take a server by https, or of this machine', () => {
    for (const good of ['https://lists.example', 'https://lists.example:8443', 'http://localhost:5080', 'http://127.0.0.1:1', 'http://[::1]:8080'])
      assert.equal(isServer(good), true, good);
    for (const bad of ['http://lists.example', 'https://lists.example/', 'https://lists.example/x', 'https://me@lists.example', 'ftp://lists.example', 'http://127.0.0.1.example', 'http://localhost.example', 'lists.example', ''])
      assert.equal(isServer(bad), false, bad);
    assert.equal(settingsIn({ server: '' }).server, '');
    assert.equal(settingsIn({ server: 'http://lists.example' }).server, undefined);
    const digest = 'a0'.repeat(32);
    assert.deepEqual(settingsIn({ serverSigner: digest, serverSequence: 7 }), { serverSigner: digest, serverSequence: 7 });
    assert.deepEqual(settingsIn({ serverSigner: '', serverSequence: 0 }), { serverSigner: '', serverSequence: 0 });
    for (const wrong of [{ serverSigner: digest.toUpperCase() }, { serverSigner: digest.slice(1) }, { serverSigner: null }, { serverSequence: -1 }, { serverSequence: 1.5 }, { serverSequence: '7' }])
      assert.deepEqual(settingsIn(wrong), {}, JSON.stringify(wrong));
  });

  test('use packed lists unless the reader does not want them, or a newer issue of the same name was fetched', () => {
    const packed = [list({ name: 'a.json', origin: 'packed' }), list({ name: 'b.json', origin: 'packed' })];
    const names = (settings) => listsInForce({ ...DEFAULTS, ...settings }, packed).map(({ name, origin }) => `${origin} ${name}`);
    assert.deepEqual(names({}), ['packed a.json', 'packed b.json']);
    assert.deepEqual(names({ usesPacked: false, lists: [list()] }), ['own own.pem']);
    assert.deepEqual(names({ lists: [list({ name: 'a.json', origin: 'fetched' })] }), ['packed b.json', 'fetched a.json']);
    assert.deepEqual(names({ lists: [list({ name: 'a.json', origin: 'own' })] }), ['packed a.json', 'packed b.json', 'own a.json']);
  });
});

describe('sites', () => {
  let sites;
  before(async () => (sites = await importTypeScript('extension/src/sites.ts')));

  test('are read from what people type, or refused', () => {
    for (const [typed, site] of [
      ['news.example', '*://news.example/*'], [' News.Example ', '*://news.example/*'], ['https://news.example:8443/a?b#c', '*://news.example/*'], ['*.news.example', '*://*.news.example/*'],
      ['http://127.0.0.1:5080', '*://127.0.0.1/*'], ['http://[::1]/', '*://[::1]/*'], ['한국.example', '*://xn--3e0b707e.example/*'], ['https://*.news.example/*', 'https://*.news.example/*'], ['localhost', '*://localhost/*'],
    ])
      assert.equal(sites.siteFrom(typed), site, typed);
    for (const wrong of ['', '*', 'news example', 'chrome://settings', 'file:///etc/passwd', 'javascript:alert(1)', 'a*b.example', '*.*.example', '*://news.example/path/*'])
      assert.equal(sites.siteFrom(wrong), null, wrong);
  });

  test('match by scheme and whole host', () => {
    for (const [pattern, address] of [
      ['*://*/*', 'http://a.example/'], ['*://news.example/*', 'https://news.example:8443/x'], ['*://*.news.example/*', 'https://news.example/'], ['*://*.news.example/*', 'https://a.b.news.example/'], ['https://news.example/*', 'https://news.example/'],
    ])
      assert.equal(sites.matchesSite(pattern, address), true, `${pattern} ${address}`);
    for (const [pattern, address] of [
      ['*://*/*', 'file:///x'], ['*://*/*', 'about:blank'], ['*://news.example/*', 'https://a.news.example/'], ['*://*.news.example/*', 'https://evilnews.example/'], ['https://news.example/*', 'http://news.example/'], ['*://news.example/*', 'https://news.example.evil.test/'], ['nonsense', 'https://news.example/'], ['*://*/*', 'nonsense'],
    ])
      assert.equal(sites.matchesSite(pattern, address), false, `${pattern} ${address}`);
  });

  test('are labelled unasked where the reader wants it, unless they are denied or everything is paused', () => {
    const on = (more) => sites.isAutomaticOn('https://news.example/', { sites: ['*://news.example/*'], denied: [], isPaused: false, ...more });
    assert.equal(on({}), true);
    assert.equal(on({ sites: [] }), false);
    assert.equal(on({ sites: ['*://*/*'], denied: ['*://news.example/*'] }), false);
    assert.equal(on({ isPaused: true }), false);
  });
});

describe('an issue of a list', () => {
  let issueOf, isOlder;
  before(async () => ({ issueOf, isOlder } = await importTypeScript('extension/src/lists/issue.ts')));
  const bytes = (value) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
  const day = (n) => Date.UTC(2026, 0, n);

  test('is read from both forms of JSON, and from nothing else', () => {
    assert.deepEqual(issueOf(bytes({ LoTE: { ListAndSchemeInformation: { LoTESequenceNumber: 3, ListIssueDateTime: '2026-01-02T00:00:00Z' } } })), { number: 3, issued: day(2) });
    assert.deepEqual(issueOf(bytes({ format: 'provenance-list', sequenceNumber: 7, issued: '2026-01-02T00:00:00Z' })), { number: 7, issued: day(2) });
    for (const nothing of ['-----BEGIN CERTIFICATE-----', '{', '[]', 'null', { sequenceNumber: -1, issued: 'soon' }, { sequenceNumber: 1.5 }])
      assert.deepEqual(issueOf(bytes(nothing)), { number: null, issued: null });
  });

  test('is older by a lower number, by an earlier date under the same number, or by telling less', () => {
    const older = (offered, kept) => isOlder({ number: null, issued: null, ...offered }, { number: null, issued: null, ...kept });
    assert.equal(older({ number: 2 }, { number: 3 }), true);
    assert.equal(older({ number: 3 }, { number: 3 }), false);
    assert.equal(older({ number: 1, issued: day(1) }, { number: 1, issued: day(2) }), true);
    assert.equal(older({ number: 1, issued: day(2) }, { number: 1, issued: day(2) }), false);
    assert.equal(older({ number: 4, issued: day(1) }, { number: 3, issued: day(2) }), false);
    assert.equal(older({ issued: day(3) }, { number: 3, issued: day(2) }), true);
    assert.equal(older({ number: 3 }, { number: 3, issued: day(2) }), true);
    assert.equal(older({}, {}), false);
  });

  test('of the official lists is known', { skip: sharedIsAbsent }, async () => {
    const file = path.join(shared, 'corpus/trust/c2pa-official/C2PA-TRUST-LIST.json');
    assert.deepEqual(issueOf(await readFile(file)), { number: 1, issued: Date.parse('2026-08-05T00:11:39Z') });
  });
});

describe('a list that is offered', () => {
  let take, including;
  before(async () => ({ take, including } = await importTypeScript('extension/src/lists/take.ts')));
  const issue = (sequenceNumber) => Buffer.from(JSON.stringify({ sequenceNumber }));
  const offered = (number) => ({ role: 'any', name: 'own.json', bytes: new Uint8Array(issue(number)), origin: 'fetched', source: 'https://lists.example/own.json' });
  const kept = (number) => list({ name: 'own.json', content: issue(number).toString('base64'), origin: 'fetched', source: 'https://lists.example/own.json' });

  test('is taken if it is not older and the engine can use it', async () => {
    for (const before of [null, kept(6), kept(7)]) {
      const { list: taken, refusal } = await take(offered(7), before, async () => true);
      assert.equal(refusal, null);
      assert.equal(taken.content, issue(7).toString('base64'));
      assert.equal(taken.source, 'https://lists.example/own.json');
    }
  });

  test('is refused if it is older, and the engine is not even asked; or if the engine cannot use it', async () => {
    const asked = [];
    const isUsable = async (lists) => { asked.push(lists); return false; };
    assert.deepEqual(await take(offered(7), kept(8), isUsable), { list: null, refusal: 'older' });
    assert.equal(asked.length, 0);
    assert.deepEqual(await take(offered(7), null, isUsable), { list: null, refusal: 'unusable' });
    assert.equal(asked[0][0].name, 'own.json');
  });

  test('takes the place of the one before and of the same bytes, and of no other', () => {
    const other = list();
    assert.deepEqual(including([other, kept(6)], kept(7), kept(6)), [other, kept(7)]);
    assert.deepEqual(including([other, kept(7)], { ...kept(7), added: 2 }, null), [other, { ...kept(7), added: 2 }]);
    assert.deepEqual(including([other], kept(7), null), [other, kept(7)]);
  });
});

describe("a server's answer", () => {
  let readServed;
  before(async () => ({ readServed } = await importTypeScript('extension/src/lists/server.ts')));
  const server = 'https://lists.example';
  const entry = (more = {}) => ({ name: 'Example News', role: 'any', url: '/lists/own.json', sha256: 'a'.repeat(64), date: '2026-11-21T12:00:00Z', sequence: 7, ...more });
  const index = (lists, more = {}) => ({ format: 'provenance-trust-lists', version: 1, issued: '2026-11-22T00:00:00Z', sequence: 3, lists, ...more });
  const served = (...entries) => readServed(JSON.stringify(index(entries)), server);

  test('is understood whole', () => {
    const lists = [entry({ url: 'https://lists.example/lists/own.json', signature: null })];
    assert.deepEqual(served(entry()), { issued: Date.UTC(2026, 10, 22), sequence: 3, lists });
    assert.equal(served(entry({ signature: 'own.json.p7s' })).lists[0].signature, 'https://lists.example/own.json.p7s');
    assert.deepEqual(served().lists, []);
    assert.equal(served(...Array(32).fill(entry())).lists.length, 32);
  });

  test('may say more than is understood', () => {
    assert.deepEqual(readServed(JSON.stringify(index([entry({ source: 'https://far.example/', later: [1] })], { signature: '/s', later: {} })), server), served(entry()));
  });

  test('or not at all', () => {
    for (const wrong of [
      { url: 'https://elsewhere.example/own.json' }, { url: 'http://lists.example/own.json' }, { url: '//elsewhere.example/' }, { url: 7 }, { role: 'everybody' }, { role: 'packed' }, { sha256: 'A'.repeat(64) }, { sha256: 'a'.repeat(63) },
      { name: '' }, { name: 'x'.repeat(201) }, { date: 'soon' }, { sequence: -1 }, { sequence: '7' }, { signature: 'https://elsewhere.example/s' }, { signature: null }, { signature: 7 },
    ])
      assert.equal(served(entry(), entry(wrong)), null, JSON.stringify(wrong));
    assert.equal(served(...Array(33).fill(entry())), null);
    for (const wrong of [{ format: 'other' }, { version: 2 }, { issued: 'soon' }, { issued: undefined }, { sequence: -1 }, { sequence: 1.5 }, { lists: {} }])
      assert.equal(readServed(JSON.stringify(index([], wrong)), server), null, JSON.stringify(wrong));
    for (const text of ['', '{}', 'null', '<html>', '[]', '[7]'])
      assert.equal(readServed(text, server), null, text);
  });
});

describe('the addresses of the official lists', () => {
  test('are those of the command line', async () => {
    const { OFFICIAL_FOLDER, OFFICIAL_FILES, hostOf } = await importTypeScript('extension/src/lists/sources.ts');
    const sources = await readFile(inRepository('verifier/Provenance.TrustStore/Sources.cs'), 'utf8');
    assert.equal(OFFICIAL_FOLDER, /OfficialFolder = "([^"]+)"/.exec(sources)[1]);
    assert.deepEqual([...OFFICIAL_FILES], [...sources.matchAll(/"([^"]+\.json)"/g)].map(([, name]) => name));
    assert.equal(hostOf(OFFICIAL_FOLDER), 'https://raw.githubusercontent.com/*');
  });
});

describe('a message to the background', () => {
  const id = 'abcdefghijklmnopabcdefghijklmnop', inside = (name) => `chrome-extension://${id}/${name}`;
  const frame = { id, url: 'https://news.example/', tab: { id: 1 } };
  const engine = { id, url: inside('offscreen.html') };
  let readMessage;
  before(async () => {
    globalThis.chrome = { runtime: { id, getURL: inside } };
    ({ readMessage } = await importTypeScript('extension/src/background/messages.ts'));
  });
  const to = (kind, more = {}) => ({ to: 'background', kind, ...more });
  const badge = (more = {}) => to('badge', { tab: 1, badge: { withCredentials: 2, broken: 1 }, ...more });

  test('wakes the engine for a frame, a popup and a tab of ours', () => {
    for (const sender of [frame, { id, url: inside('popup.html') }, { id, url: inside('popup.html'), tab: { id: 2 } }])
      assert.deepEqual(readMessage(to('wake'), sender), to('wake'));
  });

  test('asks for everything else only from the engine', () => {
    for (const message of [to('settings'), to('idle'), badge()]) {
      assert.deepEqual(readMessage(message, engine), message);
      for (const sender of [frame, { ...frame, url: inside('offscreen.html') }, { id, url: inside('popup.html') }, { id, url: inside('offscreen.html#x') }, { id }])
        assert.equal(readMessage(message, sender), null);
    }
  });

  test('is nothing if it comes from another extension, or is of another form', () => {
    for (const other of ['another', undefined])
      assert.equal(readMessage(to('wake'), { ...frame, id: other }), null);
    for (const wrong of [null, 'wake', [], { kind: 'wake' }, { to: 'engine', kind: 'wake' }, to('format-disk'), to(undefined)])
      assert.equal(readMessage(wrong, engine), null);
    for (const wrong of [badge({ tab: -1 }), badge({ tab: '1' }), badge({ badge: null }), badge({ badge: { withCredentials: 1 } }), badge({ badge: { withCredentials: 1.5, broken: 0 } })])
      assert.equal(readMessage(wrong, engine), null);
  });
});

describe('an export of settings', () => {
  let readExport, writeExport;
  before(async () => ({ readExport, writeExport } = await importTypeScript('extension/src/pages/options/export.ts')));
  const chosen = { language: 'ko', sites: ['*://news.example/*'], lists: [list()] };
  const file = (value) => new Blob([typeof value === 'string' ? value : JSON.stringify(value)]);

  test('comes back as it went out', async () => assert.deepEqual(await readExport(new Blob([writeExport(chosen)])), chosen));

  test('is refused whole where a part of it is not understood', async () => {
    const whole = { format: 'provenance-settings', version: 1, settings: chosen };
    assert.deepEqual(await readExport(file(whole)), chosen);
    for (const wrong of [{ ...whole, version: 2 }, { ...whole, format: 'other' }, { ...whole, settings: { ...chosen, telemetry: true } }, { ...whole, settings: { ...chosen, sites: ['nonsense'] } }, { ...whole, settings: null }, '[]', 'null', '{', ''])
      assert.equal(await readExport(file(wrong)), null, JSON.stringify(wrong));
  });
});

describe("our pages' addresses", () => {
  test('hold numbers only, and are read as they are written', async () => {
    const { filePage, linkPage, readFilePage } = await importTypeScript('extension/src/contract/pages.ts');
    const one = { tab: 12, frame: 0, id: 345 }, other = { tab: 9, frame: 7, id: 1 };
    const search = (page) => new URL(page, 'https://x').search;
    assert.deepEqual(readFilePage(search(filePage(one))), { medium: one, other: null, link: null });
    assert.deepEqual(readFilePage(search(filePage(one, other))), { medium: one, other, link: null });
    const key = '01234567-89ab-cdef-0123-456789abcdef';
    assert.deepEqual(readFilePage(search(linkPage(key))), { medium: null, other: null, link: key });
    for (const wrong of ['?medium=1.2', '?medium=1.2.3.4', '?medium=-1.0.0', '?link=../x', '?medium=1.2.9999999999999999'])
      assert.deepEqual(readFilePage(wrong), { medium: null, other: null, link: null }, wrong);
  });
});
