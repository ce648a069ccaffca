// Two files beside each other on the verify page.
import assert from 'node:assert/strict';
import { file, samplePath } from './files.mjs';
import { png } from './png.mjs';
import { inChromium, words } from './verify-page.mjs';

const slope = (x, y) => [(x * 5) & 255, (y * 7) & 255, (x + y) & 255, 255];
/** Three pixels of it are other ones, by 1, 9 and 4. */
const changes = new Map([['4,4', 1], ['40,12', 9], ['63,47', 4]]);
const changed = (x, y) => slope(x, y).map((value, channel) => (channel === 1 ? value ^ (changes.get(`${x},${y}`) ?? 0) : value));
const picture = (name, colours) => file(name, png(64, 48, colours), 'image/png');

inChromium('the comparison on the page', (check) => {
  check('of two files that are open: beside each other, with a slider, and what differs', {}, async (page) => {
    const { view } = page;
    await page.drop(picture('one.png', slope), picture('other.png', changed));
    await page.label();
    await page.button(words.en['action.compare-file']).click();
    await view.locator('dialog').getByRole('button', { name: 'other.png' }).click();
    await view.locator('.compare-half img').nth(1).waitFor();
    assert.deepEqual(await view.locator('.compare-half .compare-name').allInnerTexts(), ['one.png', 'other.png']);
    await page.focusIsOn(words.en['comparison.title']);

    await view.getByRole('tab', { name: words.en['comparison.slider'] }).click();
    const slider = view.getByRole('slider');
    const at = () => view.locator('.compare-slider').evaluate((element) => element.style.getPropertyValue('--at'));
    assert.deepEqual([await slider.inputValue(), await at()], ['50', '50%']);
    await slider.focus();
    for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowRight']) await view.keyboard.press(key);
    assert.deepEqual([await slider.getAttribute('aria-valuetext'), await at()], ['48 % left picture, 52 % right picture', '48%']);
    await view.keyboard.press('End');
    assert.equal(await at(), '100%');

    await view.getByRole('tab', { name: words.en['comparison.map'] }).click();
    await page.told('.compare-count', '3 of 3,072 pixels differ; the largest difference is 9 of 255.');

    await view.keyboard.press('Escape');
    await view.waitForFunction((name) => document.activeElement.textContent === name, words.en['action.compare-file']);
    assert.equal(await view.locator('.compare').count(), 0);
    assert.equal(await page.label(), 'none');
  });

  check('with a file that is chosen for it; pictures of two sizes have no map', {}, async (page) => {
    await page.drop(picture('one.png', slope));
    await page.label();
    await page.button(words.en['action.compare-file']).click();
    await page.view.locator('dialog input[type=file]').setInputFiles(samplePath('good.jpg'));
    await page.view.getByRole('tab', { name: words.en['comparison.map'] }).click();
    await page.told('.compare-note', '64 × 48 pixels on the left, 400 × 260 pixels on the right');
    assert.equal(await page.view.locator('.compare-count, canvas').count(), 0);
  });

  check('with a recorded picture: told as such, and nothing is laid over or subtracted', {}, async (page) => {
    const { view } = page;
    await page.button(words.en['sample.good']).click();
    await page.label();
    const button = view.locator('[data-topic=sources] button', { hasText: words.en['action.compare'] }).last();
    await button.click();
    await view.locator('.compare-half img').nth(1).waitFor();
    assert.deepEqual(await view.locator('.compare-side').allInnerTexts(), [words.en['comparison.left'], words.en['comparison.recorded']]);
    await page.told('.compare-note', words.en['comparison.recorded-why']);
    assert.equal(await view.locator('[role=tab], [role=slider], canvas').count(), 0);
    await view.keyboard.press('Escape');
    await button.and(view.locator(':focus')).waitFor();
  });
});
