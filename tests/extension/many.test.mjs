// A page of 500 pictures: every label is right, and none is where none belongs. How fast it is: tests/benchmarks/extension.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { eventually } from '../browser/eventually.mjs';
import { launchExtension } from './harness/extension.mjs';
import { isOn } from './harness/labels.mjs';
import { BROKEN, COUNT, SIGNED, WALL, manyPage, matrix, signedPictures } from './harness/many.mjs';
import { serveSite } from './harness/site.mjs';

describe('a page of 500 pictures, in Chromium', { skip: isAbsent('chromium'), timeout: 300_000 }, () => {
  let site, files, browser, signed;
  before(async () => {
    [site, files] = await Promise.all([serveSite(), matrix()]);
    signed = await signedPictures(files.folder, { fromCorpus: false });
    const list = { role: 'anchors', name: 'anchors.pem', content: (await readFile(signed.anchors)).toString('base64'), origin: 'packed', source: '', added: 0 };
    browser = await launchExtension({ settings: { lists: [list] }, context: { viewport: WALL.viewport } });
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    await files?.remove();
  });

  test('says of each what the command line says', async () => {
    const { url, expected } = await manyPage(site.room(), signed.pictures, WALL);
    const page = await browser.open(url);
    const view = await browser.view(page, ({ entries }) => entries.length === COUNT && entries.every(({ phase, verdict, sameness }) => phase === 'answered' && (verdict.label === 'none' || sameness !== null)), 60_000);
    const said = new Map(view.entries.map((entry) => [path.basename(entry.url), entry.verdict.label]));
    for (const [name, label] of expected) assert.equal(said.get(name), label, name);
    assert.equal([...said.values()].filter((label) => label !== 'none').length, SIGNED);
    assert.equal([...said.values()].filter((label) => label === 'broken').length, BROKEN);
    // Each label stands on its own picture.
    const labels = await eventually(async () => {
      const all = await browser.labels.all(page);
      assert.equal(all.length, SIGNED);
      return all;
    });
    const boxes = await page.evaluate(() => [...document.images].map((image) => { const { x, y, width, height } = image.getBoundingClientRect(); return { name: image.src.split('/').at(-1), x, y, width, height }; }));
    for (const label of labels) {
      const { name } = boxes.find((box) => isOn(label, box));
      const { sentence } = view.entries.find((entry) => entry.url.endsWith(`/${name}`)).verdict;
      assert.ok(label.name.includes(sentence), `${name}: ${label.name} instead of ${sentence}`);
    }
    await page.close();
  });
});
