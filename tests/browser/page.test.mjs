// The verify page as it is served, in a browser, as people use it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isAbsent, launch } from './browsers.mjs';
import { sample, samplePath } from './files.mjs';
import { servePage } from './page-server.mjs';
import { withPage } from './verify-page.mjs';

describe('the page in Chromium', { skip: isAbsent('chromium') }, () => {
  let server, chromium;
  before(async () => {
    server = await servePage();
    chromium = await launch.chromium();
  });
  after(async () => {
    await chromium?.close();
    await server?.close();
  });
  const check = (name, what, options = {}) => test(name, () => withPage(chromium.browser, server.origin, options, what));

  check('a file that is dropped gets its sentence, its label and its sections', async (page) => {
    assert.equal(await page.drop(await sample('good.jpg')), true);
    assert.equal(await page.label(), 'intact-unknown-issuer');
    assert.equal(await page.focused(), 'answer-sentence');
    console.log(await page.sentence(), await page.asked(), await page.view.locator('h3').allInnerTexts());
  });
});
