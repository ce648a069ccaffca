// Labels and their watch as a content script of a real extension, below a policy that allows nothing, in both browsers.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import { isAbsent } from '../browser/browsers.mjs';
import { eventually } from '../browser/eventually.mjs';
import { bundle, pictures } from './part-pages.mjs';

const page = '<!doctype html><meta charset=utf-8><title>A page</title><style>body{margin:0}</style><img id=a src=/light.png width=300><img id=b src=/dark.png width=300><form id=f><input name=parentNode><img name=documentElement src=/tiny.png><img name=elementFromPoint src=/tiny.png></form>';

/** In the content script: labels on both pictures; what is told stands in the page for the test to read. */
const run = `
const told = { opened: [], interference: [], changed: [], failed: [] };
const tell = (what, value) => { told[what].push(value); document.title = JSON.stringify(told); };
addEventListener('error', (event) => tell('failed', event.message));
const labels = provenance.createLabels({ opened: (id) => tell('opened', id), interference: (id) => tell('interference', id) });
const watch = provenance.createDisplayWatch({ changed(id, display) { labels.remove(id); tell('changed', id + ' ' + display); } });
addEventListener('load', () => {
  ['a', 'b'].forEach((name, index) => {
    const element = document.getElementById(name);
    const medium = { id: index + 1, kind: 'image', url: element.currentSrc, name: '', natural: { width: 400, height: 300 }, shown: { width: 300, height: 225 }, isSmall: false };
    const verdict = { label: 'intact-known', sentence: 'A sentence.', lines: [], digest: null, length: 1, size: null, issuer: null, obstacle: null, remote: null, at: 0 };
    labels.show({ medium, element, address: medium.url }, verdict, 'fresh', watch.watch({ medium, element, address: medium.url }));
  });
});
`;

const programs = { chromium: '/usr/bin/chromium', firefox: ['/usr/bin/firefox-esr', '/usr/bin/firefox'] };
const starts = {
  async chromium(extension, folder) {
    const profile = path.join(folder, 'profile');
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: programs.chromium, headless: false, viewport: { width: 800, height: 600 },
      args: ['--headless=new', '--no-sandbox', '--disable-gpu', `--disable-extensions-except=${extension}`, `--load-extension=${extension}`],
    });
    return { open: async (url) => { const view = await context.newPage(); await view.goto(url); return view; }, close: () => context.close() };
  },
  async firefox(extension) {
    const browser = await puppeteer.launch({ browser: 'firefox', executablePath: programs.firefox[0], headless: true });
    await browser.installExtension(extension);
    return { open: async (url) => { const view = await browser.newPage(); await view.setViewport({ width: 800, height: 600 }); await view.goto(url); return view; }, close: () => browser.close() };
  },
};

for (const name of ['chromium', 'firefox']) {
  describe(`labels in a content script: ${name}`, { skip: isAbsent(name), timeout: 300_000 }, () => {
    let server, folder, browser;
    before(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'provenance-labels-'));
      const extension = path.join(folder, 'extension');
      await mkdir(extension);
      await writeFile(path.join(extension, 'parts.js'), await bundle('tests/extension/parts.ts', name));
      await writeFile(path.join(extension, 'run.js'), run);
      await writeFile(path.join(extension, 'manifest.json'), JSON.stringify({
        manifest_version: 3, name: 'Labels', version: '1', browser_specific_settings: { gecko: { id: 'labels@provenance.invalid' } }, host_permissions: ['http://127.0.0.1/*'],
        content_scripts: [{ matches: ['http://127.0.0.1/*'], js: ['parts.js', 'run.js'], run_at: 'document_start' }],
      }));
      server = createServer((request, response) => {
        const { pathname } = new URL(request.url, 'http://127.0.0.1');
        response.setHeader('content-type', pathname in pictures ? 'image/png' : 'text/html');
        response.setHeader('content-security-policy', "default-src 'none'; img-src 'self'; style-src 'sha256-IAdwN3biDCQ3brrgp1m8kBEsPQYyqfREKOEfeoREopc='; trusted-types; require-trusted-types-for 'script'");
        response.end(pictures[pathname] ?? page);
      });
      await new Promise((done) => server.listen(0, '127.0.0.1', done));
      browser = await starts[name](extension, folder);
    });
    after(async () => {
      await browser?.close();
      server?.close();
      await rm(folder, { recursive: true, force: true });
    });

    const check = (what, act) => test(what, async () => {
      const view = await browser.open(`http://127.0.0.1:${server.address().port}/`);
      await view.waitForFunction(() => document.elementsFromPoint(291, 9)[0]?.popover === 'manual');
      const told = async () => {
        const title = await view.evaluate(() => document.title);
        return title.startsWith('{') ? JSON.parse(title) : { opened: [], interference: [], changed: [], failed: [] };
      };
      await act(view, told, (what, values) => eventually(async () => assert.deepEqual((await told())[what], values)));
      assert.deepEqual((await told()).failed, []);
      await view.close();
    });
    /** Whether a label of ours is the uppermost at the corner of a picture, drawn with our colours. */
    const host = (view) => view.evaluate(() => {
      const host = [...document.querySelector('html').children].find((element) => element.popover === 'manual');
      return [host.getAttributeNames().join(), host.shadowRoot, document.elementsFromPoint(291, 9)[0] === host, host.getBoundingClientRect().height];
    });

    check('they stand there in spite of the page’s policy and of elements with the names of properties, and answer a click', async (view, told, tells) => {
      assert.deepEqual(await host(view), ['popover', null, true, 0]);
      // None answers before it was seen for a while.
      await eventually(async () => {
        await view.mouse.click(291, 9);
        assert.deepEqual((await told()).opened, [1]);
      });
      // Our own panel, which lies upon the picture, is nothing of the page: what comes after it is told alone.
      await view.evaluate(() => (document.querySelector('#b').style.transform = 'scaleX(-1)'));
      await tells('changed', ['2 altered']);
      assert.deepEqual((await told()).interference, []);
    });

    check('what the page does to a picture and to the host is told', async (view, told, tells) => {
      await view.evaluate(() => (document.querySelector('#b').style.transform = 'scaleX(-1)'));
      await tells('changed', ['2 altered']);
      await view.evaluate(() => [...document.querySelector('html').children].find((element) => element.popover === 'manual').remove());
      await tells('interference', [1]);
      assert.deepEqual((await told()).changed, ['2 altered']);
    });

    check('what the page lays over a picture is told, also in a closed shadow root', async (view, told, tells) => {
      await view.evaluate(() => {
        const root = document.body.appendChild(document.createElement('x-cover')).attachShadow({ mode: 'closed' });
        const cover = root.appendChild(document.createElement('div'));
        cover.style.cssText = 'position:absolute;left:0;top:0;width:300px;height:225px;background:#fff;pointer-events:none';
      });
      await tells('changed', ['1 covered']);
    });
  });
}
