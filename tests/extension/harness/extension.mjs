// Chromium with the extension in it.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { eventually, patience } from '../../browser/eventually.mjs';
import { SITES, copyOf } from './copy.mjs';
import { ChromiumLabels } from './labels.mjs';
import { hostRules } from './site.mjs';

const options = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', hostRules,
  // No test waits because a window of another one lies over it.
  '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding', '--disable-background-timer-throttling',
];

/** Starts Chromium without any extension, with the same arguments: what is compared with. */
export const launchPlain = (more = [], context = {}) => launch([...options, '--disable-extensions', ...more], context);

async function launch(args, launchOptions = {}) {
  const profile = await mkdtemp(path.join(tmpdir(), 'provenance-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium', headless: false, args: ['--headless=new', ...args], viewport: { width: 1000, height: 800 }, ignoreDefaultArgs: ['--disable-extensions'], ...launchOptions,
  });
  context.setDefaultTimeout(patience);
  return {
    context,
    profile,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/**
 * Starts Chromium with a copy of the build. `sites` are those on which media are checked unasked; none is the on-demand mode.
 * @param {{ sites?: string[], hosts?: string[], settings?: object, args?: string[], edit?: Function, more?: string[], context?: object }} how
 */
export async function launchExtension({ sites = SITES, hosts, settings, args = [], edit, more = [], context: contextOptions } = {}) {
  const copy = await copyOf('chromium', { hosts, settings: { sites, ...settings }, edit });
  const { context, profile, close } = await launch([...options, `--disable-extensions-except=${[copy.folder, ...more]}`, `--load-extension=${[copy.folder, ...more]}`, ...args], contextOptions);
  let id;
  try {
    const isOurs = (worker) => worker.url().endsWith('/background.js');
    const worker = context.serviceWorkers().find(isOurs) ?? await context.waitForEvent('serviceworker', { predicate: isOurs, timeout: patience });
    id = new URL(worker.url()).host;
    // A page that began before its script is registered is not what a reader meets.
    if (sites.length > 0) await worker.evaluate(async () => {
      while ((await chrome.scripting.getRegisteredContentScripts()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    });
  } catch (fault) {
    await close();
    await copy.remove();
    throw fault;
  }
  const inside = (page) => `chrome-extension://${id}/${page}`;
  let listener;

  /** A page of the extension that hears from the engine what a popup hears, for every tab. */
  async function listen() {
    const page = await context.newPage();
    await page.goto(inside('help.html'));
    await page.evaluate(() => {
      const views = globalThis.views = new Map(), answers = globalThis.answers = [], ports = new Map();
      // A view is of one tab: each has a port of its own.
      const open = async (tab) => {
        await chrome.runtime.sendMessage({ to: 'background', kind: 'wake' });
        const port = chrome.runtime.connect({ name: 'view' });
        port.onMessage.addListener((message) => (message.kind === 'tab' ? views.set(message.view.tab, message.view) : answers.push(message)));
        port.onDisconnect.addListener(() => ports.delete(tab));
        port.postMessage({ kind: 'watch', tab });
        return port;
      };
      globalThis.tell = async (message) => {
        if (!ports.has(message.tab)) ports.set(message.tab, open(message.tab));
        const port = await ports.get(message.tab);
        if (message.kind !== 'watch') port.postMessage(message);
      };
    });
    return page;
  }

  const self = {
    name: 'chromium',
    context,
    id,
    profile,
    inside,
    labels: new ChromiumLabels(context),
    worker: () => context.serviceWorkers().find((each) => each.url().includes(id)),

    /** Opens a page of a site, and finds the number of its tab. */
    async open(url, { wait = 'load' } = {}) {
      const page = await context.newPage();
      const mark = `#tab-${Math.random().toString(36).slice(2)}`;
      await page.goto(url + (url.includes('#') ? '' : mark), { waitUntil: wait });
      page.tab = await self.tabOf(page);
      return page;
    },

    async tabOf(page) {
      const listener = await self.listener();
      return eventually(async () => {
        const url = page.url();
        const id = await listener.evaluate(async (wanted) => (await chrome.tabs.query({})).find((tab) => tab.url === wanted || tab.pendingUrl === wanted)?.id, url);
        assert.notEqual(id, undefined, `no tab of ${url}`);
        return id;
      });
    },

    listener: () => (listener ??= listen()),

    /** What a popup is told of a tab, when `ready` says it is what was waited for. */
    async view(page, ready = (view) => view.entries.length > 0 && view.entries.every((entry) => entry.phase === 'answered'), timeout = patience) {
      const hears = await self.listener();
      const until = Date.now() + timeout;
      for (;;) {
        const view = await hears.evaluate(async (tab) => {
          await globalThis.tell({ kind: 'watch', tab });
          return globalThis.views.get(tab);
        }, page.tab);
        if (view && ready(view)) return view;
        if (Date.now() > until) throw new Error(`the engine tells of the tab: ${JSON.stringify(view, null, 1)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },

    /** Tells the engine what a popup tells it. */
    tell: async (message) => (await self.listener()).evaluate((given) => globalThis.tell(given), message),

    /** The engine's answer to a request with a number. */
    async ask(message) {
      const request = Math.floor(Math.random() * 1e9);
      await self.tell({ ...message, request });
      const hears = await self.listener();
      return (await hears.waitForFunction((wanted) => globalThis.answers.find((answer) => answer.request === wanted), request)).jsonValue();
    },

    /** What the context menu does, which no test can open: told to the engine as the background tells it. `url`: what the browser says was clicked. */
    menu: async (page, what, { frame = 0, url = null } = {}) => self.worker().evaluate((message) => chrome.runtime.sendMessage(message), { to: 'engine', kind: 'menu', tab: page.tab, frame, what, url }),

    /** The popup of a tab, in a tab of its own. */
    async popup(page, name = 'popup.html') {
      const popup = await context.newPage();
      await popup.goto(`${inside(name)}?tab=${page.tab}`);
      return popup;
    },

    /** Stops the service worker, as the browser does when it is idle. */
    async stopWorker() {
      const session = await context.newCDPSession(await self.listener());
      const browser = await context.browser()?.newBrowserCDPSession?.() ?? session;
      const { targetInfos } = await browser.send('Target.getTargets');
      const target = targetInfos.find((info) => info.type === 'service_worker' && info.url.includes(id));
      if (target) await browser.send('Target.closeTarget', { targetId: target.targetId });
      return target !== undefined;
    },

    close: async () => {
      await close();
      await copy.remove();
    },
  };
  return self;
}
