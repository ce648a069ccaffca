// The package in a page under a strict content security policy: what only a browser can show.
import assert from 'node:assert/strict';
import { appendFile, copyFile, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isAbsent, launch } from './browsers.mjs';
import { eventually, patience } from './eventually.mjs';
import { profileOf, scratch } from './profiles.mjs';
import { inRepository } from './repository.mjs';
import { serve } from './server.mjs';

const sample = inRepository('tests/samples/good.jpg');
const longAgo = new Date('2026-01-01');

for (const name of ['chromium', 'firefox']) {
  describe(`a page in ${name}`, { skip: isAbsent(name), timeout: 10 * patience }, () => {
    let server, browser, page, folder;
    const requested = [];

    before(async () => {
      folder = await scratch();
      server = await serve();
      browser = await launch[name]();
      page = await browser.open(`${server.origin}/page/index.html`, (url) => requested.push(url));
      assert.equal((await page.evaluate(() => globalThis.start({ workers: 2 }))).error, undefined);
      const { policy } = await profileOf('samples');
      await page.evaluate((content) => globalThis.learn('samples', content), policy);
    });

    after(async () => {
      await browser?.close();
      await server?.close();
      await rm(folder, { recursive: true });
    });

    const asksPicked = () => page.evaluate(() => globalThis.askPicked('samples'));

    test(`a file that is picked is answered; one that changed since is unreadable, small or large, in ${name}`, async () => {
      const small = path.join(folder, 'small.jpg'), large = path.join(folder, 'large.jpg');
      await copyFile(sample, small);
      await writeFile(large, Buffer.concat([await readFile(sample), Buffer.alloc(40 << 20)]));
      for (const [file, label] of [[small, 'intact-known'], [large, 'broken']]) {
        // A change is told by its time, which must be another one however soon it comes.
        await utimes(file, longAgo, longAgo);
        await browser.pick(page, '#pick', file);
        assert.equal((await asksPicked()).answer?.label, label);
        // Firefox reads what the file has become, within the length it had.
        await (name === 'chromium' ? appendFile(file, 'more') : truncate(file, 20_000));
        assert.equal((await asksPicked()).error, 'unreadable');
        await rm(file);
        assert.equal((await asksPicked()).error, 'unreadable');
      }
      await copyFile(sample, small);
      await browser.pick(page, '#pick', small);
      assert.equal((await asksPicked()).answer?.label, 'intact-known');
    });

    test(`everything that may be asked is answered in ${name}, and nothing is asked of another host or for a second time`, async () => {
      const url = server.offer(sample);
      const everything = () => page.evaluate((at) => globalThis.askEverything(at, 'samples'), url);
      const { answer, message } = await everything();
      assert.equal(message, undefined);
      assert.deepEqual(answer.labels, ['intact-known', 'intact-known', 'intact-known']);
      assert.match(answer.html, /^<!DOCTYPE html>/);
      assert.ok(answer.boxes.children.length > 0);
      assert.ok(requested.every((asked) => asked.startsWith(`${server.origin}/`)), requested.join('\n'));
      requested.length = 0;
      await everything();
      assert.deepEqual(requested.filter((asked) => !asked.includes('/file/')), []);
    });

    test(`the policy was not violated in ${name}, and a violation is seen`, async () => {
      assert.deepEqual(server.violations, []);
      await page.evaluate(() => fetch('http://127.0.0.2:9/').catch(() => undefined));
      await eventually(() => assert.match(server.violations.join(), /connect-src/));
    });
  });
}
