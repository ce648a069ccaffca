// Where the engine may go for bytes: attacks.md K25.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { shared, sharedIsAbsent } from '../browser/repository.mjs';
import { importTypeScript } from '../browser/typescript.mjs';

const { isPrivateHost, routeOf, isAllowed } = await importTypeScript('tests/extension/engine-parts.ts');
const isPrivate = (host) => isPrivateHost(new URL(`http://${host}/a.jpg`));

/** The last private and the first public neighbour of each block, on both sides where there is one. */
const pairs = [
  ['0.255.255.255', '1.0.0.0'], ['10.0.0.0', '9.255.255.255'], ['10.255.255.255', '11.0.0.0'], ['100.64.0.0', '100.63.255.255'], ['100.127.255.255', '100.128.0.0'],
  ['127.0.0.0', '126.255.255.255'], ['127.255.255.255', '128.0.0.0'], ['168.63.129.16', '168.63.129.15'], ['168.63.129.16', '168.63.129.17'],
  ['169.254.0.0', '169.253.255.255'], ['169.254.255.255', '169.255.0.0'], ['172.16.0.0', '172.15.255.255'], ['172.31.255.255', '172.32.0.0'],
  ['192.0.0.255', '192.0.1.0'], ['192.0.2.255', '192.0.3.0'], ['192.31.196.0', '192.31.195.255'], ['192.52.193.255', '192.52.194.0'], ['192.88.99.0', '192.88.98.255'],
  ['192.168.0.0', '192.167.255.255'], ['192.168.255.255', '192.169.0.0'], ['192.175.48.0', '192.175.47.255'], ['198.18.0.0', '198.17.255.255'], ['198.19.255.255', '198.20.0.0'],
  ['198.51.100.255', '198.51.101.0'], ['203.0.113.0', '203.0.112.255'], ['224.0.0.0', '223.255.255.255'], ['255.255.255.255', '223.255.255.255'],
  ['127.1', '8.8'], ['2130706433', '134744072'], ['0x7f000001', '0x8080808'], ['0177.0.0.1', '0200.0.0.1'], ['127.0.0.1.', '8.8.8.8.'],
  ['[::1]', '[2606:4700::1]'], ['[::]', '[2a00::]'], ['[::ffff:127.0.0.1]', '[2600::7f00:1]'], ['[64:ff9b::10.0.0.1]', '[64:ff9b::8.8.8.8]'], ['[64:ff9b:1::808:808]', '[64:ff9b::808:808]'],
  ['[2002:7f00:1::]', '[2003::1]'], ['[2001:1ff:ffff::]', '[2001:200::]'], ['[2001:db8:ffff::]', '[2001:db9::]'], ['[2620:4f:8000::1]', '[2620:4f:8001::1]'], ['[3fff:fff::]', '[3ffe::]'],
  ['[fc00::1]', '[2400::1]'], ['[fe80::1]', '[2400::1]'], ['[1fff:ffff::]', '[2000::]'], ['[4000::]', '[3ffe:ffff::]'],
  ['localhost', 'localhost.org'], ['LOCALHOST.', 'local.host'], ['x.localhost', 'localhost.com'], ['printer.local', 'local.net'], ['a.internal', 'internal.com'], ['router.home.arpa', 'home.example'],
  ['nas', 'nas.com'], ['a.lan', 'lan.info'], ['①②⑦.⓪.⓪.①', '⑧.⑧.⑧.⑧'], ['127。0。0。1', '8。8。8。8'],
];

describe('addresses', () => {
  for (const [inside, outside] of pairs) {
    test(`${inside} is private and ${outside} is not`, () => {
      assert.equal(isPrivate(inside), true, inside);
      assert.equal(isPrivate(outside), false, outside);
    });
  }

  test('what a server of ours would refuse for its host is refused from a public page too', { skip: sharedIsAbsent }, async () => {
    const vectors = JSON.parse(await readFile(path.join(shared, 'vectors/ssrf/urls.json'), 'utf8'));
    // Ports are the browser's to refuse, and so is what is no URL. A page's own data: and blob: ask nobody. It reads a lone path as the page's.
    const ours = vectors.mustRefuse.filter(({ u, why }) => URL.canParse(u) && !/port|redis|odd form|CRLF/.test(why) && !/^(data|blob):/.test(u) && u !== 'http:///a');
    assert.ok(ours.length > 50);
    for (const { u, why } of ours) assert.ok('obstacle' in routeOf({ url: u }, 'https://news.example', ['*://*/*']), `${u} ${why}`);
    for (const { u } of vectors.mustAllow) assert.deepEqual(routeOf({ url: u }, 'https://news.example', ['*://*/*']), { by: 'engine' }, u);
  });
});

describe('routes', () => {
  const page = 'https://news.example', hosts = ['*://*.cdn.example/*'];
  const route = (url, { origin = page, isShared, allowed = hosts } = {}) => routeOf({ url, isShared }, origin, allowed);

  test('a frame reads what is its own', () => {
    for (const url of ['blob:https://news.example/1', 'data:image/png;base64,AAAA', `${page}/a.jpg`]) assert.deepEqual(route(url), { by: 'frame' });
  });
  test('the engine fetches from hosts that are allowed, and the frame tries the others', () => {
    assert.deepEqual(route('https://img.cdn.example/a.jpg'), { by: 'engine' });
    assert.deepEqual(route('https://img.other.example/a.jpg'), { by: 'frame' });
    assert.deepEqual(route('https://img.cdn.example/a.jpg', { allowed: [] }), { by: 'frame' });
  });
  test('another port or scheme is another origin', () => {
    assert.deepEqual(route('http://news.example/a.jpg', { allowed: ['*://*/*'] }), { by: 'engine' });
    assert.deepEqual(route('https://news.example:444/a.jpg', { allowed: ['*://*/*'] }), { by: 'engine' });
  });
  test('an element with crossorigin is read where its pixels can be compared', () => {
    assert.deepEqual(route('https://img.cdn.example/a.jpg', { isShared: true }), { by: 'frame' });
  });
  test('a private address is for private pages only, whoever would read it', () => {
    for (const allowed of [['*://*/*'], []]) {
      for (const isShared of [true, false]) {
        assert.deepEqual(route('http://192.168.1.1/a.jpg', { allowed, isShared }), { obstacle: 'private-address' });
        assert.deepEqual(route('http://192.168.1.1/a.jpg', { allowed, origin: 'null' }), { obstacle: 'private-address' });
      }
    }
    assert.deepEqual(route('http://192.168.1.1/a.jpg', { allowed: ['*://*/*'], origin: 'http://10.0.0.1' }), { by: 'engine' });
    assert.deepEqual(route('http://192.168.1.1/a.jpg', { origin: 'http://192.168.1.1' }), { by: 'frame' });
  });
  test('nothing is asked for by other schemes or with a password', () => {
    for (const url of ['file:///etc/passwd', 'ftp://cdn.example/a', 'chrome-extension://x/a', 'about:blank', '', 'https://user:word@img.cdn.example/a.jpg'])
      assert.deepEqual(route(url, { allowed: ['<all_urls>'] }), { obstacle: 'no-access' }, url);
  });
  test('a frame without an origin owns nothing by its name', () => {
    assert.deepEqual(route('https://img.cdn.example/a.jpg', { origin: 'null' }), { by: 'engine' });
  });
  test('hosts are allowed by the patterns of browsers', () => {
    assert.equal(isAllowed('https://a.example/x', ['<all_urls>']), true);
    assert.equal(isAllowed('file:///x', ['<all_urls>']), false);
    assert.equal(isAllowed('https://a.example/x', ['http://a.example/*']), false);
  });
});
