// What labels and their panel look like, and what assistive technology finds in them.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { isAbsent, launch } from '../browser/browsers.mjs';
import { labels } from '../browser/files.mjs';
import { inRepository } from '../browser/repository.mjs';
import { bundle, labelCount, openPage, press } from './part-pages.mjs';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const json = async (place) => JSON.parse(await readFile(inRepository(place), 'utf8'));
const grounds = ['light', 'dark', 'grey', 'noisy'];
const gallery = grounds.map((ground) => labels.map((label) => `<img id="${ground}-${label}" src="/${ground}.png" alt="" style="width:90px;height:60px;margin:8px">`).join('')).join('<br>');

test('short words are the engine’s, both languages say the same things, and none of them judges', async () => {
  for (const language of ['en', 'ko']) {
    const own = await json(`extension/src/words/labels.${language}.json`);
    const engine = await json(`verifier/Provenance.Verifier/Labels/Words.${language}.json`);
    for (const label of labels) assert.equal(own[`label.short.${label}`], engine[`label-short.${label}`]);
    assert.deepEqual(Object.keys(own), Object.keys(await json('extension/src/words/labels.en.json')));
    assert.deepEqual(Object.keys(own), Object.keys(own).toSorted());
    for (const words of Object.values(own)) assert.doesNotMatch(words, /\b(verified|authentic|real|genuine|safe|fake|deepfake|trusted image)\b|진짜|가짜|검증됨/i);
  }
});

describe('the look of labels', { skip: isAbsent('chromium'), timeout: 600_000 }, () => {
  let parts, chromium;
  before(async () => {
    parts = await bundle('tests/extension/parts.ts');
    chromium = await launch.chromium();
  });
  after(() => chromium?.close());

  /** A page with labels of every state on every ground, in its own manner. */
  const open = async (manner, body = gallery, options = {}) => {
    const context = await chromium.browser.newContext({ viewport: { width: 900, height: 700 }, ...manner });
    const view = await openPage(context, parts, body, options);
    await view.waitForFunction(() => document.readyState === 'complete' && [...document.images].every((image) => image.naturalWidth > 0));
    await view.evaluate(async () => {
      let id = 0;
      for (const image of document.images) globalThis.labels.show(globalThis.found(++id, image), globalThis.verdict(image.id.slice(image.id.indexOf('-') + 1)), 'fresh', 'whole');
      await globalThis.frames(4);
    });
    await labelCount(view, (body.match(/<img id="?\w+-/g) ?? []).length - (body.match(/-none\b/g) ?? []).length);
    return view;
  };
  const openPanel = async (view, index = 0) => {
    await press(view, index);
    await view.evaluate((page) => globalThis.labels.tell(globalThis.told.opened.at(-1), page), page);
  };

  for (const colorScheme of ['light', 'dark']) {
    test(`outline and shape have a contrast of 3 on every ground, words 4.5: ${colorScheme}`, async () => {
      const view = await open({ colorScheme, deviceScaleFactor: 3 });
      const places = await view.evaluate(() => globalThis.buttons().map((button) => {
        const { left, top, width } = button.querySelector('.plate').getBoundingClientRect();
        return { x: left + width / 2, y: top + width / 2, name: button.querySelector('.words').textContent };
      }));
      assert.equal(places.length, 4 * 7);
      const picture = (await view.screenshot()).toString('base64');
      const weak = await view.evaluate(measure, { picture, places });
      assert.deepEqual(weak, []);
      const text = await view.evaluate(() => {
        const style = getComputedStyle(globalThis.root.querySelector('.words'));
        return [style.color, style.backgroundColor];
      });
      assert.ok(contrast(...text.map(channels)) >= 4.5);
      await view.context().close();
    });

    for (const language of ['en', 'ko']) {
      test(`axe finds nothing in labels and panel: ${colorScheme}, ${language}`, async () => {
        const view = await open({ colorScheme }, '<main><h1>A page</h1><img id=light-broken src=/light.png alt="A wall" width=300></main>', { isOpen: true, head: colorScheme === 'dark' ? '<style>body{background:#111;color:#eee}</style>' : '' });
        await view.evaluate((language) => globalThis.labels.use({ language, isAutomatic: true, isPaused: false, mark: 'Heron' }), language);
        await openPanel(view);
        await view.evaluate(await readFile(axe, 'utf8'));
        const { violations, passes } = await view.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations', 'passes'] }));
        // What is outside of landmarks is the reader's own.
        assert.deepEqual(violations.filter(({ id }) => id !== 'region').map(({ id, nodes }) => `${id} ${nodes.map((node) => node.html)}`), []);
        assert.ok(passes.some(({ id }) => id === 'aria-dialog-name') && passes.some(({ id }) => id === 'button-name'));
        // axe cannot tell colours in the top layer.
        const colours = await view.evaluate(() => {
          const panel = globalThis.root.querySelector('.panel');
          const texts = [...panel.querySelectorAll('*')].filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== ''));
          return [...new Set(texts.map((element) => getComputedStyle(element).color))].map((colour) => [colour, getComputedStyle(panel).backgroundColor]);
        });
        assert.ok(colours.length >= 3 && colours.every((pair) => contrast(...pair.map(channels)) >= 4.5), JSON.stringify(colours));
        await view.context().close();
      });
    }
  }

  test('a finger finds 44 pixels', async () => {
    const view = await open({ hasTouch: true, isMobile: true });
    assert.deepEqual(await view.evaluate(() => [matchMedia('(pointer: coarse)').matches, globalThis.buttons()[0].offsetWidth, globalThis.buttons()[0].offsetHeight]), [true, 44, 44]);
    await view.context().close();
  });

  test('320 pixels are wide enough for the panel, and a low window scrolls in it', async () => {
    for (const [width, height] of [[320, 640], [640, 256]]) {
      const view = await open({ viewport: { width, height } }, '<img id=light-broken src=/light.png alt="" width=300>');
      await openPanel(view);
      const { left, right, top, bottom, wide, scrolls } = await view.evaluate(() => {
        const panel = globalThis.root.querySelector('.panel');
        return { ...panel.getBoundingClientRect().toJSON(), wide: panel.scrollWidth - panel.clientWidth, scrolls: document.documentElement.scrollWidth > innerWidth };
      });
      assert.ok(left >= 0 && right <= width && top >= 0 && bottom <= height && wide <= 0 && !scrolls, JSON.stringify({ left, right, top, bottom, wide, scrolls }));
      await view.context().close();
    }
  });

  test('forced colours are taken, and nothing moves where motion is not wanted', async () => {
    const view = await open({ forcedColors: 'active', reducedMotion: 'reduce' });
    const [stroke, text, broken] = await view.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = 'CanvasText';
      const strokes = globalThis.buttons().map((button) => getComputedStyle(button.querySelector('.shape')).stroke);
      return [strokes[0], getComputedStyle(probe).color, strokes[4]];
    });
    assert.deepEqual([stroke, broken], [text, text]);
    await press(view);
    assert.equal(await view.evaluate(() => getComputedStyle(globalThis.root.querySelector('.dots circle')).animationName), 'none');
    await view.context().close();
    const moving = await open({});
    await press(moving);
    assert.equal(await moving.evaluate(() => getComputedStyle(globalThis.root.querySelector('.dots circle')).animationName), 'dots');
    await moving.context().close();
  });
});

/** Runs in a page: labels whose outline or shape is too weak, by the pixels of a screenshot. */
async function measure({ picture, places }) {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  canvas.drawImage(bitmap, 0, 0);
  const light = (x, y) => {
    const [red, green, blue] = [...canvas.getImageData(Math.round(3 * x), Math.round(3 * y), 1, 1).data].map((value) => value / 255).map((value) => (value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4));
    return .2126 * red + .7152 * green + .0722 * blue;
  };
  const contrast = (one, other) => (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
  const weak = [];
  for (const { x, y, name } of places) {
    // The ground beside the label, in directions in which it stands on the medium.
    for (let degrees = 100; degrees < 260; degrees += 20) {
      const at = (radius) => light(x + radius * Math.cos(degrees * Math.PI / 180), y + Math.abs(radius * Math.sin(degrees * Math.PI / 180)));
      const ground = at(17);
      const best = Math.max(...[11, 11.5, 12, 12.5, 13, 13.5].map((radius) => contrast(at(radius), ground)));
      if (best < 3) weak.push(`${name} at ${Math.round(x)}, ${Math.round(y)}: outline ${best.toFixed(2)}`);
    }
    const lights = [];
    for (let across = -9; across <= 9; across++) for (let down = -9; down <= 9; down++) lights.push(light(x + across, y + down));
    const best = contrast(Math.max(...lights), Math.min(...lights));
    if (best < 3) weak.push(`${name}: shape ${best.toFixed(2)}`);
  }
  return weak;
}

const channels = (colour) => colour.match(/\d+/g).slice(0, 3).map(Number);

function contrast(one, other) {
  const [high, low] = [one, other].map((colour) => colour.map((value) => value / 255).map((value) => (value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4)))
    .map(([red, green, blue]) => .2126 * red + .7152 * green + .0722 * blue).sort((a, b) => b - a);
  return (high + .05) / (low + .05);
}

const page = {
  language: 'en', label: 'broken', name: 'a.jpg', sentence: '', lines: [], further: [],
  sections: [
    { topic: 'credential', title: 'Credential', rows: [{ name: 'Issued by', text: 'Example News' }, { name: 'Serial', text: 'ab'.repeat(40), isCode: true }], nodes: [] },
    { topic: 'history', title: 'History', rows: [], nodes: [{ text: `${'a-long-name-'.repeat(10)}.jpg`, label: 'intact-known', note: 'unchanged', children: [{ text: 'Opened', when: '3 May 2026' }] }] },
    { topic: 'not-checked', title: 'Not checked', rows: [], nodes: [{ text: 'Whether the certificate was withdrawn' }] },
  ],
};
