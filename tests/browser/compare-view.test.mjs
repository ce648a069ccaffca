import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import { build } from 'vite';
import { eventually, patience } from './eventually.mjs';
import { png } from './png.mjs';

const chromiumPath = '/usr/bin/chromium';
const firefoxPath = '/usr/bin/firefox-esr';
const policy = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self' blob: data:; style-src 'self'";
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

const page = fileURLToPath(new URL('../../server/page/', import.meta.url));
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** What stands in place of a picture until it is opened, in each language. */
const unopened = ['en', 'ko'].map((lang) => JSON.parse(readFileSync(path.join(page, `src/words/compare.${lang}.json`), 'utf8'))['comparison.loading']);

let folder;
let server;
let address;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'provenance-compare-'));
  await build({
    root: page,
    configFile: false,
    logLevel: 'error',
    base: './',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    worker: { format: 'es' },
    build: { outDir: folder, target: 'es2022', assetsInlineLimit: 0, rolldownOptions: { input: path.join(page, 'dev/compare.html') } },
  });
  server = createServer((request, response) => void serve(request, response));
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${server.address().port}/dev/compare.html`;
});
after(async () => {
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true, force: true });
});

async function serve(request, response) {
  const file = path.join(folder, path.normalize(new URL(request.url, 'http://x').pathname));
  if (!existsSync(file)) return response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end();
  response.writeHead(200, { 'content-type': types[path.extname(file)], 'content-security-policy': policy }).end(await readFile(file));
}

const slope = (x, y) => [(x * 5) & 255, (y * 7) & 255, (x + y) & 255, 255];
const changedAt = (atX, atY, by) => (x, y) => (x === atX && y === atY ? slope(x, y).map((value, channel) => (channel === 1 ? value + by : value)) : slope(x, y));
/** Gamma 1.0: decoded with colour conversion, such a picture is much lighter. */
const linearGamma = ['gAMA', Buffer.from([0, 1, 0x86, 0xa0])];

const file = (name, mimeType, buffer) => ({ name, mimeType, buffer });
const one = file('one.png', 'image/png', png(64, 48, slope));
const changed = file('changed.png', 'image/png', png(64, 48, changedAt(40, 12, 3)));

describe('the comparison in Chromium', { skip: existsSync(chromiumPath) ? false : `${chromiumPath} is not here` }, () => {
  let browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'], timeout: patience });
  });
  after(() => browser.close());

  /** Waits until both sides are opened, shown or not. The pictures before stay under the new names for a moment. */
  const bothOpened = (view, before = []) => view.waitForFunction(([loading, old]) => {
    const sides = [...document.querySelectorAll('.compare-half')];
    return sides.length === 2 && sides.every((side) => {
      const picture = side.querySelector('img');
      return picture ? !old.includes(picture.src) : !loading.includes(side.querySelector('.compare-absent').textContent);
    });
  }, [unopened, before]);

  /** Has the worker run something before its own program. */
  const beginWorkerWith = (view, text) => view.route('**/*worker*.js', async (route) => {
    const body = await readFile(path.join(folder, new URL(route.request().url()).pathname), 'utf8');
    await route.fulfill({ body: text + body, contentType: 'text/javascript', headers: { 'content-security-policy': policy } });
  });

  /** Opens the comparison of two files (or of what `query` draws), runs the check, and demands that nothing was complained about. */
  async function compare(query, files, check, context = {}) {
    const opened = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...context });
    try {
      opened.setDefaultTimeout(patience);
      const view = await opened.newPage();
      const complaints = [];
      view.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
      view.on('pageerror', (error) => complaints.push(String(error)));
      await view.goto(`${address}?${query}`);
      await bothOpened(view);
      if (files.length > 0) {
        const before = await view.locator('.compare-half img').evaluateAll((pictures) => pictures.map(({ src }) => src));
        await view.locator('input[type=file]').setInputFiles(files);
        await view.locator('.compare-name').filter({ hasText: files[1].name }).waitFor();
        await bothOpened(view, before);
      }
      await check(view);
      assert.deepEqual(complaints, []);
    } finally {
      await opened.close();
    }
  }

  const openMap = (view) => view.getByRole('tab', { name: 'Difference map' }).click();
  const status = (view) => view.getByRole('status');
  const saysCount = (view) => status(view).and(view.locator('.compare-count')).textContent();

  async function countOf(left, right, check = () => undefined) {
    let told;
    await compare('', [left, right], async (view) => {
      await openMap(view);
      told = await saysCount(view);
      await check(view);
    });
    return told;
  }

  test('the same picture in two files of different bytes differs nowhere', async () => {
    const again = file('again.png', 'image/png', png(64, 48, slope, ['tEXt', Buffer.from('Comment\0other bytes')]));
    assert.equal(await countOf(one, again), 'None of the 3,072 pixels differs.');
  });

  test('one changed pixel is counted and its place told', async () => {
    const told = await countOf(one, changed, async (view) => {
      assert.match(await view.locator('.compare-found').textContent(), /It is 40 pixels from the left and 12 from the top\./);
      assert.equal(await view.locator('.compare-area').count(), 1);
    });
    assert.equal(told, '1 of 3,072 pixels differs; the difference is 3 of 255.');
  });

  test('the map is painted: the changed pixel in the colour of its band, the rest dark', async () => {
    await countOf(one, changed, async (view) => {
      const [there, beside] = await view.locator('canvas').evaluate((canvas) => {
        const { data } = canvas.getContext('2d').getImageData(40, 12, 2, 1);
        return [[...data.slice(0, 4)], [...data.slice(4)]];
      });
      assert.deepEqual(there, [86, 76, 176, 255]);
      assert.ok(Math.max(...beside.slice(0, 3)) <= 56, `${beside}`);
    });
  });

  test('colour profiles change no number, and the view says that the files have different ones', async () => {
    const told = await countOf(one, file('linear.png', 'image/png', png(64, 48, slope, linearGamma)), async (view) => {
      assert.match(await view.locator('.compare-notes').textContent(), /different colour profiles/);
    });
    assert.equal(told, 'None of the 3,072 pixels differs.');
  });

  test('files with the same profile are not said to have different ones', async () => {
    const linear = (name) => file(name, 'image/png', png(64, 48, slope, linearGamma));
    await countOf(linear('first.png'), linear('second.png'), async (view) => {
      assert.doesNotMatch(await view.locator('.compare-notes').textContent(), /different colour profiles/);
    });
  });

  test('a turned picture is compared upright, and the view says so', async () => {
    // Orientation 3: turned by half. Exif: big endian, one directory with one entry.
    const exif = Buffer.from('4d4d002a00000008000101120003000000010003000000000000', 'hex');
    const turned = file('turned.png', 'image/png', png(64, 48, (x, y) => slope(63 - x, 47 - y), ['eXIf', exif]));
    const told = await countOf(one, turned, async (view) => {
      assert.match(await view.locator('.compare-notes').textContent(), /compared upright/);
    });
    assert.equal(told, 'None of the 3,072 pixels differs.');
  });

  test('of different sizes there is no map, but the reason with both sizes, and the slider', async () => {
    const larger = file('larger.png', 'image/png', png(65, 48, slope));
    await compare('', [one, larger], async (view) => {
      await openMap(view);
      await status(view).filter({ hasText: '64 × 48 pixels on the left, 65 × 48 pixels on the right' }).waitFor();
      assert.equal(await view.locator('canvas').count(), 0);
      await view.getByRole('tab', { name: 'Slider' }).click();
      await view.locator('.compare-note').filter({ hasText: 'fitted into one frame' }).waitFor();
      assert.equal(await view.getByRole('slider').count(), 1);
    });
  });

  test('a recorded thumbnail stands beside: no slider, no map, even if it was the chosen view', async () => {
    await compare('case=recorded', [one, changed], async (view) => {
      // Both are opened one after the other, and shown when they are.
      await view.locator('.compare-half img').nth(1).waitFor();
      assert.equal(await view.locator('.compare-half img').count(), 2);
      assert.equal(await view.getByRole('tab').count(), 0);
      assert.equal(await view.locator('canvas, input[type=range]').count(), 0);
      const text = await view.locator('.compare').textContent();
      assert.match(text, /Thumbnail as recorded/);
      assert.match(text, /anybody who writes a credential may record another picture/);
    });
  });

  for (const [name, type, words] of [['clip.mp4', 'video/mp4', /Videos are not compared/], ['talk.mp3', 'audio/mpeg', /Sound is not compared/], ['notes.png', 'image/png', /cannot show this file as a picture/]]) {
    test(`${name}: it is said why it is not shown, and the other file is`, async () => {
      await compare('', [one, file(name, type, Buffer.from('not a picture'))], async (view) => {
        // Until they are opened, both say so.
        await view.locator('.compare-absent').filter({ hasText: words }).waitFor();
        await view.locator('.compare-half img').waitFor();
        await openMap(view);
        await view.locator('.compare-note').filter({ hasText: 'no two pictures' }).waitFor();
      });
    });
  }

  test('a picture without pixels to read has no map', async () => {
    const drawing = file('drawing.svg', 'image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"/>'));
    await compare('', [drawing, one], async (view) => {
      await openMap(view);
      await status(view).filter({ hasText: 'does not hand out the pixels of drawing.svg' }).waitFor();
    });
  });

  test('where canvases are read with noise, no map is made', async () => {
    await compare('', [one, changed], async (view) => {
      await beginWorkerWith(view, 'const read=OffscreenCanvasRenderingContext2D.prototype.getImageData;'
        + 'OffscreenCanvasRenderingContext2D.prototype.getImageData=function(...a){const d=read.apply(this,a);d.data[777]^=1;return d};');
      await openMap(view);
      await status(view).filter({ hasText: 'alters pixels when a page reads them' }).waitFor();
    });
  });

  test('over 64 megapixels nothing is compared, and no worker is started', async () => {
    await compare('case=large', [], async (view) => {
      let workers = 0;
      view.on('worker', () => workers++);
      await openMap(view);
      await status(view).filter({ hasText: 'more than 64 megapixels' }).waitFor();
      assert.equal(workers, 0);
    });
  });

  test('closing ends the worker', async () => {
    await compare('case=tree', [], async (view) => {
      // It never comes to an end by itself, however fast the machine is.
      await beginWorkerWith(view, 'self.createImageBitmap=()=>new Promise(()=>undefined);');
      const started = view.waitForEvent('worker');
      await openMap(view);
      const ended = (await started).waitForEvent('close');
      await view.getByRole('progressbar').waitFor();
      await view.keyboard.press('Escape');
      await view.getByText('closed').waitFor();
      await ended;
      assert.equal(view.workers().length, 0);
    });
  });

  test('the map is worked out once, however often it is looked at', async () => {
    await compare('', [one, changed], async (view) => {
      let workers = 0;
      view.on('worker', () => workers++);
      await openMap(view);
      const told = await saysCount(view);
      await view.getByRole('tab', { name: 'Slider' }).click();
      await openMap(view);
      assert.equal(await saysCount(view), told);
      assert.equal(workers, 1);
    });
  });

  test('tabs go by arrows, Home and End; one of them is in the order of focus', async () => {
    await compare('', [one, changed], async (view) => {
      const chosen = () => view.evaluate(() => {
        const tabs = [...document.querySelectorAll('[role=tab]')];
        return tabs.map((tab) => `${tab.getAttribute('aria-selected') === 'true'}${tab.tabIndex}${tab === document.activeElement}`).join(' ');
      });
      await view.getByRole('tab').first().focus();
      const at = ['true0true false-1false false-1false', 'false-1false true0true false-1false', 'false-1false false-1false true0true'];
      for (const [key, expected] of [['ArrowRight', 1], ['ArrowRight', 2], ['ArrowRight', 0], ['ArrowLeft', 2], ['Home', 0], ['End', 2]]) {
        await view.keyboard.press(key);
        assert.equal(await chosen(), at[expected], key);
      }
    });
  });

  test('the slider goes by keys and by dragging its line, and says where it is', async () => {
    await compare('', [one, changed], async (view) => {
      await view.getByRole('tab', { name: 'Slider' }).click();
      const slider = view.getByRole('slider');
      assert.equal(await slider.getAttribute('aria-valuetext'), '50 % left picture, 50 % right picture');
      await slider.focus();
      await view.keyboard.press('ArrowRight');
      assert.equal(await slider.getAttribute('aria-valuetext'), '51 % left picture, 49 % right picture');
      const frame = await view.locator('.compare-frame').boundingBox();
      const line = await view.locator('.compare-line').boundingBox();
      await view.mouse.move(line.x + line.width / 2, line.y + 20);
      await view.mouse.down();
      await view.mouse.move(frame.x + frame.width * 0.25, line.y + 20, { steps: 3 });
      await view.mouse.up();
      await eventually(async () => assert.equal(await slider.inputValue(), '25'));
      await view.mouse.move(frame.x + frame.width * 0.8, line.y + 20);
      assert.equal(await slider.inputValue(), '25', 'let go');
    });
  });

  test('at 1:1 both sides scroll to the same place, and the next view begins there', async () => {
    await compare('case=tree', [], async (view) => {
      await view.getByRole('radio', { name: '1:1' }).check();
      const places = () => view.locator('.compare-pane').evaluateAll((panes) => panes.map((pane) => [pane.scrollLeft, pane.scrollTop]));
      await view.locator('.compare-pane').first().evaluate((pane) => pane.scrollTo(300, 120));
      await view.waitForFunction(() => document.querySelectorAll('.compare-pane')[1].scrollLeft === 300);
      assert.deepEqual(await places(), [[300, 120], [300, 120]]);
      await view.locator('.compare-pane').nth(1).evaluate((pane) => pane.scrollTo(50, 0));
      await view.waitForFunction(() => document.querySelectorAll('.compare-pane')[0].scrollLeft === 50);
      assert.deepEqual(await places(), [[50, 0], [50, 0]]);
      const middle = () => view.locator('.compare-pane').first().evaluate((pane) => (pane.scrollLeft + pane.clientWidth / 2) / pane.scrollWidth);
      await view.locator('.compare-pane').first().evaluate((pane) => pane.scrollTo(400, 0));
      await view.waitForFunction(() => document.querySelectorAll('.compare-pane')[1].scrollLeft === 400);
      const before = await middle();
      await view.getByRole('radio', { name: '2×' }).check();
      assert.ok(Math.abs((await middle()) - before) < 0.01);
      assert.equal(await view.locator('.compare-pane img').first().evaluate((image) => getComputedStyle(image).imageRendering), 'pixelated');
      assert.equal(await view.locator('.compare-frame').first().evaluate((frame) => frame.getBoundingClientRect().width), 3200);
    });
  });

  test('names are text: markup in them is shown and does nothing', async () => {
    await compare(`case=same&name=${encodeURIComponent('<img src=x onerror=document.title=1>.png')}`, [], async (view) => {
      await view.getByText('<img src=x onerror=document.title=1>.png', { exact: true }).waitFor();
      assert.equal(await view.title(), 'Comparison (development)');
    });
  });

  for (const lang of ['en', 'ko']) {
    for (const [which, tab] of [['tree', 0], ['sizes', 1], ['again', 2], ['recorded', undefined]]) {
      test(`axe finds nothing, and 320 pixels are wide enough: ${which}, ${lang}`, async () => {
        for (const colorScheme of ['light', 'dark']) {
          await compare(`case=${which}&lang=${lang}`, [], async (view) => {
            if (tab !== undefined) await view.getByRole('tab').nth(tab).click();
            if (tab === 1) await view.getByRole('slider').waitFor();
            if (tab === 2) await view.locator('.compare-count').waitFor();
            assert.ok(await view.evaluate(() => document.documentElement.scrollWidth <= 320), 'no scrolling to the side');
            // Run by the protocol and not by the page, whose policy would refuse it.
            await view.evaluate(await readFile(axe, 'utf8'));
            const { violations } = await view.evaluate(() => window.axe.run('.compare'));
            assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), []);
          }, { viewport: { width: 320, height: 640 }, colorScheme });
        }
      });
    }
  }
});

describe('the comparison in Firefox', { skip: existsSync(firefoxPath) ? false : `${firefoxPath} is not here` }, () => {
  test('a changed pixel is counted, another colour profile changes nothing', async () => {
    const browser = await puppeteer.launch({ browser: 'firefox', executablePath: firefoxPath, headless: true, timeout: patience });
    const files = await mkdtemp(path.join(tmpdir(), 'provenance-compare-'));
    try {
      for (const [second, expected] of [
        [changed, '1 of 3,072 pixels differs; the difference is 3 of 255.'],
        [file('linear.png', 'image/png', png(64, 48, slope, linearGamma)), 'None of the 3,072 pixels differs.'],
      ]) {
        const paths = [path.join(files, one.name), path.join(files, second.name)];
        await writeFile(paths[0], one.buffer);
        await writeFile(paths[1], second.buffer);
        const view = await browser.newPage();
        view.setDefaultTimeout(patience);
        await view.goto(address);
        await view.waitForSelector('.compare');
        await (await view.$('input[type=file]')).uploadFile(...paths);
        await view.waitForFunction((name) => document.querySelectorAll('.compare-name')[1]?.textContent === name, {}, second.name);
        await (await view.$$('[role=tab]'))[2].click();
        const told = await view.waitForFunction(() => document.querySelector('.compare-count')?.textContent);
        assert.equal(await told.jsonValue(), expected);
        await view.close();
      }
    } finally {
      await browser.close();
      await rm(files, { recursive: true, force: true });
    }
  });
});
