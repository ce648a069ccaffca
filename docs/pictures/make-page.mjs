// Makes the pictures of the page anew: the page as its server serves it, in Chromium, with its own examples. Needs
// dotnet build -c Release server/Provenance.Server and npm ci; looks at no file from elsewhere, and at no network.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch } from '../../tests/browser/browsers.mjs';
import { servePage } from '../../tests/browser/page-server.mjs';

const mostBytes = 60_000;

const server = await servePage();
const chromium = await launch.chromium({ options: ['--hide-scrollbars'] });
try {
  await picture('page', { viewport: { width: 1000, height: 860 } }, open);
  await picture('page-compare', { viewport: { width: 1000, height: 760 } }, async (view) => {
    await open(view);
    await view.getByRole('button', { name: 'Compare with another file' }).click();
    await view.locator('dialog input[type=file]').setInputFiles(fileURLToPath(new URL('../../tests/samples/changed.jpg', import.meta.url)));
    await view.getByRole('tab', { name: 'Slider' }).click();
    await view.getByRole('slider').focus();
    await view.evaluate(() => document.querySelector('.compare').scrollIntoView());
  });
  await picture('page-korean', { viewport: { width: 390, height: 800 }, locale: 'ko-KR', deviceScaleFactor: 1.5 }, open);
} finally {
  await chromium.close();
  await server.close();
}

/** Opens the first example and waits until everything about it is there. */
async function open(view) {
  await view.locator('.sample').first().click();
  await view.locator('.facts[aria-busy=false]').waitFor();
}

async function picture(name, options, prepare) {
  const context = await chromium.browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', colorScheme: 'light', ...options });
  const view = await context.newPage();
  await view.goto(server.origin);
  await prepare(view);
  await view.mouse.move(0, 0);
  await view.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => undefined))));
  const session = await context.newCDPSession(view);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  await context.close();
  const bytes = Buffer.from(data, 'base64');
  const place = new URL(`${name}.webp`, import.meta.url);
  if (bytes.length > mostBytes) throw new Error(`${place.pathname} has ${bytes.length} bytes, more than ${mostBytes}`);
  await writeFile(place, bytes);
  console.log(`docs/pictures/${name}.webp ${bytes.length} bytes`);
}
