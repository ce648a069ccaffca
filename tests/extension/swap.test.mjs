// A label falls off in the frame in which what it stands on becomes something else.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { swaps } from './cases/swap.mjs';
import { furnished } from './harness/media.mjs';
import { onSite } from './harness/on-site.mjs';
import { each, swap } from './harness/run.mjs';

describe('a change of a medium with a label, in Chromium', { skip: isAbsent('chromium'), timeout: 300_000, concurrency: 3 }, () => {
  const on = onSite();

  each(test, swaps, (item) => swap(on.browser, on.site, item));

  test('currentSrc_by_the_density_of_the_screen', async () => {
    const room = furnished(on.site);
    const page = await on.browser.open(room.page('page.html', `<img id="m" srcset="good.jpg 400w, changed.jpg 900w" sizes="400px" width="400" height="260">
      <script>globalThis.change = () => {}; globalThis.isReady = () => document.querySelector("#m").currentSrc.endsWith("changed.jpg");</script>`));
    const { name } = await on.browser.labels.wait(page, '#m');
    const session = await on.browser.context.newCDPSession(page);
    const looking = on.browser.labels.change(page, '#m', 120);
    // Another screen has another density and another size; of the density alone this browser tells no picture.
    await session.send('Emulation.setDeviceMetricsOverride', { width: 990, height: 790, deviceScaleFactor: 2, mobile: false });
    const seen = await looking;
    for (const [frame, { labels }] of seen.entries()) assert.ok(!seen[frame - 1]?.isReady || !labels.some((label) => label.name === name), `${frame}`);
    assert.ok(seen.at(-2).isReady);
    await on.browser.view(page, ({ entries }) => entries.length === 1 && entries[0].verdict?.label === 'broken');
    await page.close();
  });
});
