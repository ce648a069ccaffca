// Servers that give us other bytes than the page: nothing is said of the page's picture that is not true of it.
import { after, before, describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { wrongBytes } from './cases/wrong-bytes.mjs';
import { launchExtension } from './harness/extension.mjs';
import { each, mistrust } from './harness/run.mjs';
import { serveSite } from './harness/site.mjs';

describe('other bytes than the page has, in Chromium', { skip: isAbsent('chromium'), timeout: 300_000, concurrency: 4 }, () => {
  let site, browser;
  before(async () => {
    site = await serveSite();
    browser = await launchExtension();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  each(test, wrongBytes, (item) => mistrust(browser, site, item));
});
