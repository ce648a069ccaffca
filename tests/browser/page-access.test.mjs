// The verify page for everybody: with assistive technology, without a mouse, on a small screen, in the dark and in forced colours.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { file, labelFiles, labels, largeFile, samplePath } from './files.mjs';
import { png } from './png.mjs';
import { inChromium, words } from './verify-page.mjs';

const wide = { width: 1280, height: 800 }, narrow = { width: 320, height: 640 };

/** How a page can look. */
const looks = {
  'light, wide': [wide, { colorScheme: 'light', forcedColors: 'none' }],
  'dark, wide': [wide, { colorScheme: 'dark', forcedColors: 'none' }],
  'light, 320 px': [narrow, { colorScheme: 'light', forcedColors: 'none' }],
  'dark, 320 px': [narrow, { colorScheme: 'dark', forcedColors: 'none' }],
  'forced colours': [wide, { colorScheme: 'light', forcedColors: 'active' }],
};

/** Runs in the page: what is wrong with its size on a small screen. */
function tooLargeOrSmall() {
  const { clientWidth } = document.documentElement;
  const faults = [...document.querySelectorAll('html, main, dialog')].filter((part) => part.scrollWidth > part.clientWidth).map((part) => `${part.tagName} is ${part.scrollWidth} px wide on ${part.clientWidth}`);
  for (const target of document.querySelectorAll('button, a[href], summary, select, input:not(.away), label.button, label.choice')) {
    if (!target.checkVisibility() || target.matches('p a, p button, .skip, .choice input')) continue;
    const { width, height, right } = target.getBoundingClientRect();
    const what = `${target.tagName} ${target.className} “${(target.getAttribute('aria-label') ?? target.textContent).slice(0, 40)}”`;
    // WCAG 2.5.8: 24 by 24 pixels.
    if (width < 23.9 || height < 23.9) faults.push(`${what} is ${width.toFixed(1)} × ${height.toFixed(1)}`);
    if (right > clientWidth + 0.5 && !target.closest('.compare-pane')) faults.push(`${what} ends at ${right}`);
  }
  return faults;
}

inChromium('the page for everybody', (check) => {
  let made;
  before(async () => (made = await labelFiles()));
  after(() => made?.remove());

  /** Looks at what is open in each of the ways. */
  async function look(page, what, ways = Object.keys(looks)) {
    const faults = [];
    for (const way of ways) {
      const [size, media] = looks[way];
      await page.resize(size);
      await page.view.emulateMedia(media);
      faults.push(...await page.axe(), ...size === narrow ? await page.view.evaluate(tooLargeOrSmall) : []);
      assert.deepEqual(faults, [], `${what}, ${way}`);
    }
  }

  check('at its start, and its panels', {}, async (page) => {
    await look(page, 'start');
    await page.button('한국어').click();
    await look(page, 'start in Korean', ['light, 320 px']);
    await page.button('English').click();
    await page.button(words.en.settings).click();
    await page.addList(made.at('anchors.pem'));
    await look(page, 'settings');
    await page.closePanel();
    await page.button(words.en['intake.link']).click();
    await page.view.locator('#link-address').fill('https://elsewhere.example/a-long-address-that-has-no-place-to-break/a.jpg');
    await page.button(words.en['link.open']).click();
    await page.told('.problem', words.en['link.foreign']);
    await look(page, 'link', ['light, 320 px', 'dark, wide']);
  });

  check('with each of the eight labels', {}, async (page) => {
    const { view } = page;
    await page.button(words.en.settings).click();
    for (const list of ['anchors.pem', 'tsa-anchors.pem']) await page.addList(made.at(list));
    await view.locator('.lists select').last().selectOption('time-stamp-anchors');
    await page.closePanel();
    await page.choose(...labels.map((label) => made.at(`${label}.jpg`)));
    await page.told('[role=status]', '8 of 8 files looked at.');
    for (const [i, label] of labels.entries()) {
      await view.locator('.file-open').nth(i).click();
      assert.equal(await page.label(), label);
      // What is folded is part of the page.
      await view.locator('.technical details').evaluateAll((folded) => folded.forEach((one) => (one.open = true)));
      await view.locator('.boxes').waitFor();
      await look(page, label);
    }
  });

  // The checks above would prove nothing if these went unseen.
  check('a faint word, a small button and a page too wide are found', {}, async (page) => {
    await page.resize(narrow);
    await page.view.evaluate(() => {
      document.querySelector('.lead').style.color = 'rgb(200 200 200)';
      document.querySelector('.ways button').style.cssText = 'height: 20px; min-height: 0; padding: 0; width: 900px';
    });
    assert.match((await page.axe()).join(), /color-contrast/);
    assert.match((await page.view.evaluate(tooLargeOrSmall)).join(), /px wide on 320.*× 20\.0/);
  });

  check('in the comparison', {}, async (page) => {
    const { view } = page;
    const colours = (blue) => (x, y) => [(x * 5) & 255, (y * 7) & 255, x === y ? blue : 90, 255];
    await page.drop(file('one.png', png(64, 48, colours(90)), 'image/png'), file('other.png', png(64, 48, colours(200)), 'image/png'));
    await page.label();
    await page.button(words.en['action.compare-file']).click();
    await view.locator('dialog[open]').waitFor();
    await look(page, 'choice', ['light, 320 px']);
    await view.locator('dialog').getByRole('button', { name: 'other.png' }).click();
    await view.locator('.compare-half img').nth(1).waitFor();
    await look(page, 'beside', ['light, wide', 'dark, 320 px']);
    await view.getByRole('tab', { name: words.en['comparison.slider'] }).click();
    await view.getByRole('slider').waitFor();
    await look(page, 'slider', ['dark, wide', 'light, 320 px', 'forced colours']);
    await view.getByRole('tab', { name: words.en['comparison.map'] }).click();
    await view.locator('.compare-count').waitFor();
    await look(page, 'map', ['light, wide', 'dark, 320 px', 'forced colours']);
  });

  check('something moves while a file is read, and nothing where people want no motion', {}, async (page) => {
    await page.choose(await largeFile(made.folder));
    await page.view.locator('#hashed').waitFor();
    const moving = () => page.view.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
    assert.ok(await moving() > 0);
    await page.view.emulateMedia({ reducedMotion: 'reduce' });
    assert.equal(await moving(), 0);
    assert.equal(await page.view.locator('#hashed').count(), 1, 'it is still read');
  });

  check('without a mouse: from the start to an answer, into the boxes, to the comparison and back', {}, async (page) => {
    const { view } = page;
    // Choosers are kept from opening where somebody listens, and a while after he began to.
    view.on('filechooser', () => undefined);
    const tabTo = async (what, most = 60) => {
      for (let i = 0; i < most; i++) {
        await view.keyboard.press('Tab');
        if (await view.evaluate((text) => (document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim() === text, what)) return;
      }
      assert.fail(`${what} is not within ${most} tabs of ${await page.focused()}`);
    };
    await tabTo(words.en['sample.good']);
    await view.keyboard.press('Enter');
    await page.label();
    await page.focusIsOn(await page.sentence());

    await tabTo(words.en['action.compare-file']);
    await view.keyboard.press('Enter');
    await page.closePanel();
    await page.focusIsOn(words.en['action.compare-file']);

    // The chooser is the browser's; the key that opens it is ours.
    await view.keyboard.press('Enter');
    await view.locator('dialog[open]').waitFor();
    const isOnInput = () => view.evaluate(() => document.activeElement.matches('dialog input[type=file]'));
    for (let i = 0; i < 9 && !(await isOnInput()); i++) await view.keyboard.press('Tab');
    assert.ok(await isOnInput(), await page.focused());
    const [chooser] = await Promise.all([view.waitForEvent('filechooser'), view.keyboard.press('Space')]);
    await chooser.setFiles(samplePath('none.jpg'));
    await view.locator('.compare-half img').nth(1).waitFor();
    await page.focusIsOn(words.en['comparison.title']);
    await tabTo(words.en['comparison.beside']);
    await view.keyboard.press('End');
    await page.told('.compare-count', 'None of the 104,000 pixels differs.');
    await view.keyboard.press('Escape');
    await view.waitForFunction((name) => document.activeElement.textContent === name, words.en['action.compare-file']);

    await tabTo(words.en['boxes.title']);
    await view.keyboard.press('Enter');
    await view.locator('.boxes summary').first().waitFor();
    await view.keyboard.press('Tab');
    assert.ok(await view.evaluate(() => document.activeElement.matches('.boxes summary')));
    const lines = () => view.locator('.boxes .box').count();
    const all = await lines();
    await view.keyboard.press('Enter');
    await view.waitForFunction((before) => document.querySelectorAll('.boxes .box').length < before, all);
    await view.keyboard.press('Enter');
    await view.waitForFunction((before) => document.querySelectorAll('.boxes .box').length === before, all);
  });

  check('the header can be skipped', {}, async (page) => {
    const { view } = page;
    await page.open(samplePath('good.jpg'));
    await page.focusIsOn(await page.sentence());
    const skip = view.locator('.skip');
    assert.ok(await skip.evaluate((link) => link.getBoundingClientRect().bottom <= 0));
    await skip.focus();
    assert.ok(await skip.evaluate((link) => link.getBoundingClientRect().top >= 0));
    await view.keyboard.press('Enter');
    // The browser goes there with its next frame.
    await view.waitForFunction(() => location.hash === '#answer-name' && !document.activeElement.matches('.skip'));
    await view.keyboard.press('Tab');
    assert.ok(await view.evaluate(() => document.activeElement.closest('.answer') !== null));
  });
});
