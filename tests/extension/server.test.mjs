// A server of the reader's choice: what is taken of its answers, with a pinned signer and without. The network and the engine are stand-ins.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { afterEach, before, beforeEach, describe, test } from 'node:test';
import { importTypeScript } from '../browser/typescript.mjs';

const origin = 'https://lists.example', path = '/api/v1/trust-lists', pin = 'a'.repeat(64), other = 'b'.repeat(64);
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const now = Date.UTC(2026, 10, 22, 12), day = 24 * 3600_000;
const list = Buffer.from('{"sequenceNumber":7}');

const entry = (more = {}) => ({ name: 'Example News', role: 'any', url: `${path}/news`, sha256: sha256(list), date: '2026-11-21T12:00:00Z', sequence: 7, signature: `${path}/news.p7s`, ...more });
const index = (more = {}) => ({ format: 'provenance-trust-lists', version: 1, issued: new Date(now).toISOString(), sequence: 5, signature: `${path}.p7s`, lists: [entry()], ...more });

/** Stands for the engine: a signature is "signed by DIGEST over DIGEST". */
const signature = (by, bytes) => Buffer.from(`${by} ${sha256(bytes)}`);
const signerOf = async (content, by) => {
  const [signer, over] = Buffer.from(by).toString().split(' ');
  return over === sha256(content) ? signer : null;
};

describe("a server's index", () => {
  let servedIndex, servedList, files, asked;
  const { fetch } = globalThis;
  before(async () => ({ servedIndex, servedList } = await importTypeScript('extension/src/lists/server.ts')));
  beforeEach(() => {
    [files, asked] = [{}, []];
    globalThis.fetch = async (address) => {
      asked.push(address);
      const file = files[new URL(address).pathname];
      const bytes = typeof file === 'function' ? file() : file;
      return bytes === undefined ? new Response(null, { status: 404 }) : new Response(bytes);
    };
  });
  afterEach(() => (globalThis.fetch = fetch));

  const publish = (value, by) => {
    const bytes = Buffer.from(JSON.stringify(value));
    files[path] = bytes;
    files[`${path}.p7s`] = by && signature(by, bytes);
  };
  const take = (signer = pin, sequence = 0) => servedIndex(origin, { signer, sequence }, signerOf, now);

  test('is taken if the pinned certificate signed it', async () => {
    publish(index(), pin);
    const taken = await take();
    assert.deepEqual([taken.sequence, taken.issued, taken.lists.length], [5, now, 1]);
    assert.deepEqual(asked, [`${origin}${path}`, `${origin}${path}.p7s`]);
  });

  test('is refused if nobody signed it, somebody else did, or it was changed', async () => {
    publish(index());
    assert.equal(await take(), 'not-signed');
    publish(index(), other);
    assert.equal(await take(), 'other-signer');
    publish(index(), pin);
    files[path] = Buffer.concat([files[path], Buffer.from(' ')]);
    assert.equal(await take(), 'other-signer');
  });

  test('is fetched once more where it changed before its signature was fetched', async () => {
    publish(index(), pin);
    const young = files[path];
    let times = 0;
    files[path] = () => (times++ === 0 ? Buffer.from('{}') : young);
    assert.equal((await take()).sequence, 5);
    assert.equal(asked.length, 4);
  });

  test('is refused if it is older than one that was taken, or stands still', async () => {
    for (const [sequence, isTaken] of [[5, true], [6, false]]) {
      publish(index(), pin);
      assert.equal((await take(pin, sequence)) === 'replayed', !isTaken);
      assert.equal((await take('', sequence)) === 'replayed', !isTaken);
    }
    for (const [issued, isTaken] of [[now - 14 * day, true], [now - 14 * day - 1, false], [now + day, true], [now + day + 1, false]]) {
      publish(index({ issued: new Date(issued).toISOString() }), pin);
      assert.equal((await take()) === 'stale', !isTaken);
      // Who signs nothing can write any date.
      assert.notEqual(await take(''), 'stale');
    }
  });

  test('needs no signature where nobody is pinned, and none is asked for', async () => {
    publish(index());
    assert.equal((await take('')).lists.length, 1);
    assert.deepEqual(asked, [`${origin}${path}`]);
  });

  test('names lists, each of which is signed too', async () => {
    publish(index(), pin);
    const [named] = (await take()).lists;
    assert.equal(await servedList(named, pin, signerOf), 'unreachable');
    files[`${path}/news`] = list;
    assert.equal(await servedList(named, pin, signerOf), 'not-signed');
    files[`${path}/news.p7s`] = signature(other, list);
    assert.equal(await servedList(named, pin, signerOf), 'other-signer');
    files[`${path}/news.p7s`] = signature(pin, list);
    assert.deepEqual(Buffer.from(await servedList(named, pin, signerOf)), list);
    assert.equal(await servedList({ ...named, signature: null }, pin, signerOf), 'not-signed');
    assert.deepEqual(Buffer.from(await servedList({ ...named, signature: null }, '', signerOf)), list);
    // Signed, and another one than the index names: an issue of before.
    files[`${path}/news`] = Buffer.from('{"sequenceNumber":6}');
    files[`${path}/news.p7s`] = signature(pin, files[`${path}/news`]);
    assert.equal(await servedList(named, pin, signerOf), 'other-bytes');
  });
});

describe('a certificate that is pinned', () => {
  let signerFrom;
  before(async () => ({ signerFrom } = await importTypeScript('extension/src/lists/signer.ts')));
  const der = Buffer.from('any bytes will do: only their digest is asked for');
  const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/(.{32})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;

  test('is read as a digest, as PEM, or as PEM that lost its line breaks', async () => {
    for (const [typed, digest] of [['', ''], ['  ', ''], [pin, pin], [pin.toUpperCase(), pin], [pin.match(/../g).join(':'), pin], [pem, sha256(der)], [pem.replaceAll('\n', ''), sha256(der)], [`subject=CN=x\n${pem}`, sha256(der)]])
      assert.equal(await signerFrom(typed), digest, typed);
  });

  test('is nothing else', async () => {
    for (const wrong of [pin.slice(1), `${pin}0`, `g${pin.slice(1)}`, pem + pem, pem.replace('=', '=='), '-----BEGIN CERTIFICATE----------END CERTIFICATE-----', '-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----'])
      assert.equal(await signerFrom(wrong), null, wrong);
  });
});
