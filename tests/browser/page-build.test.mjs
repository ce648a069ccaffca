import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');
const engine = join(root, 'artifacts/browser');
const samples = join(root, 'tests/samples');

describe('the built page', { skip: existsSync(engine) ? false : 'artifacts/browser is not built' }, () => {
  const place = mkdtempSync(join(tmpdir(), 'provenance-page-'));
  const lists = join(place, 'lists');
  const read = name => readFileSync(join(place, 'page', name), 'utf8');

  const make = async name => {
    process.env.PROVENANCE_PAGE = join(place, name);
    await build({ configFile: join(root, 'server/page/vite.config.ts'), logLevel: 'error' });
    delete process.env.PROVENANCE_PAGE;
  };

  before(async () => {
    mkdirSync(lists);
    writeFileSync(join(lists, 'signers.pem'), readFileSync(join(samples, 'anchors.pem')));
    writeFileSync(join(lists, 'example-TSA.pem'), readFileSync(join(samples, 'tsa-anchors.pem')));
    writeFileSync(join(lists, 'own.json'), '{"format":"provenance-list","kind":"trust"}');
    writeFileSync(join(lists, 'official.json'), '{"LoTE":{}}');
    writeFileSync(join(lists, 'official.pem'), 'the same in another form');
    writeFileSync(join(lists, 'products.json'), '[]');
    writeFileSync(join(lists, 'README.md'), 'no list');
    process.env.PROVENANCE_TRUST = lists;
    await make('page');
  });

  after(() => {
    delete process.env.PROVENANCE_TRUST;
    rmSync(place, { recursive: true, force: true });
  });

  test('names its own files by relative addresses, with a digest in each name', () => {
    const html = read('index.html');
    const named = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    assert.ok(named.length >= 3);
    for (const address of named) {
      assert.match(address, /^\.\/(assets\/[\w.-]+-[\w-]{8}\.(js|css)|icon\.svg)$/);
      assert.ok(existsSync(join(place, 'page', address)));
    }
  });

  test('has no script or style inside it, and its policy first', () => {
    const html = read('index.html');
    assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+="/i);
    for (const [, inside] of html.matchAll(/<script[^>]*>([^<]*)<\/script>/g))
      assert.equal(inside, '');
    assert.ok(html.indexOf('Content-Security-Policy') < html.indexOf('<script'));
  });

  test('names no other host', () => {
    // Names of formats that look like addresses, which nobody fetches.
    const names = /^https?:\/\/(www\.w3\.org\/|preactjs\.com|example\.)/;
    for (const name of readdirSync(join(place, 'page/assets'))) {
      for (const [address] of read(`assets/${name}`).matchAll(/https?:\/\/[\w.-]+\.[a-z]{2,}[^\s"'`)]*/g))
        assert.match(address, names, name);
    }
  });

  test('holds the engine, byte for byte, and the examples under names that say what they show', () => {
    for (const name of readdirSync(engine, { recursive: true }).filter(name => statSync(join(engine, name)).isFile()))
      assert.deepEqual(readFileSync(join(place, 'page/engine/browser', name)), readFileSync(join(engine, name)), name);
    assert.ok(readdirSync(join(place, 'page/engine/browser-metadata')).length > 0);
    assert.deepEqual(readFileSync(join(place, 'page/samples/photograph-cropped-in-a-newsroom.jpg')), readFileSync(join(samples, 'good.jpg')));
    const used = readFileSync(join(root, 'server/page/src/samples.ts'), 'utf8').matchAll(/'([\w-]+\.(?:jpg|pem))'/g);
    for (const [, name] of used)
      assert.ok(existsSync(join(place, 'page/samples', name)), name);
  });

  test('packs the lists of the folder that its builder names, each for what its name says', () => {
    const packed = JSON.parse(read('trust.json'));
    assert.deepEqual(packed.map(({ name, role }) => [name, role]), [['example-TSA.pem', 'time-stamp-anchors'], ['official.json', 'any'], ['own.json', 'any'], ['signers.pem', 'anchors']]);
    assert.deepEqual(Buffer.from(packed[3].content, 'base64'), readFileSync(join(samples, 'anchors.pem')));
  });

  test('is the same when it is built again', async () => {
    await make('again');
    const digest = folder => readdirSync(folder, { recursive: true }).sort().filter(name => statSync(join(folder, name)).isFile())
      .map(name => `${name} ${createHash('sha256').update(readFileSync(join(folder, name))).digest('hex')}`);
    assert.deepEqual(digest(join(place, 'again')), digest(join(place, 'page')));
  });

  test('has no list where none is named, and is not built where the folder holds none', async () => {
    delete process.env.PROVENANCE_TRUST;
    await make('bare');
    assert.equal(readFileSync(join(place, 'bare/trust.json'), 'utf8'), '[]');
    const empty = join(place, 'empty');
    mkdirSync(empty);
    process.env.PROVENANCE_TRUST = empty;
    await assert.rejects(make('refused'), /holds no trust list/);
  });
});
