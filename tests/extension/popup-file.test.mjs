// The verify page as a part of the extension: the bytes that were checked on a page, what a link leads to, or a file of the reader's.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { counts, eventually, says } from '../browser/eventually.mjs';
import { hand, hostileStrings, sample, samplePath } from '../browser/files.mjs';
import { words as pageWords } from '../browser/verify-page.mjs';
import { sampleLists } from './harness/copy.mjs';
import { sizes, withPages, words } from './popup-page.mjs';

const base64 = async (name) => (await readFile(samplePath(name))).toString('base64');
const lists = await sampleLists();
const [good, changed] = [await base64('good.jpg'), await base64('changed.jpg')];
const bytes = (content, name) => ({ kind: 'bytes', name, digest: '0'.repeat(64), base64: content });

/** Waits for an answer, whole, of this label. */
const answers = ({ view }, label) => view.locator(`.answer:has(.label[data-label="${label}"]) .facts[aria-busy=false]`).waitFor();

withPages('the file page', (check) => {
  const size = sizes.window;

  check('opens the bytes that were checked, and says so', { name: 'file.html?medium=7.0.3', size, settings: { lists }, answers: { bytes: bytes(good, 'harbour.jpg') } }, async (page) => {
    await answers(page, 'intact-known');
    await says(page.view.locator('h2#answer-name'), /^harbour\.jpg$/);
    await page.view.getByText(words.en['file.from-page']).waitFor();
    await eventually(async () => assert.deepEqual((await page.told('bytes')).map(({ tab, frame, id }) => [tab, frame, id]), [[7, 0, 3]]));
    assert.deepEqual(await page.axe(), []);
    await page.view.getByRole('button', { name: '한국어' }).click();
    await page.view.getByText(words.ko['file.from-page']).waitFor();
    await eventually(async () => assert.equal((await page.settings()).language, 'ko'));
    assert.deepEqual(await page.view.evaluate(() => ({ ...localStorage })), {});
  });

  check('opens two beside each other', { name: 'file.html?medium=7.0.3&with=7.2.9', size, answers: { bytes: [bytes(good, 'one.jpg'), bytes(changed, 'other.jpg')] } }, async (page) => {
    await page.view.locator('.compare-half img').nth(1).waitFor();
    await eventually(async () => assert.deepEqual((await page.told('bytes')).map(({ frame, id }) => [frame, id]), [[0, 3], [2, 9]]));
    await says(page.view.locator('.compare'), /one\.jpg[^]*other\.jpg/);
    await counts(page.view.locator('.file'), 2);
    assert.deepEqual(await page.axe(), []);
    await page.view.keyboard.press('Escape');
    await answers(page, 'intact-unknown-issuer');
    await page.view.locator('.file-open').nth(1).click();
    await answers(page, 'broken');
    await counts(page.view.locator('.compare'), 0);
  });

  for (const why of ['gone', 'changed', 'unreadable', 'host', 'unknown']) {
    check(`says why it has nothing: ${why}`, { name: 'file.html?medium=7.0.3', size, answers: { bytes: { kind: 'failed', why } } }, async (page) => {
      await page.view.locator('.handover', { hasText: words.en[`file.failed.${why}`] }).waitFor();
      // A file can be opened all the same.
      await counts(page.view.locator('.intake'), 1);
    });
  }

  check('without anything it is the verify page, without what needs a host', { name: 'file.html', size, settings: { lists } }, async (page) => {
    await page.view.locator('.drop').waitFor();
    await counts(page.view.locator('.samples'), 0);
    await counts(page.view.getByRole('button', { name: pageWords.en['intake.link'] }), 0);
    assert.deepEqual(await page.axe(), []);
    await page.view.evaluate(hand, { manner: 'drop', files: [await sample('changed.jpg')] });
    await answers(page, 'broken');
    await page.view.evaluate(hand, { manner: 'paste', words: { 'text/plain': 'https://elsewhere.example/b.jpg' } });
    await page.view.locator('.notice', { hasText: pageWords.en['link.foreign'] }).waitFor();
  });

  check("its lists are the reader's, and are changed in the options", { name: 'file.html', size, settings: { lists } }, async (page) => {
    await page.view.getByRole('button', { name: pageWords.en.settings }).click();
    await counts(page.view.locator('.lists li'), 2);
    await page.view.getByRole('button', { name: pageWords.en['trust.manage'] }).waitFor();
    await counts(page.view.locator('dialog input[type=file]'), 0);
    await counts(page.view.getByRole('button', { name: /^Remove/ }), 0);
    assert.deepEqual(await page.axe(), []);
    await page.view.evaluate(() => globalThis.chrome.storage.local.set({ settings: { ...globalThis.fake.kept.settings, lists: [] } }));
    await page.view.locator('.no-lists').waitFor();
  });

  check('a name is a name', { name: 'file.html?medium=7.0.3', size: sizes.narrow, answers: { bytes: bytes(good, hostileStrings.join('')) } }, async (page) => {
    await page.view.locator('.facts[aria-busy=false]').waitFor();
    assert.equal(await page.view.evaluate(() => globalThis.ran), undefined);
    assert.equal(await page.view.evaluate(() => document.documentElement.scrollWidth), 320);
  });
});

const key = '3c9e3e1e-4f0e-4e07-8a3e-8d4c3d5a1f00';
const linked = (address) => ({ name: `file.html?link=${key}`, size: sizes.window, session: { [`link.${key}`]: address } });

withPages('what a link leads to', (check) => {
  check('is fetched when the reader says so, from exactly that host', { ...linked('https://pictures.example/a/good.jpg?size=large'), elsewhere: ['https://pictures.example/a/good.jpg?size=large'] }, async (page, context) => {
    await context.route('https://pictures.example/**', async (route) => route.fulfill({ body: await readFile(samplePath('good.jpg')), headers: { 'access-control-allow-origin': '*' } }));
    await page.view.locator('.handover', { hasText: 'https://pictures.example/a/good.jpg?size=large' }).waitFor();
    assert.deepEqual(await page.fake('asked'), []);
    assert.deepEqual(await page.axe(), []);
    await page.button('Fetch it from pictures.example').click();
    await answers(page, 'intact-unknown-issuer');
    assert.deepEqual(await page.fake('asked'), ['*://pictures.example/*']);
    await counts(page.view.locator('.handover'), 0);
  });

  check('is not fetched where the browser was not allowed to', { ...linked('https://pictures.example/a.jpg'), grants: false }, async (page) => {
    await page.button('Fetch it from pictures.example').click();
    await page.view.getByText(words.en['file.link-refused']).waitFor();
  });

  for (const address of ['http://192.168.1.1/a.jpg', 'http://localhost/a.jpg', 'http://router/a.jpg', 'file:///etc/passwd', 'javascript:1']) {
    check(`is not offered for ${address}`, linked(address), async (page) => {
      await page.view.getByText(words.en['file.link-private']).waitFor();
      await counts(page.view.locator('.handover button'), 0);
    });
  }

  check('is forgotten with the session', { name: `file.html?link=${key}`, size: sizes.window }, async (page) => {
    await page.view.getByText(words.en['file.gone']).waitFor();
  });
});
