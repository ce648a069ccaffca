// Waiting for what comes some time after the action that brings it about.
import { AssertionError } from 'node:assert';
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
