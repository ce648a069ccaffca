// The engine host between frames, views, a server and the verifier: all real but for the browser's ports.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { revocationFiles, samplePath } from '../browser/files.mjs';
import { artifacts, importPackage, inRepository, shared, sharedIsAbsent } from '../browser/repository.mjs';
import { importTypeScript } from '../browser/typescript.mjs';
import { file } from './harness/site.mjs';

const { Host, DEFAULT_SETTINGS, VerifierError, AT_ONCE, LOOKED_AT_ONCE, MOST_BYTES } = await importTypeScript('tests/extension/engine-parts.ts');
const { createVerifier } = await importPackage();
// The host waits a minute before it lets the engine go; no test waits for that.
const setTimer = globalThis.setTimeout;
globalThis.setTimeout = (work, time, ...rest) => ((time ?? 0) < 60_000 ? setTimer(work, time, ...rest) : setTimer(work, time, ...rest).unref());
globalThis.navigator ??= { languages: ['en'] };
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const samplesAreAbsent = !['Release', 'Debug'].some((name) => existsSync(inRepository(`tests/Provenance.Samples/bin/${name}/net10.0/Provenance.Samples.dll`))) && 'the samples are not built';
const ours = { id: 'ours', base: 'chrome-extension://ours/' };

/** The engine's end of a port, and what the other end says and hears. */
class FakePort {
  heard = [];
  isOpen = true;
  #message = [];
  #end = [];
  onMessage = { addListener: (listen) => this.#message.push(listen) };
  onDisconnect = { addListener: (listen) => this.#end.push(listen) };
  constructor(name, sender) { Object.assign(this, { name, sender }); }
  postMessage(message) {
    assert.ok(this.isOpen, 'nothing is said to a port that is closed');
    // Frames hear lists.
    for (const each of [message].flat()) {
      this.heard.push(structuredClone(each));
      this.onHeard?.(this.heard.at(-1));
    }
  }
  disconnect() { this.isOpen = false; }
  sayAsItIs(message) { for (const listen of this.#message) listen(this.name === 'frame' ? [message] : message); }
  say(message) { this.sayAsItIs(structuredClone(message)); }
  leave() { this.isOpen = false; for (const listen of this.#end) listen(this); }
  of(kind) { return this.heard.filter((message) => message.kind === kind); }
  async hears(kind, count = 1) { await until(() => this.of(kind).length >= count, () => `${kind}: ${JSON.stringify(this.heard)}`); return this.of(kind).at(-1); }
}

async function until(isSo, why = () => 'it never came', most = 60_000) {
  for (const end = Date.now() + most; !isSo();) {
    assert.ok(Date.now() < end, why());
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('the engine host', { timeout: 120_000 }, () => {
  const samples = {};
  let verifier, server, origin, asked, offers, host, badges, settings, made, lists;

  before(async () => {
    for (const name of ['good', 'none', 'changed', 'ai']) samples[name] = await readFile(samplePath(`${name}.jpg`));
    const list = async (role, name) => ({ role, name, content: (await readFile(samplePath(name))).toString('base64'), origin: 'own', source: '', added: 0 });
    lists = await Promise.all([list('anchors', 'anchors.pem'), list('time-stamp-anchors', 'tsa-anchors.pem')]);
    verifier = createVerifier({ base: pathToFileURL(`${path.join(artifacts, 'browser')}/`) });
    await verifier.ready;
    server = createServer((request, response) => {
      asked.push(request);
      const give = offers.get(request.url);
      if (give) give({ headers: request.headers, method: request.method }, response);
      else response.writeHead(404).end();
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => { verifier.dispose(); server.closeAllConnections(); server.close(); });

  beforeEach(() => {
    asked = [];
    badges = [];
    made = 0;
    offers = new Map(Object.entries(samples).map(([name, bytes]) => [`/${name}.jpg`, file(bytes)]));
    settings = { ...DEFAULT_SETTINGS, language: 'en', sites: ['*://*/*'], hosts: ['*://*/*'], lists };
    start();
  });

  /** The verifier that all share; what is asked of it may go wrong. */
  const counted = { verified: 0 };
  function start({ create = () => ({ ...verifier, verify: (...given) => { counted.verified++; return verifier.verify(...given); }, dispose() {} }) } = {}) {
    counted.verified = 0;
    host = new Host({
      ours,
      services: { settings: async () => settings, badge: (tab, badge) => badges.push([tab, badge]), idle() {} },
      createVerifier: () => { made++; return create(); },
      sizeOf: async () => ({ width: 400, height: 260 }),
    });
  }

  /** A frame whose page is of this machine, as the server is. */
  function frame({ tab = 1, id = 0, page = 'http://127.0.0.1:1', isPrivate = false, reads } = {}) {
    const port = new FakePort('frame', { id: 'ours', tab: { id: tab, incognito: isPrivate }, frameId: id, url: `${page}/x`, origin: page });
    port.onHeard = (message) => reads?.(message, port);
    host.accept(port);
    port.say({ kind: 'frame', isLate: false });
    return port;
  }
  const medium = (id, url, more) => ({ id, kind: 'image', url, name: '', natural: { width: 400, height: 260 }, shown: { width: 400, height: 260 }, isSmall: false, ...more });
  function find(port, ...urls) {
    port.say({ kind: 'media', media: urls.map((url, i) => medium(i + 1, url.startsWith('/') ? origin + url : url)) });
  }
  const ask = (port, ids, by = 'sight') => port.say({ kind: 'check', ids, by });
  async function verdicts(port, count) {
    await port.hears('verdict', count);
    return Object.fromEntries(port.of('verdict').map(({ id, verdict }) => [id, verdict]));
  }
  function view(tab = 1, sender = { id: 'ours', url: `${ours.base}popup.html` }) {
    const port = new FakePort('view', sender);
    host.accept(port);
    port.say({ kind: 'watch', tab });
    return port;
  }

  /** A frame that reads bytes as asked, from what it has under each address; nothing of those that are not there. */
  const reading = (files, { validator = '"v"', isLong = false } = {}) => {
    const open = new Map();
    return async (message, port) => {
      const { kind, job } = message;
      if (kind === 'read') {
        const bytes = files(message);
        open.set(job, bytes);
        port.say(bytes !== null || isLong ? { kind: 'head', job, validator, isLikely: true } : { kind: 'spared', job, length: 7, validator });
      }
      if (kind === 'stop') open.delete(job);
      if (kind !== 'go' || !open.has(job)) return;
      const bytes = open.get(job);
      port.say(bytes === null ? { kind: 'spared', job, length: 7, validator } : { kind: 'bytes', job, blob: new Blob([bytes]), validator });
    };
  };

  test('tells_verdicts_on_what_it_downloads', async () => {
    const port = frame();
    find(port, '/good.jpg', '/none.jpg', '/changed.jpg', '/missing.jpg');
    ask(port, [1, 2, 3, 4]);
    const told = await verdicts(port, 4);
    assert.equal(told[1].label, 'intact-known');
    assert.match(told[1].sentence, /^Unchanged since /);
    assert.deepEqual([told[1].digest, told[1].length, told[1].size, told[1].obstacle, told[1].issuer], [sha256(samples.good), samples.good.length, { width: 400, height: 260 }, null, 'Example Issuing CA']);
    assert.deepEqual([told[2].label, told[2].digest, told[2].lines], ['none', null, []]);
    assert.equal(told[3].label, 'broken');
    assert.deepEqual([told[4].label, told[4].obstacle], ['not-checked', 'http-error']);
    assert.ok(told[4].sentence.length > 10);
    assert.ok(port.of('verdict').every(({ own }) => own === null));
  });

  test('says_to_the_frame_what_its_reader_chose_and_what_is_being_checked', async () => {
    settings = { ...settings, mark: '🌼', language: 'ko' };
    start();
    const port = frame();
    assert.deepEqual((await port.hears('settings')).settings, { language: 'ko', isAutomatic: true, isPaused: false, mark: '🌼' });
    find(port, '/good.jpg');
    ask(port, [1]);
    assert.match((await verdicts(port, 1))[1].sentence, /[가-힣]/);
    assert.deepEqual(port.of('checking')[0].ids, [1]);
  });

  test('reads_a_file_once_for_all_who_show_it_and_judges_bytes_once', async () => {
    const [one, other] = [frame(), frame({ tab: 2 })];
    offers.set('/copy.jpg', file(samples.good));
    find(one, '/good.jpg', '/good.jpg', '/copy.jpg');
    find(other, '/good.jpg');
    ask(one, [1, 2, 3]);
    ask(other, [1]);
    await Promise.all([verdicts(one, 3), verdicts(other, 1)]);
    assert.deepEqual(asked.map(({ url }) => url).sort(), ['/copy.jpg', '/good.jpg']);
    assert.ok(counted.verified <= 2);
    // And later on nothing but its start, to see that it is the same.
    ask(one, [1]);
    const third = frame({ tab: 3 });
    find(third, '/good.jpg', '/none.jpg');
    ask(third, [1]);
    assert.equal((await verdicts(third, 1))[1].label, 'intact-known');
    assert.ok(counted.verified <= 2);
  });

  test('knows_a_file_again_by_its_validator_and_another_one_under_its_address', async () => {
    const port = frame();
    find(port, '/good.jpg', '/good.jpg');
    ask(port, [1]);
    await verdicts(port, 1);
    offers.set('/good.jpg', file(samples.changed));
    ask(port, [2]);
    assert.equal((await verdicts(port, 2))[2].label, 'broken');
    ask(port, [1], 'reader');
    await port.hears('verdict', 3);
    assert.equal(port.of('verdict')[2].verdict.label, 'broken', 'a reader who asks again is told of what is there now');
  });

  test('lets_a_frame_read_its_own', async () => {
    const files = { 1: samples.good, 2: null, 3: samples.changed };
    const port = frame({ page: 'https://news.example', reads: reading(({ id }) => files[id]) });
    find(port, 'blob:https://news.example/1', 'https://news.example/b.jpg', 'data:image/jpeg;base64,/9j/');
    ask(port, [1, 2, 3]);
    const told = await verdicts(port, 3);
    assert.deepEqual([told[1].label, told[2].label, told[3].label], ['intact-known', 'none', 'broken']);
    assert.ok(port.of('verdict').every(({ own }) => own !== null));
    assert.equal(asked.length, 0);
    assert.deepEqual(port.of('read').map(({ most, isWhole }) => [most, isWhole]), Array(3).fill([MOST_BYTES.sight, false]));
  });

  test('takes_a_frames_word_on_a_file_without_credentials_only_for_its_own_origin', async () => {
    const one = frame({ page: 'https://news.example', reads: reading(() => null, { isLong: true }) });
    find(one, 'https://news.example/a.jpg', 'https://news.example/a.jpg');
    ask(one, [1]);
    await verdicts(one, 1);
    ask(one, [2]);
    await verdicts(one, 2);
    assert.equal(one.of('go').length, 1, 'the second time its validator is enough');
    const other = frame({ page: 'https://other.example', reads: reading(() => samples.good) });
    find(other, 'https://news.example/a.jpg');
    settings = { ...settings, hosts: [] };
    await host.receive({ to: 'engine', kind: 'settings', settings });
    ask(other, [1]);
    assert.equal((await verdicts(other, 1))[1].label, 'intact-known');
  });

  test('does_not_take_a_frames_word_that_a_file_is_the_one_with_credentials', async () => {
    let bytes = samples.good;
    const port = frame({ page: 'https://news.example', reads: reading(() => bytes) });
    find(port, 'https://news.example/a.jpg', 'https://news.example/a.jpg');
    ask(port, [1]);
    await verdicts(port, 1);
    bytes = samples.changed;
    ask(port, [2]);
    assert.equal((await verdicts(port, 2))[2].label, 'broken');
  });

  test('believes_a_frame_that_it_shows_what_was_checked_only_where_it_read_that', async () => {
    const port = frame({ page: 'http://127.0.0.1:1', reads: reading(() => samples.good) });
    find(port, '/good.jpg', 'blob:http://127.0.0.1:1/1', '/none.jpg');
    ask(port, [1, 2]);
    await verdicts(port, 2);
    const popup = view();
    for (const id of [1, 2, 3]) port.say({ kind: 'shown', id, sameness: id === 2 ? 'own-bytes' : 'same-pixels' });
    await until(() => popup.of('tab').at(-1)?.view.entries[1]?.sameness === 'own-bytes');
    assert.deepEqual(popup.of('tab').at(-1).view.entries.map(({ sameness }) => sameness), ['fresh', 'own-bytes', null]);
    port.say({ kind: 'shown', id: 1, sameness: 'other' });
    await until(() => popup.of('tab').at(-1).view.entries[0].sameness === 'other');
    await until(() => badges.at(-1)?.[1].withCredentials === 1);
    assert.deepEqual(badges.at(-1), [1, { withCredentials: 1, broken: 0 }]);
  });

  for (const [name, message] of [
    ['a_wrong_message', { kind: 'media', media: [{}] }], ['an_unknown_message', { kind: 'settings' }], ['no_message', 5],
  ]) {
    test(`hangs_up_on_a_frame_that_sends_${name}`, async () => {
      const port = frame();
      find(port, '/good.jpg');
      await port.hears('settings');
      port.say(message);
      assert.equal(port.isOpen, false);
      assert.equal(host.registry.frames.size, 0);
    });
  }

  test('talks_to_nobody_else', () => {
    for (const sender of [{ id: 'theirs', tab: { id: 1 }, frameId: 0, url: 'https://a.example/' }, { id: 'ours', url: 'https://a.example/' }, { id: 'ours', tab: { id: 1 }, frameId: 0, url: `${ours.base}popup.html` }]) {
      const port = new FakePort('frame', sender);
      host.accept(port);
      assert.equal(port.isOpen, false);
    }
    const page = view(1, { id: 'ours', tab: { id: 1 }, frameId: 0, url: 'https://a.example/', origin: 'https://a.example' });
    assert.equal(page.isOpen, false);
    const other = new FakePort('other', { id: 'ours', url: `${ours.base}popup.html` });
    host.accept(other);
    other.say({ kind: 'watch', tab: 1 });
    assert.deepEqual(other.heard, []);
  });

  test('stops_a_frame_that_sends_more_than_was_asked_for', async () => {
    const port = frame({ page: 'https://news.example', reads: reading(() => Buffer.alloc(MOST_BYTES.sight + 1)) });
    find(port, 'blob:https://news.example/1');
    ask(port, [1]);
    assert.equal((await verdicts(port, 1))[1].obstacle, 'too-large');
  });

  for (const [name, answers, obstacle] of [
    ['bytes_without_a_head', [{ kind: 'bytes', blob: new Blob(['AAAA']), validator: null }], 'changed'],
    ['its_obstacle', [{ kind: 'unread', obstacle: 'stream' }], 'stream'],
  ]) {
    test(`of_a_frame_that_answers_${name}_it_says_${obstacle}`, async () => {
      const port = frame({ page: 'https://news.example', reads: async (message, self) => { if (message.kind === 'read') for (const answer of answers) { self.say({ ...answer, job: message.job }); await pause(5); } } });
      find(port, 'blob:https://news.example/1');
      ask(port, [1]);
      assert.equal((await verdicts(port, 1))[1].obstacle, obstacle);
    });
  }

  test('looks_at_nothing_unasked_where_the_reader_did_not_ask_for_labels', async () => {
    settings = { ...settings, sites: [] };
    start();
    const port = frame();
    find(port, '/good.jpg');
    ask(port, [1]);
    await pause(100);
    assert.deepEqual([asked.length, made, port.of('verdict').length], [0, 0, 0]);
    assert.deepEqual((await port.hears('settings')).settings.isAutomatic, false);
    ask(port, [1], 'reader');
    assert.equal((await verdicts(port, 1))[1].label, 'intact-known');
  });

  test('does_nothing_unasked_where_it_is_denied_paused_or_private', async () => {
    for (const [change, isPrivate] of [[{ denied: ['http://127.0.0.1/*'] }, false], [{ isPaused: true }, false], [{}, true]]) {
      settings = { ...DEFAULT_SETTINGS, sites: ['*://*/*'], hosts: ['*://*/*'], ...change };
      start();
      const port = frame({ isPrivate });
      find(port, '/good.jpg');
      ask(port, [1]);
      const heard = (await port.hears('settings')).settings;
      await pause(30);
      assert.deepEqual([heard.isAutomatic, asked.length], [false, 0]);
      assert.equal(heard.isPaused, !isPrivate);
    }
  });

  test('tells_private_windows_nothing_of_others_and_forgets_them', async () => {
    settings = { ...settings, inPrivate: true };
    start();
    const port = frame(), hidden = frame({ tab: 2, isPrivate: true });
    find(port, '/good.jpg');
    ask(port, [1]);
    await verdicts(port, 1);
    assert.equal(counted.verified, 1);
    find(hidden, '/good.jpg', '/good.jpg');
    ask(hidden, [1]);
    await verdicts(hidden, 1);
    assert.equal(counted.verified, 2, 'its bytes were judged anew');
    ask(hidden, [2]);
    await verdicts(hidden, 2);
    assert.equal(counted.verified, 2, 'and are known in its own window');
    hidden.leave();
    const next = frame({ tab: 3, isPrivate: true });
    find(next, '/good.jpg');
    ask(next, [1]);
    await verdicts(next, 1);
    assert.equal(counted.verified, 3, 'and forgotten with the last one');
  });

  test('judges_anew_from_the_bytes_it_holds_when_the_lists_change', async () => {
    const port = frame();
    find(port, '/good.jpg', '/none.jpg');
    ask(port, [1, 2]);
    await verdicts(port, 2);
    const before = asked.length;
    settings = { ...settings, lists: [] };
    await host.receive({ to: 'engine', kind: 'settings', settings });
    await port.hears('verdict', 3);
    assert.deepEqual([port.of('verdict')[2].id, port.of('verdict')[2].verdict.label], [1, 'intact-unknown-issuer']);
    assert.equal(asked.length, before);
    await host.receive({ to: 'engine', kind: 'settings', settings });
    await pause(50);
    assert.equal(port.of('verdict').length, 3, 'nothing happens when nothing changed');
  });

  test('tells_all_again_in_another_language', async () => {
    const port = frame();
    find(port, '/good.jpg', '/none.jpg', '/missing.jpg');
    ask(port, [1, 2, 3]);
    const before = await verdicts(port, 3);
    await host.receive({ to: 'engine', kind: 'settings', settings: { ...settings, language: 'ko' } });
    await port.hears('verdict', 6);
    const now = Object.fromEntries(port.of('verdict').slice(3).map(({ id, verdict }) => [id, verdict]));
    for (const id of [1, 2, 3]) {
      assert.match(now[id].sentence, /[가-힣]/);
      assert.deepEqual({ ...now[id], sentence: 0, lines: 0 }, { ...before[id], sentence: 0, lines: 0 });
    }
  });

  test('leaves_what_went_away', async () => {
    let close;
    offers.set('/slow.jpg', (request, response) => { response.writeHead(200); response.write('x'); close = new Promise((resolve) => response.on('close', resolve)); });
    const port = frame();
    find(port, '/slow.jpg', '/good.jpg');
    ask(port, [1]);
    await until(() => close !== undefined);
    port.say({ kind: 'gone', ids: [1] });
    await close;
    assert.equal(host.checks.length, 0);
    ask(port, [2]);
    assert.equal((await verdicts(port, 1))[2].label, 'intact-known');
    port.leave();
    assert.equal(host.registry.frames.size, 0);
  });

  test('starts_the_engine_for_what_may_have_credentials_alone', async () => {
    const port = frame();
    find(port, '/none.jpg', '/missing.jpg', '/good.jpg');
    ask(port, [1, 2]);
    await verdicts(port, 2);
    assert.equal(made, 0);
    ask(port, [3]);
    await verdicts(port, 3);
    assert.equal(made, 1);
  });

  test('lets_the_reader_overtake_a_page_of_slow_files', async () => {
    const slow = Array.from({ length: LOOKED_AT_ONCE + 2 }, (_, i) => `/slow${i}.jpg`);
    for (const name of slow) offers.set(name, (request, response) => response.writeHead(200).write('x'));
    const port = frame(), good = slow.length + 1;
    find(port, ...slow, '/good.jpg');
    ask(port, slow.map((_, i) => i + 1).concat(good));
    await until(() => asked.length === LOOKED_AT_ONCE);
    await pause(50);
    assert.equal(asked.length, LOOKED_AT_ONCE, 'a few at a time');
    ask(port, [good], 'reader');
    assert.equal((await verdicts(port, 1))[good].label, 'intact-known');
    port.leave();
  });

  test('reads_few_files_to_their_end_at_once_and_lets_the_reader_overtake_them', async () => {
    const begun = [];
    const port = frame({ page: 'https://news.example', reads: (message, self) => {
      if (message.kind === 'read') self.say({ kind: 'head', job: message.job, validator: null, isLikely: true });
      if (message.kind === 'go') begun.push(message.job);
    } });
    const count = LOOKED_AT_ONCE;
    find(port, ...Array.from({ length: count }, (_, i) => `https://news.example/${i}.jpg`));
    ask(port, Array.from({ length: count }, (_, i) => i + 1));
    await until(() => begun.length === AT_ONCE);
    await pause(30);
    assert.equal(begun.length, AT_ONCE);
    // The last one began and waits.
    const last = port.of('read').at(-1);
    ask(port, [last.id], 'reader');
    await until(() => begun.length === AT_ONCE + 1);
    assert.equal(begun.at(-1), last.job);
    // Who leaves makes room.
    const first = port.of('read')[0];
    port.say({ kind: 'unread', job: first.job, obstacle: 'changed' });
    await until(() => begun.length === AT_ONCE + 2);
    port.say({ kind: 'gone', ids: [port.of('read')[1].id] });
    await until(() => begun.length === Math.min(AT_ONCE + 3, count));
    port.leave();
  });

  test('keeps_bytes_of_its_own_of_what_a_frame_read', async () => {
    // A frame whose process was taken over answers each reading of its Blob otherwise.
    const readings = [];
    class Changing extends Blob {
      stream() { readings.push('stream'); return super.stream(); }
      arrayBuffer() { readings.push('arrayBuffer'); return super.arrayBuffer(); }
    }
    const port = frame({ page: 'https://news.example', reads: (message, self) => {
      if (message.kind === 'read') self.say({ kind: 'head', job: message.job, validator: null, isLikely: true });
      if (message.kind === 'go') self.sayAsItIs({ kind: 'bytes', job: message.job, blob: new Changing([samples.good]), validator: null });
    } });
    find(port, 'https://news.example/a.jpg');
    ask(port, [1]);
    assert.equal((await verdicts(port, 1))[1].label, 'intact-known');
    assert.deepEqual(readings, ['stream']);
  });

  test('of_a_frame_whose_bytes_never_end_or_cannot_be_read_it_says_so', async () => {
    const blobs = { 1: new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(1 << 20)) }), 2: new ReadableStream({ pull: (to) => to.error(new Error('gone')) }) };
    const port = frame({ page: 'https://news.example', reads: (message, self) => {
      if (message.kind === 'read') self.say({ kind: 'head', job: message.job, validator: null, isLikely: true });
      if (message.kind === 'go') self.sayAsItIs({ kind: 'bytes', job: message.job, blob: Object.assign(new Blob(['x']), { stream: () => blobs[message.job] }), validator: null });
    } });
    find(port, 'https://news.example/a.jpg', 'https://news.example/b.jpg');
    ask(port, [1, 2]);
    const told = await verdicts(port, 2);
    assert.deepEqual([told[1].obstacle, told[2].obstacle], ['too-large', 'changed']);
  });

  test('goes_on_after_an_engine_that_was_stopped_or_broke', async () => {
    for (const [code, obstacle, engines] of [['timeout', 'engine-time', 1], ['crashed', 'engine', 1], ['load-failed', 'engine', 2], ['integrity', 'engine', 2]]) {
      made = 0;
      let isFirst = true;
      start({ create: () => ({ ...verifier, dispose() {}, verify: (...given) => { if (!isFirst) return verifier.verify(...given); isFirst = false; return Promise.reject(new VerifierError(code, '')); } }) });
      const port = frame();
      find(port, '/good.jpg', '/changed.jpg');
      ask(port, [1]);
      const first = (await verdicts(port, 1))[1];
      assert.deepEqual([first.label, first.obstacle], ['not-checked', obstacle]);
      ask(port, [2]);
      assert.equal((await verdicts(port, 2))[2].label, 'broken');
      assert.equal(made, engines, code);
    }
  });

  test('tells_views_of_a_tab_and_not_too_often', async () => {
    const port = frame({ id: 7 }), popup = view(), elsewhere = view(2);
    find(port, '/good.jpg', '/none.jpg', '/changed.jpg');
    ask(port, [1, 2, 3]);
    await until(() => popup.of('tab').at(-1)?.view.entries.every(({ phase }) => phase === 'answered') && popup.of('tab').at(-1).view.entries.length === 3);
    const { view: told } = popup.of('tab').at(-1);
    assert.deepEqual({ ...told, entries: told.entries.map(({ id, frame: of, origin: from, verdict }) => [id, of, from, verdict.label]) }, {
      tab: 1, origin: 'http://127.0.0.1:1', mode: 'automatic', isLate: false, isPrivate: false, left: 0,
      entries: [[1, 7, 'http://127.0.0.1:1', 'intact-known'], [2, 7, 'http://127.0.0.1:1', 'none'], [3, 7, 'http://127.0.0.1:1', 'broken']],
    });
    assert.deepEqual(elsewhere.of('tab').map(({ view: { entries } }) => entries.length), [0]);
    await until(() => badges.at(-1)?.[1].withCredentials === 2);
    assert.deepEqual(badges.at(-1), [1, { withCredentials: 2, broken: 1 }]);
    const before = popup.of('tab').length, start = performance.now();
    for (let i = 0; i < 50; i++) { port.say({ kind: 'display', id: 1, display: i % 2 ? 'whole' : 'cropped' }); await pause(10); }
    const often = popup.of('tab').length - before;
    const time = performance.now() - start;
    assert.ok(often >= 1 && often <= 2 + time / 200, `${often} times in ${time} ms`);
  });

  test('checks_all_of_a_tab_when_asked_and_what_is_found_just_then', async () => {
    settings = { ...settings, sites: [] };
    start();
    const popup = view(), port = frame();
    find(port, '/good.jpg');
    await port.hears('settings');
    popup.say({ kind: 'check-all', tab: 1 });
    await verdicts(port, 1);
    port.say({ kind: 'media', media: [medium(9, `${origin}/changed.jpg`)] });
    assert.equal((await verdicts(port, 2))[9].label, 'broken');
  });

  test('hands_views_bytes_and_reports', async () => {
    const port = frame(), popup = view();
    find(port, '/good.jpg', '/none.jpg');
    ask(port, [1, 2]);
    await verdicts(port, 2);
    const request = async (kind, id, more) => {
      const number = Math.floor(Math.random() * 1e9);
      popup.say({ kind, request: number, tab: 1, frame: 0, id, ...more });
      await until(() => popup.heard.some((message) => message.request === number));
      return popup.heard.find((message) => message.request === number);
    };
    const given = await request('bytes', 1);
    assert.deepEqual([given.kind, given.name, given.digest], ['bytes', 'good.jpg', sha256(samples.good)]);
    assert.ok(Buffer.from(await (await fetch(given.url)).arrayBuffer()).equals(samples.good));
    const json = await request('report', 1, { format: 'json', language: 'en' });
    assert.equal(json.name, 'good.jpg.credentials.json');
    assert.deepEqual([JSON.parse(json.text).label, typeof JSON.parse(json.text).metadata], ['intact-known', 'object']);
    assert.match((await request('report', 1, { format: 'html', language: 'ko' })).text, /<html[^>]* lang="?ko/);
    // Of a file that was spared nothing is held: it is read now, and its digest is told from then on.
    assert.equal(JSON.parse((await request('report', 2, { format: 'json', language: 'en' })).text).label, 'none');
    assert.equal((await verdicts(port, 3))[2].digest, sha256(samples.none));
    assert.equal((await request('bytes', 99)).why, 'gone');
    popup.leave();
    await assert.rejects(fetch(given.url));
  });

  test('does_not_hand_out_other_bytes_than_were_checked', async () => {
    const files = { 1: samples.good };
    const port = frame({ page: 'https://news.example', reads: reading(({ id }) => files[id]) }), popup = view();
    find(port, 'https://news.example/a.jpg');
    ask(port, [1]);
    await verdicts(port, 1);
    // Without the lists that it was judged by, and then without the bytes.
    files[1] = samples.ai;
    for (const frameOf of host.registry.frames) for (const subject of frameOf.subjects.values()) subject.heldKey = null;
    popup.say({ kind: 'bytes', request: 5, tab: 1, frame: 0, id: 1 });
    assert.deepEqual(await popup.hears('failed'), { kind: 'failed', request: 5, why: 'changed' });
  });

  test('tells_the_frame_what_the_panel_beside_a_label_says', async () => {
    const port = frame();
    find(port, '/good.jpg', '/missing.jpg');
    ask(port, [1, 2]);
    await verdicts(port, 2);
    port.say({ kind: 'page', id: 1 });
    assert.match((await port.hears('page')).page.sentence, /^Unchanged since /);
    port.say({ kind: 'page', id: 2 });
    await port.hears('page', 2);
    assert.equal(port.of('page')[1].page, null);
  });

  test('answers_the_context_menu_with_what_the_frame_finds', async () => {
    const port = frame();
    find(port, '/good.jpg');
    await port.hears('settings');
    const clicked = host.receive({ to: 'engine', kind: 'menu', tab: 1, frame: 0, what: 'check' });
    await port.hears('ask-clicked');
    ask(port, [1], 'reader');
    assert.equal(await clicked, 1);
    assert.equal((await verdicts(port, 1))[1].label, 'intact-known');
    assert.equal(await host.receive({ to: 'engine', kind: 'menu', tab: 1, frame: 5, what: 'check' }), null);
  });

  describe('goes online when the reader asks', () => {
    const real = globalThis.fetch;
    let online;
    beforeEach(() => {
      online = [];
      settings = { ...settings, hosts: ['http://127.0.0.1/*'] };
      start();
    });
    after(() => { globalThis.fetch = real; });

    /** Hosts that are not there, as tests have it. */
    function elsewhere(answers) {
      globalThis.fetch = (url, init) => {
        if (!String(url).includes('.example/')) return real(url, init);
        online.push({ url, ...init });
        const answer = answers(url, init);
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(new Response(answer));
      };
    }
    async function asking(bytes) {
      offers.set('/a', file(bytes));
      const port = frame(), popup = view();
      find(port, '/a');
      ask(port, [1]);
      const verdict = (await verdicts(port, 1))[1];
      let last = 0;
      const go = async (what) => {
        popup.say({ kind: 'online', request: ++last, tab: 1, frame: 0, id: 1, what });
        await until(() => popup.heard.some(({ request }) => request === last));
        const { request, ...answer } = popup.heard.find((message) => message.request === last);
        return answer;
      };
      return { port, verdict, go };
    }
    const allow = (...hosts) => host.receive({ to: 'engine', kind: 'settings', settings: { ...settings, hosts: [...settings.hosts, ...hosts] } });

    test('for_a_manifest_that_is_kept_elsewhere', { skip: sharedIsAbsent }, async () => {
      const [picture, manifest] = await Promise.all(['png', 'c2pa'].map((ext) => readFile(path.join(shared, `corpus/made-remote/libpng-test-remote-only.${ext}`))));
      const at = picture.indexOf('example.invalid');
      const moved = Buffer.concat([picture.subarray(0, at), Buffer.from('store-1.example'), picture.subarray(at + 15)]);
      const { port, verdict, go } = await asking(moved);
      assert.deepEqual([verdict.label, verdict.remote, verdict.obstacle], ['not-checked', 'store-1.example', null]);
      let answer = manifest;
      elsewhere(() => answer);
      assert.deepEqual(await go('manifest'), { kind: 'failed', why: 'host', hosts: ['https://store-1.example/*'] });
      assert.equal(online.length, 0);
      await allow('https://store-1.example/*');
      answer = '<!doctype html>not found';
      assert.deepEqual(await go('manifest'), { kind: 'failed', why: 'unknown' });
      answer = new TypeError('nobody there');
      assert.deepEqual(await go('manifest'), { kind: 'failed', why: 'unreadable' });
      answer = Buffer.concat([manifest, Buffer.alloc(16 << 20)]);
      assert.deepEqual(await go('manifest'), { kind: 'failed', why: 'unreadable' });
      answer = manifest;
      assert.deepEqual(await go('manifest'), { kind: 'done' });
      const now = port.of('verdict').at(-1).verdict;
      assert.notEqual(now.label, 'not-checked');
      assert.deepEqual([now.digest, now.remote], [verdict.digest, null]);
      for (const { url, credentials, referrerPolicy, redirect, cache } of online)
        assert.deepEqual([url, credentials, referrerPolicy, redirect, cache], ['https://store-1.example/manifests/libpng.c2pa', 'omit', 'no-referrer', 'error', 'no-store']);
    });

    test('but_to_no_host_of_a_private_network', { skip: sharedIsAbsent }, async () => {
      const { verdict, go } = await asking(await readFile(path.join(shared, 'corpus/made-remote/libpng-test-remote-only.png')));
      assert.equal(verdict.remote, 'example.invalid');
      assert.deepEqual(await go('manifest'), { kind: 'failed', why: 'unknown' });
    });

    test('for_what_issuers_say_of_withdrawn_certificates', { skip: samplesAreAbsent }, async () => {
      const files = await revocationFiles();
      try {
        const [photo, anchors, revoked] = await Promise.all(['photo.jpg', 'anchors.pem', 'revoked.der'].map((name) => readFile(files.at(name))));
        settings = { ...settings, lists: [{ role: 'anchors', name: 'anchors.pem', content: anchors.toString('base64'), origin: 'own', source: '', added: 0 }] };
        start();
        const { port, verdict, go } = await asking(photo);
        assert.notEqual(verdict.label, 'revoked');
        let answer = new TypeError('nobody there');
        elsewhere(() => answer);
        assert.deepEqual(await go('revocation'), { kind: 'failed', why: 'host', hosts: ['http://ocsp.example/*'] });
        await allow('http://ocsp.example/*');
        assert.deepEqual(await go('revocation'), { kind: 'failed', why: 'unreadable' });
        answer = revoked;
        assert.deepEqual(await go('revocation'), { kind: 'done' });
        assert.equal(port.of('verdict').at(-1).verdict.label, 'revoked');
        const { url, method, headers, credentials } = online.at(-1);
        assert.deepEqual([url, method, headers['Content-Type'], credentials], ['http://ocsp.example/leaf', 'POST', 'application/ocsp-request', 'omit']);
      } finally {
        await files.remove();
      }
    });

    test('and_not_where_there_is_nothing_to_ask', async () => {
      const { go } = await asking(samples.good);
      for (const what of ['manifest', 'revocation']) assert.deepEqual(await go(what), { kind: 'failed', why: 'unknown' });
    });
  });
});
