// The built extension in real Chromium: it loads, and its parts start.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { launchExtension } from './harness/extension.mjs';

describe('the extension in Chromium', { skip: isAbsent('chromium'), timeout: 120_000 }, () => {
  let extension;
  before(async () => (extension = await launchExtension()));
  after(() => extension?.close());

  test('its_service_worker_runs', async () => {
    assert.match(extension.worker().url(), /^chrome-extension:\/\/[a-p]{32}\/background\.js$/);
    assert.equal(await extension.worker().evaluate(() => chrome.runtime.getManifest().short_name), 'Provenance');
  });
});
