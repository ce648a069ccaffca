// What happens where a file of the engine is missing, is another one, or its worker ends.
import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { isAbsent, launch } from './browsers.mjs';
import { copyOfBundles, fetched } from './damage.mjs';
import { patience } from './eventually.mjs';
import { scratch } from './profiles.mjs';
import { importPackage, inRepository } from './repository.mjs';
import { serve } from './server.mjs';

const sample = inRepository('tests/samples/good.jpg');

test('scripts, WebAssembly and assemblies are what is fetched', () => {
  for (const kind of ['.js', '.wasm', '.bin']) assert.ok(fetched.verdict.some((file) => file.endsWith(kind)), kind);
});

describe('loading in Node', { timeout: 10 * patience }, () => {
  let createVerifier, copy, base, bytes;

  before(async () => {
    ({ createVerifier } = await importPackage());
    copy = await copyOfBundles(await scratch());
    base = `${pathToFileURL(copy.folder)}/browser/`;
    bytes = await readFile(sample);
  });

  after(() => rm(copy.folder, { recursive: true }));

  async function codeOf(work) {
    const verifier = createVerifier({ base });
    try {
      await work(verifier);
      return null;
    } catch (fault) {
      return fault.code;
    } finally {
      verifier.dispose();
    }
  }

  const starts = (verifier) => verifier.ready;
  const asks = (verifier) => verifier.verify(bytes);
  const asksMore = async (verifier) => (await verifier.verify(bytes)).full();

  test('a copy of the package works where it lies', async () => assert.equal(await codeOf(asksMore), null));

  for (const file of fetched.verdict) {
    test(`without ${file}, or with another byte in it, nothing starts`, async () => {
      await copy.damage(file);
      assert.equal(await codeOf(starts), 'integrity');
      assert.equal(await codeOf(asks), 'integrity');
      await copy.remove(file);
      assert.equal(await codeOf(starts), 'load-failed');
      await copy.restore(file);
      assert.equal(await codeOf(starts), null);
    });
  }

  test('without the second bundle, or with another byte in it, there is a verdict and no more, until it is there', async () => {
    const [file] = fetched.metadata;
    const verifier = createVerifier({ base });
    try {
      const verification = await verifier.verify(bytes);
      await copy.damage(file);
      await assert.rejects(verification.full(), { code: 'integrity' });
      await copy.remove(file);
      await assert.rejects(verification.full(), { code: 'load-failed' });
      assert.equal((await verifier.verify(bytes)).report.label, verification.report.label);
      await copy.restore(file);
      assert.ok('metadata' in (await verification.full()).report);
    } finally {
      verifier.dispose();
    }
  });

  test('without its worker nothing starts', async () => {
    await copy.remove('browser/worker.js');
    assert.equal(await codeOf(starts), 'load-failed');
    await copy.restore('browser/worker.js');
    assert.equal(await codeOf(starts), null);
  });

  /** A worker that answers, and at the mark of a file of one byte does something else. */
  const scripted = (mark) => `
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', (request) => {
      if (request.kind === 'verify' && request.input.length === 1) { ${mark} }
      else if ('job' in request) parentPort.postMessage({ kind: 'answer', job: request.job, text: '{"life":' + Date.now() + '}' });
    });`;

  for (const [what, code, mark] of [
    ['ends', 'crashed', 'process.exit(0);'],
    ['throws', 'crashed', 'throw new Error("out of memory");'],
    ['tells of a fault of ours', 'internal', "parentPort.postMessage({ kind: 'error', job: request.job, code: 'internal', message: 'a fault' });"],
  ]) {
    test(`a worker that ${what} is replaced by a fresh one`, async () => {
      await writeFile(path.join(copy.folder, 'browser/worker.js'), scripted(mark));
      const verifier = createVerifier({ base });
      try {
        const first = await verifier.verify(new Uint8Array(2));
        const crash = verifier.verify(new Uint8Array(1)), next = verifier.verify(new Uint8Array(2));
        await assert.rejects(crash, { name: 'VerifierError', code });
        assert.ok((await next).report.life > 0);
        assert.ok((await first.full()).report.life > 0, 'what the worker before knew is worked out anew');
      } finally {
        verifier.dispose();
        await copy.restore('browser/worker.js');
      }
    });
  }
});

for (const name of ['chromium', 'firefox']) {
  describe(`loading in ${name}`, { skip: isAbsent(name), timeout: 10 * patience }, () => {
    let copy, server, browser;

    before(async () => {
      copy = await copyOfBundles(await scratch());
      server = await serve({ bundles: copy.folder, cached: false });
      browser = await launch[name]();
    });

    after(async () => {
      await browser?.close();
      await server?.close();
      await rm(copy.folder, { recursive: true });
    });

    async function outcomeOf(work) {
      const page = await browser.open(`${server.origin}/page/index.html`);
      try {
        const started = await page.evaluate(() => globalThis.start({}));
        if (started.error || !work) return started.error ?? null;
        return (await work(page)).error ?? null;
      } finally {
        await page.close();
      }
    }

    for (const file of fetched.verdict) {
      test(`without ${file}, or with another byte in it, nothing starts in ${name}`, async () => {
        await copy.damage(file);
        assert.equal(await outcomeOf(), 'integrity');
        await copy.remove(file);
        assert.equal(await outcomeOf(), 'load-failed');
        await copy.restore(file);
        assert.equal(await outcomeOf(), null);
      });
    }

    test(`without the second bundle, or with another byte in it, there is no more than a verdict in ${name}`, async () => {
      const [file] = fetched.metadata;
      const url = server.offer(sample);
      const asks = (page) => page.evaluate((at) => globalThis.ask(at, 'good.jpg'), url);
      await copy.damage(file);
      assert.equal(await outcomeOf(asks), 'integrity');
      await copy.remove(file);
      assert.equal(await outcomeOf(asks), 'load-failed');
      await copy.restore(file);
      assert.equal(await outcomeOf(asks), null);
    });

    test(`from another host nothing starts in ${name}`, async () => {
      const page = await browser.open(`${server.origin}/page/index.html`);
      assert.equal((await page.evaluate(() => globalThis.start({ base: 'http://127.0.0.2/browser/' }))).error, 'load-failed');
      await page.close();
    });

    test(`without its worker nothing starts in ${name}`, async () => {
      await copy.remove('browser/worker.js');
      assert.equal(await outcomeOf(), 'load-failed');
      await copy.restore('browser/worker.js');
      assert.equal(await outcomeOf(), null);
    });
  });
}
