// The popup and the file page of Firefox's build, in Firefox, as plain pages: BiDi opens no page of an extension.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { isAbsent, launch } from '../browser/browsers.mjs';
import { patience } from '../browser/eventually.mjs';
import { samplePath } from '../browser/files.mjs';
import { everything, usual, view } from './fixtures/views.mjs';
import { fakeBrowser, serveBuild, sizes, theTab, words } from './popup-page.mjs';

describe('the popup in Firefox', { skip: isAbsent('firefox') }, () => {
  let server, firefox;
  before(async () => {
    server = await serveBuild('firefox');
    firefox = await launch.firefox();
  });
  after(async () => {
    await firefox?.close();
    await server?.close();
  });

  const open = async (name, options) => {
    const page = await firefox.browser.newPage();
    page.setDefaultTimeout(patience);
    await page.setViewport(options.size);
    await page.evaluateOnNewDocument(fakeBrowser, { settings: { wasAsked: true }, tab: theTab, canInject: true, grants: true, language: 'en', answers: {}, session: {}, ...options });
    await page.goto(`${server.origin}/${name}`);
    return page;
  };
  const tell = async (page, told) => {
    await page.waitForFunction(() => globalThis.fake.told.some(({ kind }) => kind === 'watch') && document.querySelector('.head'));
    await page.evaluate((given) => globalThis.fake.tell(given), told);
  };

  test('says what the page came to, in order', { timeout: 180_000 }, async () => {
    const page = await open('popup.html?tab=7', { size: sizes.popup });
    await tell(page, view(usual()));
    await page.waitForFunction((text) => document.querySelector('.counter')?.textContent === text, {}, '42 images, 3 with credentials, 1 broken; the others say nothing either way');
    assert.deepEqual(await page.$$eval('.row', (rows) => rows.map((row) => row.dataset.state)), ['broken', 'intact-unknown-issuer', 'intact-known']);
    if (process.env.PROVENANCE_SHOTS) await page.screenshot({ path: `${process.env.PROVENANCE_SHOTS}/popup-firefox.png` });
    await page.close();
  });

  test('fits a narrow panel with everything open', { timeout: 180_000 }, async () => {
    const page = await open('panel.html?tab=7', { size: sizes.narrow });
    await tell(page, view(everything()));
    await page.waitForSelector('.row');
    for (const what of ['.group-open', '.row-open']) {
      await page.$$eval(`${what}[aria-expanded=false]`, (buttons) => buttons.forEach((button) => button.click()));
      await page.waitForFunction((selector) => document.querySelector(`${selector}[aria-expanded=false]`) === null, {}, what);
    }
    await page.waitForFunction((count) => document.querySelectorAll('.row-more').length === count, {}, everything().length);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.close();
  });

  test('opens the bytes that were checked', { timeout: 180_000 }, async () => {
    const base64 = (await readFile(samplePath('changed.jpg'))).toString('base64');
    const page = await open('file.html?medium=7.0.3', { size: sizes.window, answers: { bytes: { kind: 'bytes', name: 'harbour.jpg', digest: '', base64 } } });
    await page.waitForSelector('.answer .label[data-label=broken]');
    await page.waitForFunction((text) => document.querySelector('.hints')?.textContent.includes(text), {}, words.en['file.from-page']);
    await page.close();
  });
});
