// The same pages in real Firefox.
import { describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { covers } from './cases/covers.mjs';
import { discovery } from './cases/discovery.mjs';
import { swaps } from './cases/swap.mjs';
import { wrongBytes } from './cases/wrong-bytes.mjs';
import { launchFirefox } from './harness/firefox.mjs';
import { onSite } from './harness/on-site.mjs';
import { coverUp, discover, each, mistrust, swap } from './harness/run.mjs';

describe('the extension in Firefox', { skip: isAbsent('firefox'), timeout: 600_000 }, () => {
  const on = onSite(() => launchFirefox());

  // A page in the background paints nothing, and what is not painted has no label.
  describe('discovery', { concurrency: 1 }, () => each(test, discovery.filter(({ only }) => only !== 'chromium'), (item) => discover(on.browser, on.site, item)));
  describe('changes', { concurrency: 1 }, () => each(test, swaps.filter(({ only }) => only !== 'chromium'), (item) => swap(on.browser, on.site, item)));
  describe('what lies over the page', { concurrency: 1 }, () => each(test, covers, (item) => coverUp(on.browser, on.site, item)));
  describe('other bytes than the page has', { concurrency: 1 }, () => each(test, wrongBytes, (item) => mistrust(on.browser, on.site, item)));
});
