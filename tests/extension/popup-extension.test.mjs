// The popup of the extension as a browser runs it: with its engine, its content script and pages of a site.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { eventually, says } from '../browser/eventually.mjs';
import { samplePath } from '../browser/files.mjs';
import { launchExtension } from './harness/extension.mjs';
import { serveSite } from './harness/site.mjs';
import { words } from './popup-page.mjs';

const patience = { timeout: 300_000 };

/** What a popup of the toolbar answers, which is no page that Playwright knows: a function that evaluates text in it. */
async function inPopup(extension, page) {
  const session = await extension.context.newCDPSession(page);
  let target;
  await eventually(async () => {
    target = (await session.send('Target.getTargets')).targetInfos.find(({ url }) => url === extension.inside('popup.html'));
    assert.ok(target, 'the popup is there');
  });
  const { sessionId } = await session.send('Target.attachToTarget', { targetId: target.targetId, flatten: false });
  const waiting = new Map();
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message);
    waiting.get(id)?.(result?.result?.value);
  });
  let last = 0;
  return (expression) => new Promise((resolve) => {
    waiting.set(++last, resolve);
    void session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: last, method: 'Runtime.evaluate', params: { expression } }) });
    // One that closes answers nothing.
    if (expression === 'close()') resolve();
  });
}

describe('the popup in the extension', { skip: isAbsent('chromium') }, () => {
  let site, good, changed, none;
  before(async () => {
    site = await serveSite();
    [good, changed, none] = await Promise.all(['good.jpg', 'changed.jpg', 'none.jpg'].map((name) => readFile(samplePath(name))));
  });
  after(() => site?.close());

  /** A room with a page of four pictures: three of the page's own host, one of another. */
  const pictures = () => {
    const room = site.room().put('good.jpg', good).put('changed.jpg', changed).put('none.jpg', none).put('far.jpg', good);
    const image = (url) => `<img src="${url}" alt="a picture" width="300" height="195">`;
    return { room, url: room.page('page.html', [room.url('good.jpg'), room.url('changed.jpg'), room.url('none.jpg'), room.url('far.jpg', 'cdn.example')].map(image).join('')) };
  };

  const settled = (popup, text) => popup.locator('.counter', { hasText: text }).waitFor();

  describe('on demand', () => {
    let extension;
    before(async () => (extension = await launchExtension({ sites: [] })));
    after(() => extension?.close());

    test('asks nobody before the reader does; then tells of everything', patience, async () => {
      const { room, url } = pictures();
      const page = await extension.open(url);
      const before = room.log().length;
      const popup = await extension.popup(page);
      await settled(popup, '4 images; not looked at yet');
      await says(popup.locator('h1'), /^http:\/\/news\.example:\d+$/);
      await popup.waitForTimeout(500);
      assert.equal(room.log().length, before, 'what the page did not ask for');
      await popup.getByRole('button', { name: words.en['tab.check-all'] }).click();
      await settled(popup, '4 images, 3 with credentials, 1 broken; the others say nothing either way');
      await eventually(async () => assert.deepEqual(await popup.locator('.row').evaluateAll((rows) => rows.map((row) => row.dataset.state)), ['broken', 'intact-known', 'intact-known']));

      const row = popup.locator('.row', { hasText: 'changed.jpg' });
      await row.locator('.row-open').click();
      await popup.waitForFunction(() => document.querySelector('.thumbnail-of-row img')?.naturalWidth === 400);
      await says(row, /Size as checked\s+400 × 260/);
      const [download] = await Promise.all([popup.waitForEvent('download'), row.getByRole('button', { name: words.en['tab.action.report-json'] }).click()]);
      assert.equal(download.suggestedFilename(), 'changed.jpg.credentials.json');
      assert.equal(JSON.parse(await readFile(await download.path(), 'utf8')).label, 'broken');

      const [file] = await Promise.all([extension.context.waitForEvent('page'), row.getByRole('button', { name: words.en['tab.action.open'] }).click()]);
      await file.locator('.answer .label.broken').waitFor();
      await says(file.locator('#answer-name'), /^changed\.jpg$/);
      await file.locator('.facts[aria-busy=false]', { hasText: 'data hash' }).waitFor();

      await row.getByRole('button', { name: words.en['tab.action.compare'], exact: true }).click();
      const [compared] = await Promise.all([extension.context.waitForEvent('page'), popup.getByRole('button', { name: 'Compare with good.jpg' }).click()]);
      await compared.locator('.compare-half img').nth(1).waitFor();
      await Promise.all([file, compared, popup, page].map((each) => each.close()));
    });

    test('one medium alone is checked alone', patience, async () => {
      const { room, url } = pictures();
      const page = await extension.open(url);
      const popup = await extension.popup(page);
      await popup.getByRole('button', { name: 'Check good.jpg', exact: true }).click();
      await settled(popup, '4 images, 1 with credentials; 3 not looked at yet');
      assert.equal(room.log('changed.jpg').length, 1, 'the page itself');
      await Promise.all([popup, page].map((each) => each.close()));
    });

    test('a picture is shown on its page', patience, async () => {
      const room = site.room().put('good.jpg', good);
      const page = await extension.open(room.page('long.html', `<div style="height:4000px"></div><img src="${room.url('good.jpg')}" width="300" height="195" alt="">`));
      const popup = await extension.popup(page);
      await popup.locator('.row-open').first().click();
      await popup.getByRole('button', { name: words.en['tab.action.scroll-to'] }).click();
      await page.waitForFunction(() => scrollY > 1000);
      await Promise.all([popup, page].map((each) => each.close()));
    });

    test('what the page puts in its place is told in the open popup', patience, async () => {
      const { room, url } = pictures();
      const page = await extension.open(url);
      const popup = await extension.popup(page);
      await popup.getByRole('button', { name: words.en['tab.check-all'] }).click();
      await settled(popup, '3 with credentials, 1 broken');
      await page.evaluate((other) => (document.images[1].src = other), room.url('none.jpg'));
      await settled(popup, '2 with credentials; ');
      assert.doesNotMatch(await popup.locator('.counter').innerText(), /broken/);
      await Promise.all([popup, page].map((each) => each.close()));
    });

    test('a page of the browser is not looked at', patience, async () => {
      const page = await extension.open(extension.inside('help.html'));
      const popup = await extension.popup(page);
      await popup.getByText(words.en['tab.not-looking.closed']).or(popup.getByText(words.en['tab.not-looking.not-opened'])).waitFor();
      await Promise.all([popup, page].map((each) => each.close()));
    });

    test('a file of the reader is looked at without a page', patience, async () => {
      const file = await extension.context.newPage();
      await file.goto(extension.inside('file.html'));
      await file.locator('.ways .primary input').setInputFiles(samplePath('good.jpg'));
      await file.locator('.answer .label[data-label=intact-known]').waitFor();
      await file.close();
    });
  });

  describe('with labels by themselves', () => {
    let extension;
    before(async () => (extension = await launchExtension()));
    after(() => extension?.close());

    test('tells of a page without being asked', patience, async () => {
      const { url } = pictures();
      const page = await extension.open(url);
      const popup = await extension.popup(page);
      await settled(popup, '4 images, 3 with credentials, 1 broken; the others say nothing either way');
      assert.equal(await popup.locator('.ask').count(), 0);
      const far = popup.locator('.row', { hasText: 'far.jpg' });
      await says(far, /Checked a fresh download/);
      await Promise.all([popup, page].map((each) => each.close()));
    });

    test('the popup of the toolbar itself tells of the tab in front, as wide as it says', patience, async () => {
      const { url } = pictures();
      const page = await extension.open(url);
      await page.bringToFront();
      await extension.worker().evaluate(() => chrome.action.openPopup());
      const ask = await inPopup(extension, page);
      const deadline = Date.now() + 60_000;
      let seen;
      do {
        seen = await ask('JSON.stringify({ counter: document.querySelector(".counter")?.textContent, title: document.querySelector("h1")?.textContent, width: document.body.clientWidth, all: document.documentElement.scrollWidth })').then(JSON.parse);
      } while (!/; the others/.test(seen.counter) && Date.now() < deadline);
      assert.deepEqual(seen, { counter: '4 images, 3 with credentials, 1 broken; the others say nothing either way', title: new URL(url).origin, width: 380, all: 380 });
      await ask('close()');
      await page.close();
    });

    test('the panel follows the tab', patience, async () => {
      const { url } = pictures();
      const page = await extension.open(url);
      const panel = await extension.popup(page, 'panel.html');
      await settled(panel, '4 images, 3 with credentials');
      const room = site.room().put('none.jpg', none);
      await page.goto(room.page('other.html', `<img src="${room.url('none.jpg')}" width="300" height="195" alt="">`));
      await settled(panel, '1 image, none with credentials; that says nothing either way');
      await Promise.all([panel, page].map((each) => each.close()));
    });
  });
});
