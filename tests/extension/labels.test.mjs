// Labels on the media of a page, and the panel beside one.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isAbsent, launch } from '../browser/browsers.mjs';
import { bundle, openPage } from './part-pages.mjs';

const two = '<p>Text</p><img id=a src=/light.png width=300 alt="A wall"><img id=b src=/dark.png width=300 alt="">';
const pause = (time) => new Promise((done) => setTimeout(done, time));

describe('labels on the page', { skip: isAbsent('chromium'), timeout: 300_000 }, () => {
  let parts, chromium, context;
  before(async () => {
    parts = await bundle('tests/extension/parts.ts');
    chromium = await launch.chromium();
    context = await chromium.browser.newContext({ viewport: { width: 900, height: 700 } });
  });
  after(() => chromium?.close());

  /** A check on a page of its own, whose scripts do not fail. */
  const check = (name, options, what) => test(name, async () => {
    const view = await openPage(context, parts, options.body ?? two, options);
    const errors = [];
    view.on('pageerror', (error) => errors.push(String(error)));
    try {
      await view.waitForFunction(() => document.readyState === 'complete');
      await what(view);
      assert.deepEqual(errors, []);
    } finally {
      await view.close();
    }
  });

  /** Puts a label and waits until it has been seen long enough to answer. */
  const put = async (view, id, selector, label = 'intact-known', sameness = 'fresh', display = 'whole', more = {}) => {
    await view.evaluate(async ([id, selector, label, sameness, display, more]) => {
      globalThis.labels.show(globalThis.found(id, document.querySelector(selector)), globalThis.verdict(label, more), sameness, display);
      await globalThis.frames(4);
    }, [id, selector, label, sameness, display, more]);
    await pause(350);
  };
  const count = (view) => view.evaluate(() => globalThis.buttons().length);
  const told = (view) => view.evaluate(() => globalThis.told);
  const middle = (view, index = 0) => view.evaluate((index) => {
    const { left, top, width, height } = globalThis.buttons()[index].getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  }, index);
  const panel = (view) => view.evaluate(() => globalThis.root.querySelector('.panel')?.textContent ?? null);

  check('stand at the upper right corner, over its edge, and nothing stands for `none`, `other` or what is covered', {}, async (view) => {
    await put(view, 1, '#a');
    await put(view, 2, '#b', 'none');
    assert.equal(await count(view), 1);
    const [label, picture] = await view.evaluate(() => [globalThis.buttons()[0], document.querySelector('#a')].map((element) => element.getBoundingClientRect().toJSON()));
    assert.ok(label.right > picture.right && label.left < picture.right && label.top < picture.top && label.bottom > picture.top, JSON.stringify({ label, picture }));
    assert.ok(label.width >= 24 && label.height >= 24);
    await put(view, 2, '#b', 'broken', 'other');
    await put(view, 2, '#b', 'broken', 'fresh', 'covered');
    assert.equal(await count(view), 1);
    await put(view, 2, '#b', 'broken');
    assert.equal(await count(view), 2);
    await view.evaluate(() => globalThis.labels.remove(1));
    assert.equal(await count(view), 1);
  });

  check('open their panel at a click of the reader and at no other', {}, async (view) => {
    await put(view, 1, '#a');
    await view.evaluate(() => {
      globalThis.buttons()[0].click();
      globalThis.buttons()[0].dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
    });
    assert.equal(await panel(view), null);
    assert.deepEqual((await told(view)).opened, []);
    await view.mouse.click(...await middle(view));
    assert.match(await panel(view), /Unchanged since Example News signed it/);
    assert.deepEqual((await told(view)).opened, [1]);
  });

  check('are the host’s only element: no class, no name, in the top layer, its root closed', {}, async (view) => {
    await put(view, 1, '#a');
    assert.deepEqual(await view.evaluate(() => {
      const host = document.documentElement.lastElementChild;
      return [host.localName, host.getAttributeNames().join(), host.shadowRoot, host.matches(':popover-open'), host.parentNode === document.documentElement];
    }), ['div', 'popover', null, true, true]);
  });
});
