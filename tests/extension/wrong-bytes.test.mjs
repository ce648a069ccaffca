// Servers that give us other bytes than the page: nothing is said of the page's picture that is not true of it.
import { describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { wrongBytes } from './cases/wrong-bytes.mjs';
import { onSite } from './harness/on-site.mjs';
import { each, mistrust } from './harness/run.mjs';

describe('other bytes than the page has, in Chromium', { skip: isAbsent('chromium'), timeout: 300_000, concurrency: 4 }, () => {
  const on = onSite();

  each(test, wrongBytes, (item) => mistrust(on.browser, on.site, item));
});
