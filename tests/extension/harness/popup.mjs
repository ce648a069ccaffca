// What the popup says, as a reader reads it.
import { patience } from '../../browser/eventually.mjs';

/** Opens the popup of a page's tab and waits until it lists what is there and as much as the test waits for. */
export async function openPopup(browser, page, isReady = () => true) {
  const popup = await browser.popup(page);
  await readPopup(popup, isReady);
  return popup;
}

/** The origin above, the counter, and the rows: their state and their words. */
export async function readPopup(popup, isReady = () => true, timeout = patience) {
  const until = Date.now() + timeout;
  for (;;) {
    const seen = await popup.evaluate(() => ({
      origin: document.querySelector('h1')?.textContent ?? '',
      counter: document.querySelector('.counter')?.textContent ?? '',
      rows: [...document.querySelectorAll('li.row')].map((row) => ({ state: row.dataset.state, text: row.innerText })),
      text: document.body.innerText,
    }));
    if (seen.counter !== '' && isReady(seen)) return seen;
    if (Date.now() > until) throw new Error(`the popup says: ${seen.text}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Opens every group and every row, so that everything is read; ends when nothing is closed any more. */
export async function unfold(popup) {
  for (const selector of ['.group-open[aria-expanded=false]', '.row-open[aria-expanded=false]']) {
    await popup.evaluate((closed) => document.querySelectorAll(closed).forEach((button) => button.click()), selector);
    await popup.waitForFunction((closed) => document.querySelector(closed) === null, selector);
  }
}

/** Presses a button by its words. */
export const press = (popup, words) => popup.locator('button', { hasText: words }).first().click();
