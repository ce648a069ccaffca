// Media of every kind in every place are found, checked, and labelled with what is true of them.
import { after, before, describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { discovery } from './cases/discovery.mjs';
import { launchExtension } from './harness/extension.mjs';
import { discover, each } from './harness/run.mjs';
import { serveSite } from './harness/site.mjs';

describe('discovery in Chromium', { skip: isAbsent('chromium'), timeout: 300_000, concurrency: 4 }, () => {
  let site, browser;
  before(async () => {
    site = await serveSite();
    browser = await launchExtension();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  each(test, discovery, (item) => discover(browser, site, item));
});
