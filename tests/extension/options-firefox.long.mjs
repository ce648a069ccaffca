// The settings, help and the background in Firefox, as far as it lets a test see pages of an extension.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAbsent } from '../browser/browsers.mjs';
import { eventually } from '../browser/eventually.mjs';
import { samplePath } from '../browser/files.mjs';
import { inRepository } from '../browser/repository.mjs';
import { launchFirefox } from './harness/firefox.mjs';

const words = Object.fromEntries(['en', 'ko'].map((language) => [language, JSON.parse(readFileSync(inRepository(`extension/src/words/${language}.json`), 'utf8'))]));

const more = path.join(import.meta.dirname, 'harness/firefox-pages.js');

describe("the extension's own pages in Firefox", { skip: isAbsent('firefox'), timeout: 180_000 }, () => {
  let firefox;
  before(async () => (firefox = await launchFirefox({ sites: [], settings: { lists: [], language: 'en' }, more })));
  after(() => firefox?.close());

  test('the settings take a list that its engine can use, and no other', async () => {
    const page = await firefox.report('page', { name: 'options.html', until: words.en['options.lists.none'] });
    assert.deepEqual([page.lang, page.title], ['en', 'Provenance: Settings']);
    const add = (name, text, outcome) => firefox.report('addList', { name, text, until: words.en[`options.lists.outcome-${outcome}`].replace('{name}', name) });
    assert.deepEqual((await add('holiday.json', '{"format":"photo"}', 'unusable')).settings?.lists, undefined);
    const { settings } = await add('anchors.pem', readFileSync(samplePath('anchors.pem'), 'utf8'), 'new');
    assert.deepEqual(settings.lists.map(({ name, origin }) => [name, origin]), [['anchors.pem', 'own']]);
  });

  test('help is there in both languages', async () => {
    for (const language of ['en', 'ko']) {
      await firefox.report('settings', { language });
      const page = await firefox.report('page', { name: `help.html?${language}`, until: words[language]['help.privacy.device'] });
      assert.equal(page.lang, language);
      assert.ok(page.text.includes(words[language]['help.states.broken']));
    }
  });

  test('the script is put where the reader wants it, and taken away again', async () => {
    const matches = async () => (await firefox.report('registered')).flatMap((script) => script.matches);
    await firefox.report('settings', { sites: ['*://news.example/*', '*://not-allowed.test/*'] });
    await eventually(async () => assert.deepEqual(await matches(), ['*://news.example/*']));
    await firefox.report('settings', { sites: ['*://news.example/*'], isPaused: true });
    await eventually(async () => assert.deepEqual(await matches(), []));
  });
});

describe("Firefox's background page", { skip: isAbsent('firefox'), timeout: 120_000 }, () => {
  test('stays while the engine in it is connected to a page, past the time after which Firefox ends one', async () => {
    const idle = 12_000;
    const site = createServer((request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><p>words'));
    await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
    const firefox = await launchFirefox({ more, idle });
    try {
      await firefox.open(`http://127.0.0.1:${site.address().port}/`);
      await sleep(2.2 * idle);
      assert.ok((await firefox.report('age')) > 2 * idle);
    } finally {
      await firefox.close();
      site.closeAllConnections();
      await new Promise((resolve) => site.close(resolve));
    }
  });
});
