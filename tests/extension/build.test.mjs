// The build: the same bytes each time, what a builder packs, and what it refuses.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { unzipSync } from 'fflate';
import { artifacts, inRepository } from '../browser/repository.mjs';

const { version } = JSON.parse(await readFile(inRepository('extension/package.json'), 'utf8'));
const sha256 = async (file) => createHash('sha256').update(await readFile(file)).digest('hex');

function run(program, given, env = {}) {
  return new Promise((resolve) => execFile(program, given, { env: { ...process.env, ...env }, maxBuffer: 64 << 20 }, (error, stdout, stderr) => resolve({ status: error?.code ?? 0, stdout, stderr })));
}

describe('the build', { skip: !existsSync(path.join(artifacts, 'browser/worker.js')) && 'artifacts/browser is not built', timeout: 300_000 }, () => {
  let place;
  const build = (name, given, env) => run(process.execPath, [inRepository('extension/build/build.mjs'), ...given], { PROVENANCE_EXTENSION: path.join(place, name), PROVENANCE_TRUST: '', PROVENANCE_DEFAULTS: '', ...env });

  before(async () => (place = await mkdtemp(path.join(tmpdir(), 'provenance-extension-build-'))));
  after(() => rm(place, { recursive: true, force: true }));

  test('gives the same bytes again, in another zone of time, for both browsers', async () => {
    assert.equal((await build('once', [], { TZ: 'UTC' })).status, 0);
    assert.equal((await build('again', [], { TZ: 'Pacific/Kiritimati' })).status, 0);
    for (const browser of ['chromium', 'firefox']) {
      const name = `provenance-${browser}-${version}.zip`;
      assert.equal(await sha256(path.join(place, 'once', name)), await sha256(path.join(place, 'again', name)), browser);
    }
  });

  test('packs the folder that browsers load, whole and in order', async () => {
    const folder = path.join(place, 'once/chromium');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).sort();
    const zip = unzipSync(await readFile(path.join(place, 'once', `provenance-chromium-${version}.zip`)));
    assert.deepEqual(Object.keys(zip), names);
    for (const name of names)
      assert.ok(Buffer.from(zip[name]).equals(await readFile(path.join(folder, name))), name);
    assert.equal(names.includes('manifest.json'), true);
  });

  test('packs trust lists and settings that a builder names; without them there are none', async () => {
    const lists = path.join(place, 'lists'), defaults = path.join(place, 'defaults.json');
    await mkdir(lists);
    await cp(inRepository('tests/samples/anchors.pem'), path.join(lists, 'newsroom.pem'));
    await writeFile(defaults, JSON.stringify({ sites: ['*://news.example/*'], mark: 'ours' }));
    const { status, stderr } = await build('packed', ['chromium'], { PROVENANCE_TRUST: lists, PROVENANCE_DEFAULTS: defaults });
    assert.equal(status, 0, stderr);
    const read = async (name, file) => JSON.parse(await readFile(path.join(place, name, 'chromium', file), 'utf8'));
    assert.deepEqual((await read('packed', 'trust.json')).map(({ role, name }) => [role, name]), [['anchors', 'newsroom.pem']]);
    assert.deepEqual(await read('packed', 'defaults.json'), { sites: ['*://news.example/*'], mark: 'ours' });
    assert.deepEqual(await read('once', 'trust.json'), []);
    assert.deepEqual(await read('once', 'defaults.json'), {});
  });

  test('refuses settings that are none, folders without lists, and browsers it does not know', async () => {
    const defaults = path.join(place, 'wrong.json'), empty = path.join(place, 'empty');
    await mkdir(empty);
    for (const wrong of [{ telemetry: true }, { sites: ['news.example'] }]) {
      await writeFile(defaults, JSON.stringify(wrong));
      const { status, stderr } = await build('refused', ['chromium'], { PROVENANCE_DEFAULTS: defaults });
      assert.equal(status, 1);
      assert.match(stderr, new RegExp(`'${Object.keys(wrong)[0]}' is no setting, or cannot be`));
    }
    assert.match((await build('refused', ['chromium'], { PROVENANCE_TRUST: empty })).stderr, /holds no trust list/);
    assert.match((await build('refused', ['safari'])).stderr, /'safari' is no browser/);
  });

  test('says what to do where the engine is not built', async () => {
    const bare = path.join(place, 'bare');
    await cp(inRepository('extension/build'), path.join(bare, 'extension/build'), { recursive: true });
    await cp(inRepository('extension/package.json'), path.join(bare, 'extension/package.json'));
    await symlink(inRepository('node_modules'), path.join(bare, 'node_modules'));
    const { status, stderr } = await run(process.execPath, [path.join(bare, 'extension/build/build.mjs')]);
    assert.equal(status, 1);
    assert.match(stderr, /artifacts\/browser is not built: dotnet build verifier\/Provenance\.Browser/);
  });

  test('holds no eval, no innerHTML, no ear for other extensions, and no address of a host but those that the reader is shown', async () => {
    const allowed = /^https?:\/\/(www\.w3\.org\/|preactjs\.com|raw\.githubusercontent\.com\/c2pa-org\/|(lists\.)?example|news\.example)/;
    for (const name of await readdir(path.join(place, 'once/firefox'), { recursive: true })) {
      if (!/\.(js|html|css)$/.test(name) || name.startsWith('engine/'))
        continue;
      const text = await readFile(path.join(place, 'once/firefox', name), 'utf8');
      assert.doesNotMatch(text, /\beval\(|new Function\(|\bFunction\(|document\.write/, name);
      assert.doesNotMatch(text, /onMessageExternal|onConnectExternal|\.postMessage\([^)]*["'`]\*["'`]/, name);
      assert.doesNotMatch(text, /<style|\sstyle="|\son[a-z]+="|\.innerHTML\s*=/, name);
      for (const [address] of text.matchAll(/https?:\/\/[\w.-]+\.[a-z]{2,}[^\s"'`)]*/g))
        assert.match(address, allowed, name);
    }
  });

  test('has nothing that the linter of Firefox warns of', async () => {
    const { stdout, stderr } = await run(inRepository('node_modules/.bin/web-ext'), ['lint', '--source-dir', path.join(place, 'once/firefox'), '--output', 'json', '--no-config-discovery']);
    const { summary, errors, warnings } = JSON.parse(stdout.slice(stdout.indexOf('{')) || `{"stderr":${JSON.stringify(stderr)}}`);
    assert.deepEqual([...errors, ...warnings].map(({ code, file, line, column }) => `${code} ${file}:${line}:${column}`), []);
    assert.equal(summary.errors + summary.warnings, 0);
  });
});
