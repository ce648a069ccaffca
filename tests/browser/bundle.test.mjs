// What the bundles weigh, and that their bytes follow from the sources.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { patience } from './eventually.mjs';
import { scratch } from './profiles.mjs';
import { artifacts, inRepository } from './repository.mjs';

const most = { verdict: { raw: 6_000_000, brotli: 2_200_000 }, metadata: { raw: 1_500_000, brotli: 600_000 } };

/** Of no use to a browser. */
const notLoaded = /^(README\.md|LICENSE|NOTICES\.md|package\.json|types\/.*)$/;

async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)));
  return new Map(await Promise.all(names.sort().map(async (name) => [name, await readFile(path.join(folder, name))])));
}

const packed = async (bytes) => (await promisify(brotliCompress)(bytes, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
})).length;

for (const [name, folder] of [['verdict', 'browser'], ['metadata', 'browser-metadata']]) {
  test(`the ${name} bundle is as small as was promised`, { timeout: 10 * patience }, async () => {
    const files = [...(await filesOf(path.join(artifacts, folder)))].filter(([file]) => !notLoaded.test(file));
    const size = { raw: 0, brotli: 0 };
    for (const [, bytes] of files) {
      size.raw += bytes.length;
      size.brotli += await packed(bytes);
    }
    console.log(`   artifacts/${folder}: ${size.raw} bytes, ${size.brotli} with brotli`);
    assert.ok(size.raw <= most[name].raw, `${size.raw} bytes`);
    assert.ok(size.brotli <= most[name].brotli, `${size.brotli} bytes with brotli`);
  });
}

test('bundling once more, in another folder, gives the same bytes', { timeout: 10 * patience }, async () => {
  const folder = await scratch();
  try {
    await promisify(execFile)('dotnet', [
      'build', inRepository('verifier/Provenance.Browser.Metadata'), '-c', 'Release', '--no-restore', '-nologo', '-v', 'quiet', '-t:BundleForBrowsers',
      `-p:BrowserArtifacts=${folder}/`, `-p:BrowserTrimmed=${folder}/trimmed/`, `-p:BrowserStripped=${folder}/stripped/`,
    ], { env: { ...process.env, MSBUILDDISABLENODEREUSE: '1' } });
    for (const bundle of ['browser', 'browser-metadata']) {
      const [first, second] = await Promise.all([path.join(artifacts, bundle), path.join(folder, bundle)].map(filesOf));
      assert.deepEqual([...second.keys()], [...first.keys()]);
      const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');
      for (const [name, bytes] of first) assert.equal(digest(second.get(name)), digest(bytes), `${bundle}/${name}`);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
