// Firefox with the extension in it, behind the same face as extension.mjs.
import { createServer } from 'node:http';
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { patience } from '../../browser/eventually.mjs';
import { SITES, copyOf } from './copy.mjs';
import { changeAndLook, boxOf, isOn, readLabels } from './labels.mjs';
import { HOSTS } from './site.mjs';

/**
 * `more` is a module whose exports can be asked for besides those of reports.js; `idle`, the milliseconds after which Firefox ends a background page.
 * @param {{ sites?: string[], hosts?: string[], settings?: object, more?: string, idle?: number }} how
 */
export async function launchFirefox({ sites = SITES, hosts, settings, more, idle = 600_000 } = {}) {
  const reports = await listen();
  const copy = await copyOf('firefox', { hosts, settings: { sites, ...settings }, edit: (manifest, folder) => putReports(manifest, folder, reports.origin, more) });
  const browser = await puppeteer.launch({
    browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true, defaultViewport: { width: 1000, height: 800 }, timeout: patience,
    extraPrefsFirefox: { 'network.dns.localDomains': HOSTS.join(','), 'extensions.background.idle.timeout': idle, 'privacy.reduceTimerPrecision': false },
  });
  const close = async () => {
    await browser.close();
    await reports.close();
    await copy.remove();
  };
  try {
    await browser.installExtension(copy.folder);
    await reports.ready;
  } catch (fault) {
    await close();
    throw fault;
  }
  let opening = Promise.resolve();
  const self = {
    name: 'firefox',
    browser,
    labels: new FirefoxLabels(browser),
    close,
    report: reports.ask,
    manifest: () => reports.ask('manifest'),
    inject: (page) => reports.ask('inject', page.tab),

    async open(url) {
      // One after the other: of two that are made at once the browser may lose one.
      const page = await (opening = opening.then(() => browser.newPage(), () => browser.newPage()));
      page.setDefaultTimeout(patience);
      await page.goto(`${url}#tab-${Math.random().toString(36).slice(2)}`);
      page.tab = await reports.ask('tab', page.url());
      return page;
    },

    tell: (message) => reports.ask('tell', message),

    async ask(message) {
      const request = Math.floor(Math.random() * 1e9);
      await self.tell({ ...message, request });
      return until(() => reports.ask('answer', request), (answer) => answer !== null);
    },

    async view(page, ready = (view) => view.entries.length > 0 && view.entries.every((entry) => entry.phase === 'answered'), timeout = patience) {
      return until(() => reports.ask('view', page.tab), (view) => view && ready(view), timeout, (view) => `the engine tells of the tab: ${JSON.stringify(view, null, 1)}`);
    },
  };
  return self;
}

async function until(look, isIt, timeout = patience, say = JSON.stringify) {
  const end = Date.now() + timeout;
  for (;;) {
    const seen = await look();
    if (isIt(seen)) return seen;
    if (Date.now() > end) throw new Error(say(seen));
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** Puts reports.js into a copy, opened as a tab by the background page. */
async function putReports(manifest, folder, origin, more) {
  await copyFile(path.join(import.meta.dirname, 'reports.js'), path.join(folder, 'reports.js'));
  if (more) await copyFile(more, path.join(folder, 'more.js'));
  else await writeFile(path.join(folder, 'more.js'), '');
  await writeFile(path.join(folder, 'reports.html'), '<!doctype html><meta charset="utf-8"><script type="module" src="reports.js"></script>');
  await writeFile(path.join(folder, 'reports.json'), JSON.stringify({ origin }));
  await writeFile(path.join(folder, 'open-reports.js'), "chrome.tabs.create({ url: 'reports.html', active: false });");
  manifest.background.scripts.push('open-reports.js');
}

/** The test's end of the reports: one question at a time, put to the page when it comes for the next one. */
async function listen() {
  const waiting = new Map(), questions = [];
  let count = 0, page, isReady;
  const ready = new Promise((resolve, reject) => {
    isReady = resolve;
    setTimeout(() => reject(new Error('the test copy of the extension reports nothing')), patience).unref();
  });
  const hand = () => {
    if (!page || questions.length === 0) return;
    page.writeHead(200, { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' }).end(JSON.stringify(questions.shift()));
    page = undefined;
  };
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (piece) => (text += piece)).on('end', () => {
      const reply = text && JSON.parse(text);
      if (reply) {
        const { resolve, reject } = waiting.get(reply.id);
        waiting.delete(reply.id);
        if (reply.fault) reject(new Error(reply.fault));
        else resolve(reply.result ?? null);
      }
      page = response;
      isReady();
      hand();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    ready,
    ask: (what, given) => new Promise((resolve, reject) => {
      const id = ++count;
      waiting.set(id, { resolve, reject });
      questions.push({ id, what, given });
      hand();
    }),
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

/** The labels of Firefox's pages, by WebDriver BiDi, which tells of closed shadow trees. */
class FirefoxLabels {
  #browser;
  constructor(browser) {
    this.#browser = browser;
  }

  /** What a function of the page's gives, called with our root; null while there is none. */
  async #call(frame, what, ...given) {
    const target = { context: frame._id };
    const send = async (method, parameters) => (await this.#browser.connection.send(method, { target, awaitPromise: true, ...parameters })).result.result ?? null;
    const hosts = await send('script.evaluate', {
      expression: '[...document.querySelectorAll("[popover=manual]")]', awaitPromise: false, resultOwnership: 'none', serializationOptions: { maxDomDepth: 0, maxObjectDepth: 1, includeShadowTree: 'all' },
    });
    const root = hosts.value.map((host) => host.value.shadowRoot).find((shadow) => shadow?.value.mode === 'closed');
    if (!root) return null;
    const answer = await send('script.callFunction', {
      functionDeclaration: `async (root, given) => JSON.stringify(await (${what})(root, ...JSON.parse(given)))`, arguments: [{ sharedId: root.sharedId }, { type: 'string', value: JSON.stringify(given) }],
    });
    return JSON.parse(answer.value);
  }

  all = async (target) => (await this.#call(target.mainFrame?.() ?? target, readLabels)) ?? [];

  everywhere = async (page) => (await Promise.all(page.frames().map((frame) => this.all(frame).catch(() => [])))).flat();

  async on(page, selector) {
    const [labels, box] = await Promise.all([this.all(page), page.evaluate(boxOf, selector)]);
    return labels.find((label) => isOn(label, box)) ?? null;
  }

  wait = (page, selector, isIt = () => true, timeout = patience) =>
    until(() => this.on(page, selector), (label) => label && isIt(label), timeout, (label) => `no such label on ${selector}: ${JSON.stringify(label)}`);

  waitAnywhere = async (page, timeout = patience) => (await until(() => this.everywhere(page), (labels) => labels.length > 0, timeout))[0];

  change = (page, selector, frames = 2) => this.#call(page.mainFrame?.() ?? page, changeAndLook, readLabels.toString(), selector, frames);
}
