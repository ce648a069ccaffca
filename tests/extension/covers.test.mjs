// What the page lays over itself takes labels away where it covers, and is never said to interfere with them.
import { after, before, describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { covers } from './cases/covers.mjs';
import { launchExtension } from './harness/extension.mjs';
import { coverUp, each } from './harness/run.mjs';
import { serveSite } from './harness/site.mjs';

describe('popovers, dialogs and headers of the page, in Chromium', { skip: isAbsent('chromium'), timeout: 300_000, concurrency: 4 }, () => {
  let site, browser;
  before(async () => {
    site = await serveSite();
    browser = await launchExtension();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  each(test, covers, (item) => coverUp(browser, site, item));
});
