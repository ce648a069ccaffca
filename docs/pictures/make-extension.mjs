// Makes the pictures of the extension anew: the list of extensions with it, and what it asks first, in Chromium. Needs
// npm run build --workspace extension; looks at no file from elsewhere, and at no network.
import { writeFile } from 'node:fs/promises';
import { launchExtension } from '../../tests/extension/harness/extension.mjs';

const mostBytes = 60_000;

const extension = await launchExtension({ sites: [], hosts: [], settings: { wasAsked: false, lists: [] }, args: ['--hide-scrollbars'] });
try {
  await picture('extension-loading', 'chrome://extensions', { width: 900, height: 330 }, async (view) => {
    await view.evaluate(() => chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true }));
    await view.reload();
    await view.locator('extensions-item').first().waitFor();
  });
  await picture('extension-first', extension.inside('options.html?first'), { width: 900, height: 590 }, (view) => view.locator('.first').waitFor());
} finally {
  await extension.close();
}

async function picture(name, address, viewport, prepare) {
  const view = await extension.context.newPage();
  await view.setViewportSize(viewport);
  await view.goto(address);
  await prepare(view);
  await view.waitForTimeout(500);
  const session = await extension.context.newCDPSession(view);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  const bytes = Buffer.from(data, 'base64'), place = new URL(`${name}.webp`, import.meta.url);
  if (bytes.length > mostBytes) throw new Error(`${place.pathname} has ${bytes.length} bytes, more than ${mostBytes}`);
  await writeFile(place, bytes);
  console.log(`docs/pictures/${name}.webp ${bytes.length} bytes`);
}
