// The extension's pages as plain pages, with a browser API of ours that the test tells what to say.
import assert from 'node:assert/strict';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { isAbsent, launch } from '../browser/browsers.mjs';
import { patience } from '../browser/eventually.mjs';
import { inRepository } from '../browser/repository.mjs';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm', '.png': 'image/png' };
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const wordsIn = (language) => JSON.parse(readFileSync(inRepository('extension/src/words', `${language}.json`), 'utf8'));

/** The extension's words. */
export const words = { en: wordsIn('en'), ko: wordsIn('ko') };

export const sizes = { popup: { width: 380, height: 600 }, panel: { width: 420, height: 900 }, narrow: { width: 320, height: 640 }, window: { width: 1100, height: 800 } };

/** Serves the build under the policy of its manifest. */
export async function serveBuild(browser = 'chromium') {
  const built = inRepository('artifacts/extension', browser);
  if (!existsSync(path.join(built, 'manifest.json'))) throw new Error('the extension is not built: npm run build --workspace extension');
  const policy = JSON.parse(readFileSync(path.join(built, 'manifest.json'), 'utf8')).content_security_policy.extension_pages;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const place = path.join(built, path.normalize(pathname));
    // An icon is the browser's own question.
    if (pathname === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    if (!existsSync(place) || !statSync(place).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': types[path.extname(place)] ?? 'application/octet-stream', 'Content-Security-Policy': policy, 'X-Content-Type-Options': 'nosniff' });
    createReadStream(place).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

/** Runs before the page: a browser API that writes down what it is told, and says what the test says. */
export function fakeBrowser({ settings, tab, canInject, grants, language, answers, session }) {
  const listeners = () => {
    const all = new Set();
    return { addListener: (one) => all.add(one), removeListener: (one) => all.delete(one), tell: (...args) => [...all].forEach((one) => one(...args)) };
  };
  // All windows of the browser share what is kept; here it is one page.
  const kept = { settings };
  const fake = globalThis.fake = {
    told: [], injected: 0, created: [], asked: [], granted: new Set(), grants, kept, answers,
    changed: listeners(), activated: listeners(), updated: listeners(), added: listeners(), removed: listeners(), port: null, opened: 0,
    tell(view) {
      fake.port?.onMessage.tell({ kind: 'tab', view });
    },
    tab,
  };
  const port = () => ({
    name: 'view',
    onMessage: listeners(),
    onDisconnect: listeners(),
    disconnect() {},
    postMessage(message) {
      fake.told.push(message);
      const answer = fake.answers[message.kind];
      if (message.request === undefined || !answer) return;
      const { base64, ...rest } = Array.isArray(answer) ? answer.shift() : answer;
      // As the engine does: an address of ours, for bytes.
      const url = base64 && URL.createObjectURL(new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type: 'application/octet-stream' }));
      queueMicrotask(() => fake.port.onMessage.tell({ request: message.request, ...rest, ...(url && { url }) }));
    },
  });
  globalThis.chrome = {
    runtime: {
      id: 'fake', getURL: (name) => new URL(name, location.origin).href, sendMessage: async () => true, openOptionsPage: async () => {},
      connect: () => {
        fake.opened++;
        return (fake.port = port());
      },
    },
    storage: {
      local: {
        get: async (key) => structuredClone(key === null ? kept : { [key]: kept[key] }),
        set: async (change) => {
          Object.assign(kept, structuredClone(change));
          fake.changed.tell(Object.fromEntries(Object.keys(change).map((key) => [key, { newValue: change[key] }])), 'local');
        },
      },
      session: { get: async (key) => ({ [key]: session[key] }), set: async () => {} },
      onChanged: fake.changed,
    },
    tabs: {
      query: async () => (fake.tab ? [fake.tab] : []), get: async (id) => (fake.tab?.id === id ? fake.tab : Promise.reject(new Error('no tab'))),
      create: async ({ url }) => void fake.created.push(url), onActivated: fake.activated, onUpdated: fake.updated,
    },
    scripting: {
      executeScript: async (what) => {
        fake.injected++;
        if (!canInject) throw new Error('Cannot access contents of the page');
        return [what];
      },
    },
    permissions: {
      contains: async ({ origins }) => origins.every((origin) => fake.granted.has(origin)),
      getAll: async () => ({ origins: [...fake.granted] }),
      request: async ({ origins }) => {
        fake.asked.push(...origins);
        // Browsers demand a click.
        if (!navigator.userActivation.isActive) throw new Error('This function must be called during a user gesture');
        if (fake.grants) origins.forEach((origin) => fake.granted.add(origin));
        return fake.grants;
      },
      onAdded: fake.added, onRemoved: fake.removed,
    },
    i18n: { getUILanguage: () => language },
    sidePanel: { open: async (where) => void fake.told.push({ kind: 'side-panel', ...where }) },
  };
}

let opened;

/** One server and one browser for all tests of a file. */
const open = () => (opened ??= Promise.all([serveBuild(), launch.chromium()]));

after(async () => {
  const [server, chromium] = (await opened?.catch(() => null)) ?? [];
  await chromium?.close();
  await server?.close();
});

/** Tests with a browser. They are given `check(name, options, async (page) => …)`: each has a fresh page to itself. */
export function withPages(title, tests) {
  describe(title, { skip: isAbsent('chromium') }, () => {
    tests((name, options, what) => test(name, { timeout: 180_000 }, async () => {
      const [server, chromium] = await open();
      await openPage(chromium.browser, server.origin, options, what);
    }));
  });
}

export const theTab = { id: 7, windowId: 1, url: 'https://news.example/today/harbour.html', incognito: false };

/** Opens a page, runs a check, and demands that nothing was asked of anybody and nothing complained about. */
export async function openPage(browser, origin, { name = 'popup.html?tab=7', size = sizes.popup, settings = {}, tab = theTab, canInject = true, grants = true, language = 'en', answers = {}, session = {}, allowed, elsewhere = [], ...options }, what) {
  const context = await browser.newContext({ viewport: size, locale: 'en-GB', timezoneId: 'UTC', ...options });
  context.setDefaultTimeout(patience);
  const complaints = [], asked = [];
  context.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('request', (request) => /^(blob|data):/.test(request.url()) || request.url().startsWith(origin) || asked.push(request.url()));
  await context.addInitScript(fakeBrowser, { settings: { wasAsked: true, ...settings }, tab, canInject, grants, language, answers, session });
  await context.addInitScript(() => addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
  try {
    const page = await context.newPage();
    await page.goto(`${origin}/${name}`);
    await what(new ExtensionPage(page), context);
    assert.deepEqual(complaints.filter((complaint) => !allowed?.test(complaint)), []);
    assert.deepEqual(asked, elsewhere, 'asked of somebody');
  } finally {
    await context.close();
  }
}

/** What tests do with a page. */
class ExtensionPage {
  constructor(view) {
    this.view = view;
  }

  /** Says what the engine says, and waits until it is drawn. */
  async tell(told) {
    await this.view.waitForFunction(() => globalThis.fake.told.some(({ kind }) => kind === 'watch') && document.querySelector('.head, main') !== null);
    await this.view.evaluate((given) => globalThis.fake.tell(given), told);
    await this.drawn();
  }

  /** Waits by the page's own clock, so that its timers for drawing have come before, and for what comes of them. */
  drawn() {
    return this.view.evaluate(async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    });
  }

  fake(name) {
    return this.view.evaluate((key) => structuredClone(globalThis.fake[key] instanceof Set ? [...globalThis.fake[key]] : globalThis.fake[key]), name);
  }

  /** What the engine was told, of one kind. */
  async told(kind) {
    return (await this.fake('told')).filter((message) => message.kind === kind);
  }

  settings() {
    return this.view.evaluate(() => globalThis.fake.kept.settings);
  }

  button(name) {
    return this.view.getByRole('button', { name, exact: true });
  }

  row(text) {
    return this.view.locator('.row').filter({ hasText: text }).first();
  }

  /** Opens a row and gives what it says. */
  async open(row) {
    await row.locator('.row-open').click();
    return row.locator('.row-more');
  }

  /** Opens all groups and all rows. */
  async openAll() {
    for (const what of ['.group-open', '.row-open']) {
      await this.view.evaluate((selector) => document.querySelectorAll(`${selector}[aria-expanded=false]`).forEach((button) => button.click()), what);
      await this.view.waitForFunction((selector) => document.querySelector(`${selector}[aria-expanded=false]`) === null, what);
    }
  }

  focused() {
    return this.view.evaluate(() => document.activeElement.dataset.focus ?? document.activeElement.textContent);
  }

  /** What axe finds, a line each. */
  async axe() {
    await this.view.evaluate(axe);
    const { violations } = await this.view.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target.join(' ')}: ${node.failureSummary}`));
  }
}
