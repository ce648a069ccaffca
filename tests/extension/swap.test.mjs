// A label falls off in the frame in which what it stands on becomes something else.
import { after, before, describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { swaps } from './cases/swap.mjs';
import { launchExtension } from './harness/extension.mjs';
import { each, swap } from './harness/run.mjs';
import { serveSite } from './harness/site.mjs';

describe('a change of a medium with a label, in Chromium', { skip: isAbsent('chromium'), timeout: 120_000, concurrency: 3 }, () => {
  let site, browser;
  before(async () => {
    site = await serveSite();
    browser = await launchExtension();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  each(test, swaps, (item) => swap(browser, site, item));
});
