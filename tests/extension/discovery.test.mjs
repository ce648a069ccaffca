// Media of every kind in every place are found, checked, and labelled with what is true of them.
import { describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { discovery } from './cases/discovery.mjs';
import { onSite } from './harness/on-site.mjs';
import { discover, each } from './harness/run.mjs';

describe('discovery in Chromium', { skip: isAbsent('chromium'), timeout: 300_000, concurrency: 4 }, () => {
  const on = onSite();

  each(test, discovery, (item) => discover(on.browser, on.site, item));
});
