// Parts of the content script in local pages, with verdicts that nobody worked out.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import { build } from 'vite';
import { launch } from '../browser/browsers.mjs';
import { eventually, patience } from '../browser/eventually.mjs';
import { png } from '../browser/png.mjs';
import { inRepository } from '../browser/repository.mjs';

/** Bundles a module as the build does a content script. */
export async function bundle(entry, browser = 'chromium') {
  const outDir = await mkdtemp(path.join(tmpdir(), 'provenance-parts-'));
  try {
    await build({
      root: inRepository(),
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      define: { __BROWSER__: JSON.stringify(browser) },
      build: { outDir, target: 'es2022', minify: true, rolldownOptions: { input: { parts: inRepository(entry) }, output: { format: 'iife', entryFileNames: '[name].js' } } },
    });
    return await readFile(path.join(outDir, 'parts.js'), 'utf8');
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

export const origin = 'http://page.example';

export const pictures = {
  '/light.png': png(400, 300, (x, y) => [250, 250, 250 - ((x + y) % 6), 255]),
  '/dark.png': png(400, 300, (x, y) => [8, 8, 8 + ((x + y) % 6), 255]),
  '/grey.png': png(400, 300, () => [119, 119, 119, 255]),
  '/noisy.png': png(400, 300, (x, y) => [(x * 7919 + y * 104729) % 256, (x * 6151 + y * 3571) % 256, (x * y * 31) % 256, 255]),
  '/wide.png': png(400, 100, (x) => [x % 256, 80, 120, 255]),
  '/tiny.png': png(10, 10, () => [200, 40, 40, 255]),
};

/**
 * Opens a page of this body in Playwright's browser. The roots that the parts make are kept in `roots`, open if `isOpen`;
 * what they tell is gathered in `told`.
 */
export async function openPage(context, parts, body, { head = '', policy, isOpen = false, url = `${origin}/` } = {}) {
  const view = await context.newPage();
  view.setDefaultTimeout(patience);
  await view.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname in pictures) return route.fulfill({ body: pictures[pathname], contentType: 'image/png', headers: { 'access-control-allow-origin': '*' } });
    if (pathname === '/') return route.fulfill({ body: `<!doctype html><html lang="en"><head><title>A page</title><style>body { margin: 0 }</style>${head}</head><body>${body}</body></html>`, contentType: 'text/html', headers: policy ? { 'content-security-policy': policy } : {} });
    return route.fulfill({ status: 404, body: '' });
  });
  await view.addInitScript(prepare, isOpen);
  await view.addInitScript(parts);
  await view.addInitScript(start);
  await view.goto(url);
  return view;
}

/** Chromium and the parts, for the tests of one `describe`. The answer opens a page of a body in them, as `openPage` does. */
export function openingPages() {
  let parts, chromium, context;
  before(async () => {
    parts = await bundle('tests/extension/parts.ts');
    chromium = await launch.chromium();
    context = await chromium.browser.newContext({ viewport: { width: 900, height: 700 } });
  });
  after(() => chromium?.close());
  return (body, options) => openPage(context, parts, body, options);
}

/** Waits until there are so many labels. */
export const labelCount = (view, count) => view.waitForFunction((count) => globalThis.buttons().length === count, count);

/** Where a label's middle is. */
export const middle = (view, index = 0) => view.evaluate((index) => {
  const { left, top, width, height } = globalThis.buttons()[index].getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}, index);

/** Presses a label until its panel is open: none answers before it was seen for a while. */
export const press = (view, index = 0) => eventually(async () => {
  await view.mouse.click(...await middle(view, index));
  assert.ok(await view.evaluate(() => globalThis.root.querySelector('.panel') !== null), 'a panel');
});

/** Before the parts: keeps their shadow roots. */
export function prepare(isOpen) {
  const attach = Element.prototype.attachShadow;
  globalThis.roots = [];
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, isOpen ? { ...init, mode: 'open' } : init);
    globalThis.roots.push(root);
    return root;
  };
}

/** After the parts: makes them, and words of one call for the tests. */
export function start() {
  const told = (globalThis.told = { opened: [], interference: [], changed: [], failed: [] });
  globalThis.begin = () => {
    const { createLabels, createDisplayWatch } = globalThis.provenance;
    globalThis.labels = createLabels({ opened: (id) => told.opened.push(id), interference: (id) => told.interference.push(id) });
    globalThis.watch = createDisplayWatch({
      changed(id, display) {
        told.changed.push(`${id} ${display}`);
        globalThis.labels.remove(id);
      },
    });
    globalThis.root = globalThis.roots[0];
  };
  globalThis.begin();
  globalThis.verdict = (label = 'intact-known', more = {}) => ({
    label,
    sentence: 'Unchanged since Example News signed it on 3 May 2026.',
    lines: ['Issuer declares: AI-edited.'],
    digest: '0123456789abcdef'.repeat(4),
    length: 120000,
    size: { width: 400, height: 300 },
    issuer: 'Example CA',
    obstacle: null,
    remote: null,
    at: Date.UTC(2026, 4, 4, 10, 20, 30),
    ...more,
  });
  globalThis.found = (id, element, kind = 'image', more = {}) => ({
    medium: {
      id, kind, url: element.currentSrc || element.src || 'http://page.example/light.png', name: element.alt ?? '',
      natural: element.naturalWidth ? { width: element.naturalWidth, height: element.naturalHeight } : null, shown: { width: 0, height: 0 }, isSmall: false, ...more,
    },
    element,
  });
  // Browsers tell pages of what they did not expect, such as sizes that change while they are told of.
  addEventListener('error', (event) => event.message && told.failed.push(event.message));
  globalThis.frames = async (count = 2) => {
    for (let index = 0; index < count; index++) await new Promise((done) => requestAnimationFrame(done));
  };
  globalThis.buttons = () => [...globalThis.root.querySelectorAll('.label')].filter((button) => !button.hidden);
}
