// The background in real Chromium: it wakes the engine, puts the script where the reader wants it, and says on the button what was found.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { eventually } from '../browser/eventually.mjs';
import { samplePath } from '../browser/files.mjs';
import { launchExtension } from './harness/extension.mjs';

const OFFSCREEN = 'OFFSCREEN_DOCUMENT';

/** Asks until the answer is the one that is waited for. */
const until = (ask, isDone, what) => eventually(async () => {
  const answer = await ask();
  assert.ok(isDone(answer), `${what}: ${JSON.stringify(answer)}`);
  return answer;
});

/** In the place of the content script: what is looked at here is where it is put. */
const countingScript = (manifest, folder) => writeFile(path.join(folder, 'content.js'), 'globalThis.injected = (globalThis.injected ?? 0) + 1; globalThis.state = document.readyState;');

describe('the background', { skip: isAbsent('chromium'), timeout: 600_000 }, () => {
  let extension, ours, server, site;

  before(async () => {
    server = createServer((request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>page</title><p>words</p>'));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    site = (host, path = '/') => `http://${host}:${server.address().port}${path}`;
    extension = await launchExtension({ sites: [], hosts: ['*://news.example/*', '*://127.0.0.1/*'], edit: countingScript });
    ours = await extension.context.newPage();
    await ours.goto(extension.inside('help.html'));
  });
  after(async () => {
    await extension?.close();
    await new Promise((resolve) => server.close(resolve));
  });

  const use = (settings) => ours.evaluate((next) => chrome.storage.local.set({ settings: next }), settings);
  const registered = () => ours.evaluate(() => chrome.scripting.getRegisteredContentScripts());
  const registeredWhen = (isDone, what) => until(registered, isDone, what);
  const contexts = (type) => ours.evaluate((wanted) => chrome.runtime.getContexts({ contextTypes: [wanted] }).then((all) => all.length), type);
  const send = (message) => ours.evaluate((given) => chrome.runtime.sendMessage(given), message);
  const inWorker = (work, given) => extension.worker().evaluate(work, given);

  test('opens one engine, however many ask at the same time, and says when it is there', async () => {
    assert.equal(await contexts(OFFSCREEN), 0);
    const answers = await ours.evaluate(() => Promise.all(Array.from({ length: 8 }, () => chrome.runtime.sendMessage({ to: 'background', kind: 'wake' }))));
    assert.deepEqual(answers, Array(8).fill(true));
    assert.equal(await contexts(OFFSCREEN), 1);
    assert.equal(await send({ to: 'background', kind: 'wake' }), true);
    assert.equal(await contexts(OFFSCREEN), 1);
  });

  test('does not let a page of ours end it, or say what the button shows; and opens it again when it is gone', async () => {
    await send({ to: 'background', kind: 'idle' });
    assert.equal(await contexts(OFFSCREEN), 1);
    await inWorker(() => chrome.offscreen.closeDocument());
    assert.equal(await contexts(OFFSCREEN), 0);
    assert.equal(await send({ to: 'background', kind: 'wake' }), true);
    assert.equal(await contexts(OFFSCREEN), 1);
  });

  test('wakes the engine after it was stopped itself', async () => {
    await inWorker(() => chrome.offscreen.closeDocument());
    assert.equal(await extension.stopWorker(), true);
    assert.equal(await send({ to: 'background', kind: 'wake' }), true);
    assert.equal(await contexts(OFFSCREEN), 1);
  });

  test('puts the script where the reader wants labels and the browser allows it, and nowhere else', async () => {
    assert.deepEqual(await registered(), []);
    await use({ sites: ['*://news.example/*', '*://not-allowed.test/*'], denied: ['*://bank.news.example/*'] });
    const [script] = await registeredWhen(({ length }) => length === 1, 'registered');
    assert.deepEqual(script.matches, ['*://news.example/*']);
    assert.deepEqual(script.excludeMatches, ['*://bank.news.example/*']);
    assert.equal(script.allFrames && script.matchOriginAsFallback && script.persistAcrossSessions, true);
    assert.deepEqual([script.runAt, script.world, script.js], ['document_start', 'ISOLATED', ['content.js']]);
    await use({ sites: ['*://not-allowed.test/*'] });
    await registeredWhen(({ length }) => length === 0, 'no longer registered');
  });

  test('takes it away while everything is paused, and for sites that are taken out', async () => {
    await use({ sites: ['*://news.example/*'], isPaused: true });
    await registeredWhen(({ length }) => length === 0, 'paused');
    await use({ sites: ['*://news.example/*'] });
    await registeredWhen(({ length }) => length === 1, 'registered again');
    await use({ sites: ['*://news.example/*', '*://127.0.0.1/*'] });
    await registeredWhen(([script]) => script?.matches.length === 2, 'one more site');
    await use({ sites: [] });
    await registeredWhen(({ length }) => length === 0, 'no site');
  });

  test('puts it into pages that are open already, and not into those that are denied', async () => {
    await use({ sites: [] });
    const [news, local] = [await extension.open(site('news.example')), await extension.open(site('127.0.0.1'))];
    const ran = async (page) => (await ours.evaluate((tabId) => chrome.scripting.executeScript({ target: { tabId }, func: () => globalThis.injected ?? 0 }), page.tab))[0].result;
    await use({ sites: ['*://news.example/*', '*://127.0.0.1/*'], denied: ['*://127.0.0.1/*'] });
    await until(() => ran(news), (count) => count === 1, 'the script is there');
    assert.equal(await ran(local), 0);
    await news.reload();
    await until(() => ran(news), (count) => count === 1, 'the script is there again');
    const [{ result }] = await ours.evaluate((tabId) => chrome.scripting.executeScript({ target: { tabId }, func: () => globalThis.state }), news.tab);
    assert.equal(result, 'loading', 'before the page');
    await use({ sites: [] });
    await news.close();
    await local.close();
  });

  test('says on the button how many have credentials, and how many do not match theirs; a new page takes it away', async () => {
    const page = await extension.open(site('news.example'));
    const show = (badge) => inWorker(async ({ tab, badge }) => {
      const engine = { id: chrome.runtime.id, url: chrome.runtime.getURL('offscreen.html') };
      await new Promise((resolve) => chrome.runtime.onMessage.dispatch({ to: 'background', kind: 'badge', tab, badge }, engine, resolve));
    }, { tab: page.tab, badge });
    const shown = () => ours.evaluate(async (tabId) => ({
      text: await chrome.action.getBadgeText({ tabId }), colour: [...await chrome.action.getBadgeBackgroundColor({ tabId })].slice(0, 3).join(), title: await chrome.action.getTitle({ tabId }),
    }), page.tab);
    const bare = await shown();
    assert.equal(bare.text, '');
    for (const [badge, text, title] of [
      [{ withCredentials: 3, broken: 0 }, '3', 'Content Credentials on this page: 3. That do not match the file: 0.'],
      [{ withCredentials: 3, broken: 1 }, '!1', 'Content Credentials on this page: 3. That do not match the file: 1.'],
      [{ withCredentials: 1000, broken: 0 }, '999+', 'Content Credentials on this page: 1000. That do not match the file: 0.'],
      [{ withCredentials: 999, broken: 0 }, '999', 'Content Credentials on this page: 999. That do not match the file: 0.'],
      [{ withCredentials: 0, broken: 0 }, '', bare.title],
    ]) {
      await show(badge);
      const now = await until(shown, (each) => each.text === text && each.title === title, text);
      if (text !== '') assert.equal(now.colour, badge.broken > 0 ? '154,42,28' : '60,58,54');
    }
    await show({ withCredentials: 2, broken: 0 });
    await until(shown, ({ text }) => text === '2', 'shown');
    await page.goto(site('news.example', '/another'));
    const next = await until(shown, ({ text }) => text === '', 'gone');
    assert.equal(next.title, bare.title);
  });

  test('keeps what it keeps from content scripts', async () => {
    const page = await extension.open(site('127.0.0.1'));
    await use({ mark: 'secret' });
    const [{ result }] = await ours.evaluate((tabId) => chrome.scripting.executeScript({ target: { tabId }, func: () => chrome.storage.local.get().then((kept) => JSON.stringify(kept), (fault) => `refused: ${fault.message}`) }), page.tab);
    assert.match(result, /^refused: /);
    await page.close();
  });

  test("has a menu in the reader's language, made anew when it changes", async () => {
    await inWorker(() => {
      const { create } = chrome.contextMenus;
      globalThis.made = [];
      chrome.contextMenus.create = (item, done) => { globalThis.made.push(`${item.id}: ${item.title}`); return create(item, done); };
    });
    const made = (what) => until(() => inWorker(() => globalThis.made), (all) => all.includes(what), what);
    await use({ language: 'ko' });
    await made('help: 답의 의미');
    await use({ language: 'en' });
    assert.equal(new Set((await made('help: What the answers mean')).map((each) => each.split(':')[0])).size, 6);
  });

  test('opens from the menu the whole answer, and compares with what was chosen before; what was clicked stands in no address', async () => {
    const page = await extension.open(site('news.example'));
    await send({ to: 'background', kind: 'wake' });
    await inWorker(() => {
      globalThis.told = [];
      globalThis.answers = [7, 7, 8];
      globalThis.send = chrome.runtime.sendMessage;
      chrome.runtime.sendMessage = async (message) => { globalThis.told.push(message); return message.what === 'check' ? globalThis.answers.shift() ?? null : null; };
    });
    const tab = { id: page.tab };
    const click = (menuItemId, more = {}) => inWorker(({ info, tab }) => chrome.contextMenus.onClicked.dispatch(info, tab), { info: { menuItemId, frameId: 0, ...more }, tab });
    const opened = (search) => until(() => extension.context.pages().map((each) => each.url()), (urls) => urls.includes(extension.inside(`file.html${search}`)), search);
    await click('report', { srcUrl: 'https://cdn.example/secret.jpg' });
    await opened(`?medium=${page.tab}.0.7`);
    assert.deepEqual(await inWorker(() => globalThis.told), [{ to: 'engine', kind: 'menu', tab: page.tab, frame: 0, what: 'check', url: 'https://cdn.example/secret.jpg' }]);
    await click('compare');
    await until(() => ours.evaluate(() => chrome.storage.session.get('picked')), ({ picked }) => picked?.id === 7, 'picked');
    await click('compare');
    await opened(`?medium=${page.tab}.0.7&with=${page.tab}.0.8`);
    assert.deepEqual(await ours.evaluate(() => chrome.storage.session.get('picked')), {});
    await click('check-all');
    await until(() => inWorker(() => globalThis.told.at(-1).what), (what) => what === 'check-all', 'all');
    await inWorker(() => { chrome.runtime.sendMessage = globalThis.send; });
  });

  test('opens help from the menu, and a linked file by way of the session', async () => {
    const click = (info, tab) => inWorker(({ info, tab }) => chrome.contextMenus.onClicked.dispatch(info, tab), { info, tab });
    const opened = (what) => until(() => extension.context.pages().map((each) => each.url()).filter((url) => url.includes(what)), ({ length }) => length === 1, what);
    await click({ menuItemId: 'help' }, undefined);
    await until(() => extension.context.pages().filter((each) => each.url() === extension.inside('help.html')).length, (count) => count === 2, 'help');
    await click({ menuItemId: 'link', linkUrl: 'https://news.example/secret.jpg' }, undefined);
    const [link] = await opened('file.html?link=');
    assert.doesNotMatch(link, /secret|news/);
    const key = new URL(link).searchParams.get('link');
    assert.equal(await ours.evaluate(async (name) => (await chrome.storage.session.get(name))[name], `link.${key}`), 'https://news.example/secret.jpg');
    await click({ menuItemId: 'link', linkUrl: 'javascript:alert(1)' }, undefined);
    assert.equal(extension.context.pages().filter((each) => each.url().includes('?link=')).length, 1);
    await use({});
  });
});

describe('the menu, with all parts of the extension', { skip: isAbsent('chromium'), timeout: 600_000 }, () => {
  let extension, server, origin;
  const asked = [];

  before(async () => {
    const files = { '/good.jpg': await readFile(samplePath('good.jpg')), '/changed.jpg': await readFile(samplePath('changed.jpg')) };
    server = createServer((request, response) => {
      asked.push(request.url);
      if (files[request.url]) return response.writeHead(200, { 'Content-Type': 'image/jpeg', 'Cache-Control': 'max-age=600' }).end(files[request.url]);
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><link rel="icon" href="data:,"><img src="/good.jpg" width="300" alt=""><img src="/changed.jpg" width="300" alt="">');
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${server.address().port}`;
    extension = await launchExtension({ sites: [] });
  });
  after(async () => {
    await extension?.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const click = (page, menuItemId, more) => extension.worker().evaluate(({ info, tab }) => chrome.contextMenus.onClicked.dispatch(info, tab), { info: { menuItemId, frameId: 0, ...more }, tab: { id: page.tab } });
  const opened = (search) => until(() => extension.context.pages().find((each) => each.url().includes(search)), (found) => found !== undefined, search);

  test('asks nobody before it is used; then checks the one that was clicked, and shows the whole answer', async () => {
    const page = await extension.open(`${origin}/`);
    await eventually(async () => assert.deepEqual(asked.toSorted(), ['/', '/changed.jpg', '/good.jpg']));
    await click(page, 'check', { srcUrl: `${origin}/changed.jpg` });
    const view = await extension.view(page, ({ entries }) => entries.some(({ phase }) => phase === 'answered'));
    assert.deepEqual(view.entries.map(({ url, phase, verdict }) => [new URL(url).pathname, phase, verdict?.label]).sort(), [['/changed.jpg', 'answered', 'broken'], ['/good.jpg', 'unasked', undefined]]);
    assert.equal(view.isLate, true);
    assert.equal(asked.filter((url) => url === '/good.jpg').length, 1, 'by the page alone');
    await click(page, 'report', { srcUrl: `${origin}/good.jpg` });
    const answer = await opened('file.html?medium=');
    await answer.locator('.answer .label[data-label]').waitFor();
    await answer.locator('.answer .label[data-label=intact-known]').waitFor();
    await click(page, 'compare', { srcUrl: `${origin}/good.jpg` });
    await until(async () => (await extension.listener()).evaluate(() => chrome.storage.session.get('picked')), ({ picked }) => picked !== undefined, 'picked');
    await click(page, 'compare', { srcUrl: `${origin}/changed.jpg` });
    await (await opened('&with=')).getByRole('heading', { name: 'Comparison' }).waitFor();
  });
});

describe('the first start', { skip: isAbsent('chromium'), timeout: 300_000 }, () => {
  const pages = (extension) => extension.context.pages().map((page) => page.url());

  test('asks about trust lists where none came with the extension', async () => {
    const extension = await launchExtension({ sites: [], settings: { wasAsked: false, lists: [] } });
    try {
      await until(() => pages(extension), (urls) => urls.includes(extension.inside('options.html?first')), 'asked');
    } finally {
      await extension.close();
    }
  });

  test('asks nothing where lists came with it, or a builder says so', async () => {
    for (const settings of [{ wasAsked: false }, { wasAsked: true, lists: [] }]) {
      const extension = await launchExtension({ sites: [], settings });
      try {
        await new Promise((resolve) => setTimeout(resolve, 1000));
        assert.deepEqual(pages(extension).filter((url) => url.startsWith('chrome-extension:')), []);
      } finally {
        await extension.close();
      }
    }
  });
});
