// The parts of the content script, joined: what a frame tells the engine, and what it does when the engine asks.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { eventually } from '../browser/eventually.mjs';
import { launchExtension } from './harness/extension.mjs';
import { launchFirefox } from './harness/firefox.mjs';
import { furnished } from './harness/media.mjs';
import { onSite } from './harness/on-site.mjs';
import { addLater } from './harness/run.mjs';

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
const picture = '<img id="m" src="good.jpg" width="400" height="260">';
const small = '<img id="m" src="good.jpg" width="60" height="39">';
const unasked = ({ entries }) => entries.length > 0 && entries.every(({ phase }) => phase === 'unasked');

describe('a frame in Chromium', { skip: isAbsent('chromium'), timeout: 300_000 }, () => {
  const on = onSite();

  const inject = (page) => on.browser.worker().evaluate((tabId) => chrome.scripting.executeScript({ target: { tabId, allFrames: true }, files: ['content.js'] }).then(() => true), page.tab);
  const change = async (settings) => (await on.browser.listener()).evaluate(async (changed) => {
    const { settings = {} } = await chrome.storage.local.get('settings');
    await chrome.storage.local.set({ settings: { ...settings, ...changed } });
  }, settings);

  test('begins once, however often the script is put in', async () => {
    const page = await on.browser.open(furnished(on.site).page('page.html', picture));
    await on.browser.labels.wait(page, '#m');
    await inject(page);
    await inject(page);
    await addLater(page);
    await on.browser.labels.wait(page, '#later');
    const { entries, isLate } = await on.browser.view(page);
    assert.deepEqual([entries.map(({ id }) => id), isLate], [[1, 2], false]);
    assert.equal((await on.browser.labels.all(page)).length, 2);
    await page.close();
  });

  test('was there before the page, before a blank frame of it and before a picture opened alone', async () => {
    const room = furnished(on.site);
    for (const url of [room.page('page.html', `${picture}<iframe></iframe><iframe srcdoc="<p>words</p>"></iframe>`), room.url('good.jpg')]) {
      const page = await on.browser.open(url);
      const { isLate } = await on.browser.view(page, ({ entries }) => entries.length === 1);
      assert.equal(isLate, false, url);
      await page.close();
    }
  });

  test('shows what the reader asks to be shown, and puts the focus on its label', async () => {
    const page = await on.browser.open(furnished(on.site).page('page.html', `<div style="height: 3000px"></div>${picture}<div style="height: 3000px"></div>`));
    const { entries: [entry] } = await on.browser.view(page, ({ entries }) => entries.length === 1);
    assert.equal(entry.phase, 'unasked', 'it is far away');
    await on.browser.tell({ kind: 'check', tab: page.tab, frame: 0, ids: [entry.id] });
    await on.browser.view(page, ({ entries }) => entries[0].sameness !== null);
    await on.browser.tell({ kind: 'scroll-to', tab: page.tab, frame: 0, id: entry.id });
    await page.waitForFunction(() => Math.abs(document.querySelector('#m').getBoundingClientRect().top + 130 - innerHeight / 2) < 60);
    await on.browser.labels.wait(page, '#m');
    await eventually(async () => assert.ok(await on.browser.labels.call(page, (root) => root.activeElement?.matches('button.label'))));
    await page.close();
  });

  test('a click that the page made is none of the reader\'s', async () => {
    const page = await on.browser.open(furnished(on.site).page('page.html', `${small}<p style="height: 600px"></p>`));
    await on.browser.view(page, unasked);
    await page.mouse.click(500, 700, { button: 'right' });
    await page.evaluate(() => document.querySelector('#m').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, clientX: 60, clientY: 55 })));
    assert.equal(await on.browser.menu(page, 'check'), null);
    await page.mouse.click(60, 95, { button: 'right' });
    assert.equal(await on.browser.menu(page, 'check'), 1);
    await page.close();
  });

  test('the browser\'s word for what was clicked is enough, though it is found only later', async () => {
    const room = furnished(on.site);
    const page = await on.browser.open(room.page('page.html', '<p>words</p>'));
    await on.browser.view(page, () => true);
    const answer = on.browser.menu(page, 'check', { url: room.url('good.jpg') });
    await page.evaluate(() => document.body.append(Object.assign(new Image(60, 39), { src: 'good.jpg' })));
    assert.equal(await answer, 1);
    await page.close();
  });

  test('keeps still while everything is paused, and begins again', async () => {
    const page = await on.browser.open(furnished(on.site).page('page.html', picture));
    await on.browser.labels.wait(page, '#m');
    await change({ isPaused: true });
    await on.browser.view(page, ({ mode, entries }) => mode === 'paused' && entries.length === 0);
    assert.deepEqual(await on.browser.labels.all(page), []);
    await page.evaluate(async () => {
      const image = Object.assign(new Image(400, 260), { src: 'changed.jpg' });
      document.body.append(image);
      await image.decode();
    });
    await pause(500);
    assert.deepEqual((await on.browser.view(page, () => true)).entries, []);
    await change({ isPaused: false });
    const { entries } = await on.browser.view(page, (view) => view.entries.length === 2 && view.entries.every(({ phase }) => phase === 'answered'));
    assert.ok(entries.every(({ id }) => id > 1), 'no number is used twice');
    await on.browser.labels.wait(page, '#m');
    await page.close();
  });
});

describe('a page that was there before, in Chromium', { skip: isAbsent('chromium'), timeout: 300_000 }, () => {
  const on = onSite(() => launchExtension({ sites: [] }));

  test('is told of as such, and nothing is asked of its server until the reader asks', async () => {
    const room = furnished(on.site);
    const page = await on.browser.open(room.page('page.html', `${picture}<img srcset="plain.png 2x"><div style="width: 100px; height: 80px; background: url(ai.jpg)"></div>`));
    await eventually(async () => assert.equal(room.log().length, 4));
    const before = 4;
    await on.browser.worker().evaluate((tabId) => chrome.scripting.executeScript({ target: { tabId }, files: ['content.js'] }).then(() => true), page.tab);
    const view = await on.browser.view(page, ({ entries }) => entries.length === 3);
    assert.equal(view.isLate, true);
    assert.deepEqual(view.entries.find(({ url }) => url.endsWith('plain.png')).natural, { width: 400, height: 260 });
    await pause(500);
    assert.equal(room.log().length, before);
    assert.deepEqual((await on.browser.view(page, () => true)).entries.map(({ phase }) => phase), ['unasked', 'unasked', 'unasked']);
    await on.browser.tell({ kind: 'check', tab: page.tab, frame: 0, ids: [view.entries.find(({ url }) => url.endsWith('good.jpg')).id] });
    await on.browser.labels.wait(page, '#m');
    await page.close();
  });
});

describe('a frame in Firefox', { skip: isAbsent('firefox'), timeout: 300_000 }, () => {
  const on = onSite(() => launchFirefox({ sites: [] }));

  test('nothing is asked of its server until the reader asks, not for the pixels that srcset divides either', async () => {
    const room = furnished(on.site);
    const page = await on.browser.open(room.page('page.html', `${picture}<img srcset="plain.png 2x"><img srcset="${room.url('plain.png', 'cdn.example')} 2x"><div style="width: 100px; height: 80px; background: url(ai.jpg)"></div>`));
    await eventually(async () => assert.equal(room.log().length, 5));
    const before = 5;
    await on.browser.inject(page);
    const { entries } = await on.browser.view(page, (view) => view.entries.length === 4);
    await pause(500);
    assert.equal(room.log().length, before);
    // Firefox does not always give what is there at once; a size that it does not give is none, and never a wrong one.
    for (const { natural } of entries.filter(({ kind }) => kind === 'image')) assert.ok(natural === null || (natural.width === 400 && natural.height === 260), JSON.stringify(natural));
    await page.close();
  });
});
