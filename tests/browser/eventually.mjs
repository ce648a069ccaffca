// Waiting for what comes some time after the action that brings it about.
import assert, { AssertionError } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds, and many: the machine may be busy, and a wait ends when what is waited for is there. */
export const patience = 60_000;

/** Asserts anew until it holds. What is wrong when the patience is at its end is what is thrown. */
export async function eventually(assertion) {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await assertion();
    } catch (fault) {
      if (!(fault instanceof AssertionError) || Date.now() > end) throw fault;
    }
    await sleep(20);
  }
}

/** Waits until the words that are read of Playwright's locator match, and gives them. */
export const says = (locator, pattern) => eventually(async () => {
  const words = (await locator.allInnerTexts()).join('\n');
  assert.match(words, pattern);
  return words;
});

/** Waits until a locator has so many elements. */
export const counts = (locator, count) => eventually(async () => assert.equal(await locator.count(), count));
