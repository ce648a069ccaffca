// What the popup says, as functions of what the engine told.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { importTypeScript } from '../browser/typescript.mjs';
import { answered, everything, many, unasked, unreached, usual } from './fixtures/views.mjs';
import { words } from './popup-page.mjs';

let counter, order, sayings, addresses, pictures, labels;
before(async () => {
  const from = (name) => importTypeScript(`extension/src/pages/tab/${name}`);
  counter = await from('counter.ts');
  order = await from('order.ts');
  sayings = await from('sayings.ts');
  addresses = await from('address.ts');
  pictures = await from('../../pictureType.ts');
  labels = await from('labels.ts');
});

const said = (entries, language = 'en', left = 0) => counter.counterOf(counter.countsOf({ entries, left }), words[language], language);

describe('the counter', () => {
  test('counts as people count', () => {
    assert.equal(said(usual()), '42 images, 3 with credentials, 1 broken; the others say nothing either way');
    assert.equal(said(usual(), 'ko'), '이미지 42개, 자격 증명 있음 3개, 불일치 1개; 나머지는 진위 여부와 무관');
  });

  test('says one of one, and many of many', () => {
    assert.equal(said([answered('intact-known')]), '1 image, 1 with credentials');
    assert.equal(said(many(2, () => answered('intact-known'))), '2 images, 2 with credentials');
    assert.equal(said(many(1234, () => answered('none'))), '1,234 images, none with credentials; that says nothing either way');
    assert.equal(said([answered('none'), answered('none', { kind: 'video' }), answered('none', { kind: 'audio' }), answered('none', { kind: 'audio' })]),
      '1 image, 1 video, and 2 sounds, none with credentials; that says nothing either way');
  });

  test('knows what is a picture', () => {
    for (const kind of ['image', 'svg-image', 'background', 'poster']) assert.match(said([unasked({ kind })]), /^1 image;/);
    assert.match(said([unasked({ kind: 'video' })]), /^1 video;/);
    assert.match(said([unasked({ kind: 'audio' })]), /^1 sound;/);
    assert.equal(said([]), 'No images, videos or sounds found on this page');
  });

  test('does not let those speak that were not looked at', () => {
    assert.equal(said(many(3, () => unasked())), '3 images; not looked at yet');
    const some = [answered('none'), unasked()];
    assert.equal(said(some), '2 images; 1 without, which says nothing either way; 1 not looked at yet');
    assert.doesNotMatch(said(some), /none with credentials|the others/);
    assert.equal(said([answered('intact-known'), answered('none'), unasked()]), '3 images, 1 with credentials; 1 without, which says nothing either way; 1 not looked at yet');
    assert.equal(said([answered('intact-known'), answered('none'), answered('none')]), '3 images, 1 with credentials; the others say nothing either way');
  });

  test('keeps apart what is small, under way, unreachable, unreadable and elsewhere', () => {
    assert.equal(said([unasked({ isSmall: true })]), '1 image; too small to be looked at unasked');
    assert.equal(said([answered('none', { isSmall: true })]), '1 image, none with credentials; that says nothing either way');
    assert.equal(said([unasked({ phase: 'waiting' }), unasked({ phase: 'checking' })]), '2 images; being checked');
    assert.equal(said([unreached('no-access')]), '1 image; could not be checked');
    assert.equal(said([answered('not-checked', { verdict: { remote: 'credentials.example' } })]), '1 image; could not be checked');
    assert.equal(said([answered('unreadable')]), '1 image; cannot be read');
    assert.equal(said([answered('intact-known', { sameness: 'other' })]), '1 image; the page shows something else');
    assert.equal(said([answered('broken', { sameness: 'other' }), answered('none', { sameness: 'other' })]), '2 images; the page shows something else');
    assert.equal(said([answered('revoked'), answered('broken')]), '2 images, 2 with credentials, 1 broken, 1 with a withdrawn certificate');
  });

  test('says what is not listed', () => {
    assert.equal(said([answered('none')], 'en', 1), '1 image, none with credentials; that says nothing either way; 1 more not listed');
    assert.match(said([answered('none')], 'en', 5000), /; 5,000 more not listed$/);
  });

  test('counts every medium once, whatever is told of it', () => {
    const entries = everything();
    const { states, images, videos, sounds } = counter.countsOf({ entries, left: 0 });
    assert.equal(Object.values(states).reduce((sum, n) => sum + n), entries.length);
    assert.equal(images + videos + sounds, entries.length);
  });
});

describe('the order of the list', () => {
  const names = (entries) => order.groupsOf(entries).map((group) => group.name);

  test('what speaks comes first, and of that what is broken', () => {
    assert.deepEqual(names(everything()), ['credentials', 'trouble', 'open', 'none', 'unasked', 'small']);
    assert.deepEqual(names([...everything()].reverse()), ['credentials', 'trouble', 'open', 'none', 'unasked', 'small']);
    const [first] = order.groupsOf(everything().reverse());
    assert.deepEqual(first.entries.slice(0, 3).map((entry) => entry.verdict.label), ['broken', 'revoked', 'intact-time-unproven']);
  });

  test('what the page does not show has no credentials here', () => {
    assert.deepEqual(names([answered('broken', { sameness: 'other' })]), ['trouble']);
    assert.deepEqual(names([answered('broken', { sameness: 'fresh' })]), ['credentials']);
  });

  test('the order of the page is kept among equals', () => {
    const entries = many(5, () => answered('intact-known'));
    assert.deepEqual(order.groupsOf(entries)[0].entries.map(({ id }) => id), entries.map(({ id }) => id));
  });

  test('what says nothing is folded, but not when there is nothing else', () => {
    const groups = order.groupsOf(everything());
    assert.deepEqual(groups.filter(({ name }) => order.isFolded(name, groups)).map(({ name }) => name), ['none', 'unasked', 'small']);
    const start = order.groupsOf([unasked(), unasked({ isSmall: true })]);
    assert.deepEqual(start.filter(({ name }) => order.isFolded(name, start)).map(({ name }) => name), ['small']);
    const small = order.groupsOf([unasked({ isSmall: true })]);
    assert.equal(order.isFolded('small', small), false);
  });

  test('no more rows are drawn than are shared out, the first groups first', () => {
    const groups = order.groupsOf([...many(150, () => answered('broken')), ...many(100, () => unreached('offline'))]);
    assert.deepEqual([...order.sharesOf(groups, () => true, 200)], [['credentials', 150], ['trouble', 50]]);
    assert.deepEqual([...order.sharesOf(groups, (name) => name === 'trouble', 200)], [['credentials', 0], ['trouble', 100]]);
    assert.deepEqual([...order.sharesOf(groups, () => true, 250)], [['credentials', 150], ['trouble', 100]]);
  });
});

describe('what a row says', () => {
  test('a fresh download is told as one, always', () => {
    for (const label of ['intact-known', 'intact-unknown-issuer', 'intact-time-unproven', 'revoked', 'broken', 'unreadable', 'none']) {
      for (const sameness of ['fresh', 'other', null]) assert.match(sayings.samenessWords(answered(label, { sameness }), words.en), /fresh download/, `${label} ${sameness}`);
      for (const sameness of ['own-bytes', 'same-pixels']) assert.equal(sayings.samenessWords(answered(label, { sameness }), words.en), 'This is the picture shown');
    }
    assert.equal(sayings.samenessWords(unreached('offline'), words.en), null, 'where nothing was downloaded');
    assert.equal(sayings.samenessWords(answered('not-checked'), words.en), null, 'where nothing was checked');
    assert.equal(sayings.samenessWords(unasked(), words.en), null);
  });

  test('what the page does not show has neither its label nor its issuer', () => {
    const swapped = answered('intact-known', { sameness: 'other' });
    assert.equal(sayings.stateWords(swapped, words.en), 'the page shows something else');
    assert.equal(sayings.shapeOf(swapped), 'not-checked');
    assert.equal(sayings.issuerWords(swapped), null);
    assert.equal(sayings.sentenceOf(swapped, words.en).includes('Unchanged'), false);
    const shown = answered('intact-known');
    assert.equal(sayings.shapeOf(shown), 'intact-known');
    assert.deepEqual(sayings.issuerWords(shown), { key: 'tab.issuer.known', name: 'Example Newsroom' });
  });

  test('a name is an issuer only where a list knows it, and no name stands beside what is broken', () => {
    assert.equal(sayings.issuerWords(answered('intact-known')).key, 'tab.issuer.known');
    for (const label of ['intact-unknown-issuer', 'intact-time-unproven', 'revoked']) assert.match(words.en[sayings.issuerWords(answered(label)).key], /^Name in the certificate/);
    for (const label of ['broken', 'unreadable', 'not-checked', 'none']) assert.equal(sayings.issuerWords(answered(label, { verdict: { issuer: 'Somebody' } })), null, label);
  });

  test('each obstacle has its reason in both languages', () => {
    for (const entry of everything().filter((one) => one.verdict?.obstacle)) {
      for (const language of ['en', 'ko']) assert.ok(sayings.sentenceOf(entry, words[language]).length > 10, entry.verdict.obstacle);
    }
    assert.match(sayings.sentenceOf(unreached('no-access'), words.en), /cdn\.example/);
  });
});

describe('addresses', () => {
  test('are cut into a host and a name', () => {
    assert.deepEqual(addresses.shownAddress('https://cdn.example:8443/a/b%20c.jpg?x=1#y'), { host: 'cdn.example:8443', file: 'b c.jpg' });
    assert.deepEqual(addresses.shownAddress('https://cdn.example/'), { host: 'cdn.example', file: '' });
    assert.deepEqual(addresses.shownAddress('data:image/png;base64,iVBO'), { host: 'data:', file: 'image/png' });
    assert.deepEqual(addresses.shownAddress('blob:https://news.example/3c9e3e1e'), { host: 'blob:', file: '' });
    assert.deepEqual(addresses.shownAddress('https://cdn.example/%E0%A4%A.jpg').host, 'cdn.example');
  });

  test('turn no writing around and take no room without end', () => {
    assert.equal(addresses.shownAddress('https://cdn.example/%E2%80%AEgpj.exe').file, '\ufffdgpj.exe');
    assert.ok(addresses.shownAddress(`https://cdn.example/${'w'.repeat(5000)}.jpg`).file.length < 100);
    assert.equal(addresses.wholeAddress('w'.repeat(300)).length, 300);
    assert.equal(addresses.wholeAddress('w'.repeat(301)).length, 301);
    assert.match(addresses.wholeAddress('w'.repeat(301)), /…$/);
    for (const letter of ['w', '\u{1f600}']) {
      assert.equal([...addresses.clipped(letter.repeat(1500))].length, 1500);
      assert.doesNotMatch(addresses.clipped(letter.repeat(1500)), /…$/);
      assert.equal(addresses.clipped(letter.repeat(1501)), `${letter.repeat(1500)}…`);
      assert.equal(addresses.clipped(letter.repeat(100_000)), `${letter.repeat(1500)}…`);
      assert.equal(addresses.wholeAddress(letter.repeat(100_000)), `${letter.repeat(300)}…`);
    }
  });
});

describe('thumbnails', () => {
  const bytes = (...parts) => new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))));

  test('are pictures that hold no program, told by their bytes', () => {
    assert.equal(pictures.pictureType(bytes([0xff, 0xd8, 0xff, 0xe0])), 'image/jpeg');
    assert.equal(pictures.pictureType(bytes([0x89], 'PNG\r\n', [0x1a], '\n')), 'image/png');
    assert.equal(pictures.pictureType(bytes('GIF89a')), 'image/gif');
    assert.equal(pictures.pictureType(bytes('RIFF', [1, 2, 3, 4], 'WEBP')), 'image/webp');
    assert.equal(pictures.pictureType(bytes([0, 0, 0, 28], 'ftypavif')), 'image/avif');
    for (const other of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<?xml version="1.0"?><svg/>', '<!doctype html>', 'GIF88a', '', 'RIFF1234WAVE']) assert.equal(pictures.pictureType(bytes(other)), null, other);
    assert.equal(pictures.pictureType(bytes([0, 0, 0, 28], 'ftypmp42')), null);
  });
});

describe('the choice of labels', () => {
  const choice = (settings, isAllowed = true) => labels.choiceOn('https://news.example/x', { sites: [], denied: [], isPaused: false, ...settings }, isAllowed);

  test('is what the reader chose and the browser allowed', () => {
    assert.equal(choice({}), 'on-demand');
    assert.equal(choice({ sites: ['*://news.example/*'] }), 'site');
    assert.equal(choice({ sites: ['*://news.example/*'] }, false), 'not-allowed');
    assert.equal(choice({ sites: ['*://*/*'] }), 'all');
    assert.equal(choice({ sites: ['*://*/*'], denied: ['*://news.example/*'] }), 'denied');
    assert.equal(choice({ sites: ['*://*/*'], denied: ['*://other.example/*'] }), 'all');
    assert.equal(choice({ sites: ['*://*/*'], isPaused: true }), 'paused');
  });
});
