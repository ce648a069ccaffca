// The engine host's parts: what it takes from frames, in which order it works, what it keeps.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { inRepository } from '../browser/repository.mjs';
import { importTypeScript } from '../browser/typescript.mjs';

const { fromFrame, fromView, Queue, Lru, placeOf, isOurPage, fileNameOf, shownType, findingOf, bytesOf, wordsOf, MOST_MEDIA, MOST_URL } = await importTypeScript('tests/extension/engine-parts.ts');

describe('messages of frames', () => {
  const medium = { id: 1, kind: 'image', url: 'https://a.example/a.jpg', name: '', natural: { width: 1, height: 1 }, shown: { width: 0.5, height: 1 }, isSmall: false };
  const media = (change) => ({ kind: 'media', media: [{ ...medium, ...change }] });
  const many = (count) => Array.from({ length: count }, (_, i) => i);
  for (const [name, taken, refused] of [
    ['a frame says whether it is late', { kind: 'frame', isLate: true }, { kind: 'frame', isLate: 1 }],
    ['a number is whole', media({ id: 0 }), media({ id: 0.5 })],
    ['a number is not negative', media({ id: 0 }), media({ id: -1 })],
    ['a number is exact', media({ id: Number.MAX_SAFE_INTEGER }), media({ id: 2 ** 53 })],
    ['a kind is a known one', media({ kind: 'poster' }), media({ kind: 'canvas' })],
    ['an address has an end', media({ url: 'x'.repeat(MOST_URL) }), media({ url: 'x'.repeat(MOST_URL + 1) })],
    ['a name has an end', media({ name: 'x'.repeat(200) }), media({ name: 'x'.repeat(201) })],
    ['a size may be unknown, and is not half known', media({ natural: null }), media({ natural: { width: 1 } })],
    ['a shown size is known', media({ shown: { width: 0, height: 0 } }), media({ shown: null })],
    ['a length is a number', media({ shown: { width: 1e8, height: 0 } }), media({ shown: { width: 1e8 + 1, height: 0 } })],
    ['isShared is told or not', media({ isShared: true }), media({ isShared: 'yes' })],
    ['media come in a list that has an end', { kind: 'media', media: many(MOST_MEDIA).map(() => medium) }, { kind: 'media', media: many(MOST_MEDIA + 1).map(() => medium) }],
    ['numbers come in a list that has an end', { kind: 'gone', ids: many(MOST_MEDIA) }, { kind: 'gone', ids: many(MOST_MEDIA + 1) }],
    ['numbers come in a list', { kind: 'gone', ids: [] }, { kind: 'gone', ids: { length: 0 } }],
    ['who asks is a reader or a sight', { kind: 'check', ids: [1], by: 'reader' }, { kind: 'check', ids: [1], by: 'all' }],
    ['sameness is a known word', { kind: 'shown', id: 1, sameness: 'other' }, { kind: 'shown', id: 1, sameness: 'exact' }],
    ['display is a known word', { kind: 'display', id: 1, display: 'cropped' }, { kind: 'display', id: 1, display: '' }],
    ['interference names a medium', { kind: 'interference', id: 1 }, { kind: 'interference' }],
    ['a page is asked for by number', { kind: 'page', id: 1 }, { kind: 'page', id: '1' }],
    ['a validator is text or nothing', { kind: 'head', job: 1, validator: null, isLikely: false }, { kind: 'head', job: 1, isLikely: false }],
    ['a validator has an end', { kind: 'head', job: 1, validator: 'x'.repeat(500), isLikely: true }, { kind: 'head', job: 1, validator: 'x'.repeat(501), isLikely: true }],
    ['bytes are a Blob', { kind: 'bytes', job: 1, blob: new Blob(), validator: null }, { kind: 'bytes', job: 1, blob: {}, validator: null }],
    ['a spared file has a validator or none', { kind: 'spared', job: 1, length: 1, validator: null }, { kind: 'spared', job: 1, length: 1 }],
    ['a spared file has a length', { kind: 'spared', job: 1, length: 5, validator: null }, { kind: 'spared', job: 1, length: Infinity, validator: null }],
    ['an obstacle is one that a frame can meet', { kind: 'unread', job: 1, obstacle: 'no-access' }, { kind: 'unread', job: 1, obstacle: 'engine' }],
    ['a kind is one of ours', { kind: 'page', id: 1 }, { kind: 'constructor', id: 1 }],
    ['a message is an object', { kind: 'page', id: 1 }, 'page'],
    ['a message is something', { kind: 'page', id: 1 }, null],
    ['a frame speaks as a frame', { kind: 'page', id: 1 }, { kind: 'watch', tab: 1 }],
  ]) {
    test(name, () => {
      assert.deepEqual(fromFrame([taken]), [taken]);
      assert.equal(fromFrame([refused]), null);
      assert.equal(fromFrame([taken, refused]), null);
      assert.equal(fromFrame(taken), null);
    });
  }
  test('a view speaks as a view', () => {
    assert.notEqual(fromView({ kind: 'watch', tab: 1 }), null);
    assert.equal(fromView({ kind: 'frame', isLate: true }), null);
    assert.notEqual(fromView({ kind: 'report', request: 1, tab: 1, frame: 0, id: 1, format: 'html', language: 'ko' }), null);
    assert.equal(fromView({ kind: 'report', request: 1, tab: 1, frame: 0, id: 1, format: 'pdf', language: 'ko' }), null);
  });
});

describe('who is at the other end of a port', () => {
  const ours = { id: 'ours', base: 'chrome-extension://ours/' };
  const sender = { id: 'ours', tab: { id: 5, incognito: false, url: 'https://top.example/' }, frameId: 2, url: 'https://a.example/x', origin: 'https://a.example' };
  test('a frame is one by what the browser says', () => {
    assert.deepEqual(placeOf(sender, ours), { tab: 5, id: 2, origin: 'https://a.example', address: 'https://a.example/x', tabAddress: 'https://top.example/', isPrivate: false });
    assert.equal(placeOf({ ...sender, tab: { id: 5, incognito: true } }, ours).isPrivate, true);
    for (const other of [undefined, { ...sender, id: 'theirs' }, { ...sender, tab: undefined }, { ...sender, frameId: undefined }, { ...sender, url: `${ours.base}popup.html` }])
      assert.equal(placeOf(other, ours), null);
  });
  test('a frame without an address has that of its origin, and one without an origin has none', () => {
    assert.equal(placeOf({ ...sender, url: 'about:srcdoc' }, ours).address, 'https://a.example/');
    assert.equal(placeOf({ ...sender, url: 'about:srcdoc', origin: 'null' }, ours).origin, 'null');
    assert.equal(placeOf({ ...sender, origin: undefined }, ours).origin, 'https://a.example');
  });
  test('a view is a page of ours', () => {
    assert.equal(isOurPage({ id: 'ours', url: `${ours.base}popup.html`, origin: 'chrome-extension://ours' }, ours), true);
    assert.equal(isOurPage({ id: 'ours', url: `${ours.base}popup.html` }, ours), true);
    for (const other of [undefined, sender, { id: 'theirs', url: `${ours.base}popup.html` }, { id: 'ours', url: 'https://x.example/' }, { id: 'ours', url: `${ours.base}x`, origin: 'https://a.example' }, { id: 'ours', url: 'chrome-extension://ours.evil/' }])
      assert.equal(isOurPage(other, ours), false);
  });
});

describe('the queue', () => {
  /** Tasks that end when they are told. */
  function queueOf(atOnce) {
    const begun = [], queue = new Queue(atOnce), ends = new Map();
    const task = (name, urgency) => ({ name, urgency, run: () => { begun.push(name); return new Promise((resolve) => ends.set(name, resolve)); } });
    const end = async (name) => { ends.get(name)(); await new Promise((resolve) => setImmediate(resolve)); };
    const add = (urgency, ...names) => { const tasks = names.map((name) => task(name, urgency)); queue.add(tasks, urgency); return tasks; };
    return { begun, queue, end, add };
  }
  test('does_a_few_things_at_a_time', async () => {
    const { begun, end, add, queue } = queueOf(3);
    add('sight', 'a', 'b', 'c', 'd');
    assert.deepEqual(begun, ['a', 'b', 'c']);
    assert.equal(queue.length, 1);
    await end('b');
    assert.deepEqual(begun, ['a', 'b', 'c', 'd']);
  });
  test('begins_with_what_came_into_sight_last', async () => {
    const { begun, end, add } = queueOf(1);
    add('sight', 'a', 'b', 'c');
    add('sight', 'd', 'e');
    await end('a');
    await end('d');
    await end('e');
    assert.deepEqual(begun, ['a', 'd', 'e', 'b']);
  });
  test('lets_the_reader_overtake', async () => {
    const { begun, end, add } = queueOf(1);
    add('sight', 'a', 'b');
    add('all', 'c', 'd');
    add('reader', 'e');
    assert.deepEqual(begun, ['a', 'e'], 'it waits for nobody');
    await end('a');
    await end('c');
    await end('d');
    assert.deepEqual(begun, ['a', 'e', 'c', 'd', 'b']);
  });
  test('has_the_reader_wait_for_what_the_reader_asked_before', async () => {
    const { begun, end, add } = queueOf(1);
    add('reader', 'a', 'b');
    assert.deepEqual(begun, ['a']);
    await end('a');
    assert.deepEqual(begun, ['a', 'b']);
  });
  test('hurries_what_waits_and_leaves_what_has_begun', async () => {
    const { begun, end, add, queue } = queueOf(1);
    const [a, , c] = add('sight', 'a', 'b', 'c');
    queue.hurry(c, 'reader');
    queue.hurry(a, 'reader');
    assert.deepEqual(begun, ['a', 'c']);
    await end('a');
    assert.deepEqual(begun, ['a', 'c', 'b']);
  });
  test('forgets_what_is_taken_away', async () => {
    const { begun, end, add, queue } = queueOf(1);
    const [, b] = add('sight', 'a', 'b');
    queue.remove(b);
    await end('a');
    assert.deepEqual(begun, ['a']);
  });
});

describe('what is kept', () => {
  test('is_what_was_used_last', () => {
    const dropped = [], kept = new Lru(2, Infinity, (value) => dropped.push(value));
    kept.set('a', 1);
    kept.set('b', 2);
    assert.equal(kept.get('a'), 1);
    kept.set('c', 3);
    assert.deepEqual([kept.get('a'), kept.get('b'), kept.get('c'), dropped], [1, undefined, 3, [2]]);
  });
  test('has_a_weight_that_it_does_not_exceed', () => {
    const dropped = [], kept = new Lru(9, 10, (value) => dropped.push(value));
    kept.set('a', 'a', 5);
    kept.set('b', 'b', 5);
    assert.equal(kept.size, 2);
    kept.set('c', 'c', 1);
    assert.deepEqual([kept.size, dropped], [2, ['a']]);
    kept.set('d', 'd', 11);
    assert.deepEqual([kept.size, dropped], [2, ['a', 'd']]);
    kept.set('e', 'e', 10);
    assert.deepEqual([kept.size, dropped], [1, ['a', 'd', 'b', 'c']]);
  });
  test('is_told_when_another_takes_its_place', () => {
    const dropped = [], kept = new Lru(9, 10, (value) => dropped.push(value));
    kept.set('a', 1, 10);
    kept.set('a', 2, 10);
    kept.clear();
    assert.deepEqual([kept.size, dropped], [0, [1, 2]]);
  });
});

describe('what is told of a file', () => {
  const report = (change) => ({ label: 'intact-known', references: [], signer: { claimed: { issuer: 'CN=x' } }, ...change });
  const issuer = (name) => findingOf(report({ signer: name === null ? null : { claimed: { issuer: name } } }), {}, {}).issuer;
  for (const [name, expected] of [
    ['CN=Example CA,O=Example,C=US', 'Example CA'], ['O=Example,C=US', 'Example'], ['C=US', 'C=US'], ['CN=a\\, b\\+c,O=x', 'a, b+c'], ['O=x+CN=y', 'y'], ['CN=\\C3\\A9t\\C3\\A9', 'été'], ['cn=x', 'x'],
    ['O=CN\\=x', 'CN=x'], [null, null],
  ]) test(`the issuer of ${name} is ${expected}`, () => assert.equal(issuer(name), expected));
  test('the host of a manifest is told where nothing was checked for it', () => {
    const references = [{ kind: 'cloud-data', url: 'https://b.example/' }, { kind: 'remote-manifest', url: 'https://a.example:8443/x.c2pa' }];
    assert.equal(findingOf(report({ label: 'not-checked', references }), {}, {}).remote, 'a.example:8443');
    assert.equal(findingOf(report({ references }), {}, {}).remote, null);
    assert.equal(findingOf(report({ label: 'not-checked', references: [{ kind: 'remote-manifest', url: 'nowhere' }] }), {}, {}).remote, null);
  });
  for (const language of ['en', 'ko']) {
    test(`of files without credentials the same as the engine says (${language})`, async () => {
      const engine = JSON.parse(await readFile(inRepository(`verifier/Provenance.Verifier/Labels/Words.${language}.json`), 'utf8'));
      assert.equal(wordsOf(language)['none.sentence'], engine['label.none']);
    });
  }
  for (const [url, name] of [
    ['https://a.example/x/photo.jpg?y#z', 'photo.jpg'], ['https://a.example/', 'file'], ['data:image/png;base64,AAAA/x.png', 'file'], ['https://a.example/..%2F..%2Fetc%2Fpasswd', 'etc_passwd'],
    ['https://a.example/%E2%80%AEgpj.exe', 'gpj.exe'], ['https://a.example/%zz.jpg', 'zz.jpg'], ['https://a.example/%EC%82%AC%EC%A7%84.jpg', '사진.jpg'], [`https://a.example/${'a'.repeat(300)}`, 'a'.repeat(80)],
    ['https://a.example/.htaccess', 'htaccess'], ['https://a.example/con%0A.txt', 'con_.txt'],
  ]) test(`${url.slice(0, 50)} is called ${name.slice(0, 50)}`, () => assert.equal(fileNameOf(url), name));
  test('only_types_without_scripts_are_handed_to_the_browser', () => {
    assert.equal(shownType('image/jpeg'), 'image/jpeg');
    for (const type of ['image/svg+xml', 'text/html', 'application/pdf', null]) assert.equal(shownType(type), 'application/octet-stream');
  });
});

describe('Base64', () => {
  test('is_decoded', () => assert.deepEqual([...bytesOf('AP8=')], [0, 255]));
  test('that_is_none_is_refused', () => assert.throws(() => bytesOf('*')));
});
