// What the page lays over itself takes labels away where it covers, and is never said to interfere with them.
import { describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { covers } from './cases/covers.mjs';
import { onSite } from './harness/on-site.mjs';
import { coverUp, each } from './harness/run.mjs';

describe('popovers, dialogs and headers of the page, in Chromium', { skip: isAbsent('chromium'), timeout: 300_000, concurrency: 4 }, () => {
  const on = onSite();

  each(test, covers, (item) => coverUp(on.browser, on.site, item));
});
