// The verify page as it is served, as people use it.
import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { provenance } from './command-line.mjs';
import { eventually } from './eventually.mjs';
import { file, largeFile, sample, samplePath, scratch } from './files.mjs';
import { inRepository } from './repository.mjs';
import { inChromium, words } from './verify-page.mjs';

const examples = { good: words.en['sample.good'], changed: words.en['sample.changed'], ai: words.en['sample.ai'], none: words.en['sample.none'] };

inChromium('files come to the page', (check) => {
  let folder;
  before(async () => (folder = await scratch()));
  after(() => rm(folder, { recursive: true }));

  check('dropped: the sentence takes the focus, and its sections follow', {}, async (page) => {
    assert.equal(await page.drop(await sample('good.jpg')), true);
    assert.equal(await page.label(), 'intact-unknown-issuer');
    assert.match(await page.sentence(), /^Unchanged since it was signed\./);
    await page.focusIsOn(await page.sentence());
    const topics = await page.view.locator('.facts > section').evaluateAll((sections) => sections.map((section) => section.dataset.topic));
    for (const topic of ['credential', 'history', 'sources', 'coverage', 'checked', 'not-checked', 'technical']) assert.ok(topics.includes(topic), `${topic} of ${topics}`);
    await eventually(async () => assert.equal(await page.view.title(), 'good.jpg · Provenance'));
  });

  check('pasted: a file is a file, and a picture from nowhere is told to be a copy', {}, async (page) => {
    assert.equal(await page.paste(await sample('good.jpg')), true);
    assert.equal(await page.label(), 'intact-unknown-issuer');
    await page.button(words.en['file.start-over']).click();
    assert.equal(await page.paste(await sample('none.jpg', 'image.png')), true);
    assert.equal(await page.label(), 'none');
    await page.told('.hints', words.en['answer.pasted']);
  });

  check('pasted words are no file, and are left to the browser', {}, async (page) => {
    assert.equal(await page.pasteText('good.jpg'), false);
    assert.equal(await page.view.locator('.answer, dialog').count(), 0);
  });

  check('several: each has its line; one is chosen, another removed', {}, async (page) => {
    await page.choose(...['good.jpg', 'changed.jpg', 'none.jpg', 'ai.jpg'].map(samplePath));
    await page.told('[role=status]', '4 of 4 files looked at.');
    const lines = page.view.locator('.file');
    assert.equal(await lines.count(), 4);
    await lines.nth(1).filter({ hasText: 'The file does not match its credential.' }).waitFor();
    await lines.nth(1).locator('.file-open').click();
    assert.equal(await page.label(), 'broken');
    assert.equal(await page.view.locator('[aria-current=true] .file-name').innerText(), 'changed.jpg');

    await page.button('Remove changed.jpg').click();
    assert.equal(await page.label(), 'none');
    assert.deepEqual(await lines.locator('.file-name').allInnerTexts(), ['good.jpg', 'none.jpg', 'ai.jpg']);
    await page.view.waitForFunction(() => document.activeElement.matches('.file-open'));
    assert.match(await page.focused(), /none\.jpg/);
  });

  check('by a link to the same host, typed or in the address', { address: '/?file=samples/the-same-with-one-bit-changed.jpg' }, async (page) => {
    assert.equal(await page.label(), 'broken');
    await page.button(words.en['intake.link']).click();
    await page.view.locator('#link-address:focus').waitFor();
    await page.view.keyboard.type('samples/picture-made-with-ai.jpg');
    await page.view.keyboard.press('Enter');
    await page.told('h2', 'picture-made-with-ai.jpg');
    assert.equal(await page.label(), 'intact-unknown-issuer');
  });

  check('a link elsewhere is explained and not asked for, wherever it comes from', { address: '/?file=https://elsewhere.example/a.jpg', allowed: /404/ }, async (page) => {
    const { view } = page;
    await page.told('.problem', words.en['link.foreign']);
    await page.closePanel();
    assert.equal(await page.pasteText('https://elsewhere.example/b.jpg'), true);
    await page.told('.problem', words.en['link.foreign']);
    assert.equal(await view.locator('#link-address').inputValue(), 'https://elsewhere.example/b.jpg');
    await view.locator('#link-address').fill('nowhere.jpg');
    await page.button(words.en['link.open']).click();
    await page.told('.problem', words.en['link.failed']);
    assert.deepEqual(page.asked().slice(1).filter((asked) => /elsewhere|nowhere/.test(asked)), ['/nowhere.jpg']);
  });

  check('examples: each has its label, by lists that are used for nothing else', {}, async (page) => {
    const expected = { good: 'intact-known', changed: 'broken', ai: 'intact-known', none: 'none' };
    for (const [name, label] of Object.entries(expected)) {
      await page.button(examples[name]).click();
      assert.equal(await page.label(), label, name);
      await page.told('.hints', words.en['answer.example']);
      await page.button(words.en['file.start-over']).click();
    }
    await page.open(samplePath('good.jpg'));
    assert.equal(await page.label(), 'intact-unknown-issuer');
  });

  check('a large one shows how far it is, and can be stopped', {}, async (page) => {
    const { view } = page;
    await page.choose(await largeFile(folder));
    await page.told('#hashed', /\d .B of 100 GB read/);
    assert.ok(await view.locator('.reading progress').evaluate((bar) => bar.value > 0 && bar.value < bar.max));
    await page.button(words.en['file.stop']).click();
    await page.told('.failed', words.en['file.stopped']);
    // The engine is free for the next one.
    await page.open(samplePath('changed.jpg'));
    assert.equal(await page.label(), 'broken');
    await view.locator('.file', { hasText: 'large.jpg' }).locator('.file-open').click();
    await page.button(words.en['error.again']).click();
    await page.told('#hashed', /\d .B of 100 GB read/);
    await page.button('Stop reading large.jpg').click();
  });
});

inChromium('what can be done with an answer', (check) => {
  let folder;
  before(async () => (folder = await scratch()));
  after(() => rm(folder, { recursive: true }));

  async function saved(page, button) {
    const [download] = await Promise.all([page.view.waitForEvent('download'), page.button(button).click()]);
    const place = path.join(folder, download.suggestedFilename());
    await download.saveAs(place);
    return place;
  }

  check('its data are the line of the command line', {}, async (page) => {
    for (const name of ['photograph-cropped-in-a-newsroom.jpg', 'the-same-with-one-bit-changed.jpg', 'photograph-without-credentials.jpg']) {
      await page.view.goto(page.origin);
      await page.view.locator('.sample', { has: page.view.locator(`[src$="${name}"]`) }).click();
      await page.label();
      const place = await saved(page, words.en['action.download-json']);
      assert.equal(path.basename(place), `${name}.credentials.json`);
      const json = await readFile(place, 'utf8');
      const { output } = await provenance(['verify', '--format', 'json', '--digest', '--validation-time', JSON.parse(json).policy.time,
        '--trust-anchors', inRepository('artifacts/page/samples/example-issuers.pem'), '--tsa-anchors', inRepository('artifacts/page/samples/example-time-stampers.pem'),
        inRepository('artifacts/page/samples', name)]);
      const line = output.replace(/^\{"file":"[^"]*",/, '{');
      // Not assert.equal, which would print both in full.
      assert.ok(json === line, `${name}: differs after …${json.slice(0, [...json].findIndex((character, at) => character !== line[at])).slice(-200)}`);
    }
  });

  check('its report is a document that asks nobody for anything', {}, async (page) => {
    await page.button(examples.good).click();
    await page.label();
    const place = await saved(page, words.en['action.download-html']);
    assert.equal(path.basename(place), 'photograph-cropped-in-a-newsroom.jpg.credentials.html');
    const reader = await page.view.context().browser().newContext();
    const asked = [];
    reader.on('request', (request) => /^data:/.test(request.url()) || asked.push(request.url()));
    const view = await reader.newPage();
    await view.goto(pathToFileURL(place).href);
    assert.match(await view.locator('main').innerText(), /Unchanged since Example Newsroom/);
    assert.ok(await view.locator('img').evaluateAll((pictures) => pictures.length > 0 && pictures.every((picture) => picture.naturalWidth > 0)));
    assert.deepEqual(asked, [pathToFileURL(place).href]);
    await reader.close();
  });

  check('its sentence and lines can be copied', { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    await page.button(examples.ai).click();
    await page.label();
    await page.button(words.en['action.copy']).click();
    await page.told('[role=status]', words.en['action.copied']);
    const lines = await page.view.locator('.answer .lines li').allInnerTexts();
    assert.ok(lines.length > 0);
    assert.equal(await page.view.evaluate(() => navigator.clipboard.readText()), [await page.sentence(), ...lines].join('\n'));
  });
});

inChromium('trust lists', (check) => {
  const settings = (page) => page.button(words.en.settings).click();
  const listed = (page) => page.view.locator('.list-name').allInnerTexts();

  check('make an issuer known, and looking up nobody makes all unknown', {}, async (page) => {
    await page.open(samplePath('good.jpg'));
    await page.told('.no-list', words.en['trust.none']);
    await settings(page);
    await page.addList(samplePath('anchors.pem'));
    await page.told('[role=status]', 'List added: anchors.pem');
    await page.closePanel();
    await page.told('[data-label=intact-known]', /Unchanged since Example Newsroom/);
    assert.equal(await page.view.locator('.no-list').count(), 0);

    await settings(page);
    await page.addList(samplePath('tsa-anchors.pem'));
    await page.view.locator('.lists li', { hasText: 'tsa-anchors.pem' }).locator('select').selectOption('time-stamp-anchors');
    await page.closePanel();
    await page.told('[data-label=intact-known]', /signed it on 14 Mar 2026/);

    await settings(page);
    await page.view.getByLabel(words.en['trust.nobody']).check();
    await page.closePanel();
    await page.told('[data-label=intact-unknown-issuer]', /Unchanged since it was signed/);
    assert.equal(await page.label(), 'intact-unknown-issuer');
  });

  check('that are damaged are told of, with what to do', { allowed: /invalid-policy|VerifierError/ }, async (page) => {
    const folder = await scratch();
    const place = path.join(folder, 'damaged.pem');
    await writeFile(place, '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n');
    await page.open(samplePath('good.jpg'));
    await settings(page);
    await page.addList(place);
    await page.closePanel();
    await page.told('.failed', words.en['error.policy']);
    await settings(page);
    await page.button('Remove damaged.pem').click();
    await page.closePanel();
    assert.equal(await page.label(), 'intact-unknown-issuer');
    await rm(folder, { recursive: true });
  });

  check('are remembered only if that is ticked, and forgotten when it is not', {}, async (page) => {
    const reopen = async () => {
      await page.view.reload();
      // There is no answer before the lists that were kept are known.
      await page.open(samplePath('none.jpg'));
      await settings(page);
      return listed(page);
    };
    await settings(page);
    await page.addList(samplePath('anchors.pem'));
    assert.deepEqual(await page.view.evaluate(() => Object.keys(localStorage)), []);
    assert.deepEqual(await reopen(), []);

    await page.view.getByLabel(words.en['trust.remember']).check();
    await page.addList(samplePath('anchors.pem'));
    assert.deepEqual(await reopen(), ['anchors.pem']);
    await page.view.getByLabel(words.en['trust.remember']).uncheck();
    assert.deepEqual(await page.view.evaluate(() => Object.keys(localStorage)), []);
    assert.deepEqual(await reopen(), []);
  });
});

inChromium('languages', (check) => {
  /** What is on the page, and what it is called for those who do not see it. */
  const text = (page) => page.view.evaluate(() => [document.body.innerText, ...[...document.querySelectorAll('[aria-label], [alt]')].map((element) => element.getAttribute('aria-label') ?? element.alt)].join('\n'));
  const keys = Object.keys(words.en).filter((key) => key.includes('.'));
  /** English words that have no place on a Korean page: those that Korean says otherwise. */
  const english = Object.keys(words.en).filter((key) => words.en[key] !== words.ko[key] && !/[{]|^.{0,4}$/.test(words.en[key])).map((key) => words.en[key]);

  check('are chosen, apply to answers that are there, and are remembered', {}, async (page) => {
    const { view } = page;
    await page.button(examples.good).click();
    await page.label();
    const before = await text(page);
    assert.deepEqual(keys.filter((key) => before.includes(key)), []);
    assert.doesNotMatch(before, /\{[a-z]+\}/);

    await page.button('한국어').click();
    await view.locator('.facts[lang=ko]').waitFor();
    await view.locator('html[lang=ko]').waitFor();
    await page.told('.answer .sentence', '서명 이후 변경되지 않음 · 발급: Example Newsroom');
    await page.button(words.ko.settings).click();
    await page.told('dialog', words.ko['trust.intro']);
    const after = await text(page);
    assert.deepEqual([...keys, ...english].filter((key) => after.includes(key)), []);
    assert.doesNotMatch(after, /\{[a-z]+\}/);

    await view.reload();
    await page.told('h2', words.ko['intake.title']);
    const again = await text(page);
    assert.deepEqual([...keys, ...english].filter((key) => again.includes(key)), []);
    await page.button('English').click();
    await page.told('h2', words.en['intake.title']);
    await view.locator('html[lang=en]').waitFor();
  });

  check('begin with the one that the browser asks for', { locale: 'ko-KR' }, async (page) => {
    await page.view.locator('html[lang=ko]').waitFor();
    await page.told('h2', words.ko['intake.title']);
    await page.drop(file('empty.jpg', ''));
    await page.label();
    assert.match(await page.sentence(), /읽을 수 없습니다/);
  });
});
