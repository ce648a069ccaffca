// The words of the popup, the panel and the file page.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { inRepository } from '../browser/repository.mjs';
import { words } from './popup-page.mjs';

const ours = (language) => Object.entries(words[language]).filter(([key]) => /^(tab|popup|file)\./.test(key));
const engine = (language) => JSON.parse(readFileSync(inRepository(`verifier/Provenance.Verifier/Labels/Words.${language}.json`), 'utf8'));
const forbidden = new RegExp(/@"(.+)", RegexOptions/.exec(readFileSync(inRepository('tests/Provenance.Tests/Labels/ForbiddenWords.cs'), 'utf8'))[1], 'i');
const source = ['tab', 'file', '.'].flatMap((folder) => readdirSync(inRepository('extension/src/pages', folder)).filter((name) => /\.tsx?$/.test(name)).map((name) => readFileSync(inRepository('extension/src/pages', folder, name), 'utf8'))).join('\n');

describe('the words of popup, panel and file page', () => {
  test('are the same keys in both languages, with the same places', () => {
    assert.deepEqual(ours('ko').map(([key]) => key), ours('en').map(([key]) => key));
    const places = (text) => (text.match(/\{[a-z]+\}/g) ?? []).sort();
    for (const [key, text] of ours('en')) assert.deepEqual(places(words.ko[key]), places(text), key);
  });

  test('judge nothing', () => {
    assert.match('This picture is fake', forbidden);
    for (const language of ['en', 'ko']) for (const [key, text] of ours(language)) assert.doesNotMatch(text, forbidden, key);
  });

  test('are Korean in Korean', () => {
    for (const [key, text] of ours('ko').filter(([key]) => !['tab.fact.digest', 'tab.count.comma', 'tab.count.semicolon'].includes(key))) assert.match(text, /[가-힣]/, key);
  });

  test("say a label as the engine's short words do", () => {
    for (const language of ['en', 'ko']) {
      const short = Object.entries(engine(language)).filter(([key]) => key.startsWith('label-short.'));
      assert.equal(short.length, 8);
      for (const [key, text] of short) assert.equal(words[language][key.replace('label-short.', 'tab.state.')], text, key);
    }
  });

  test('are all used', () => {
    // Composed of what the engine or the state is called.
    const composed = /^tab\.(count|state|sameness|sameness-full|display|obstacle|kind|group|not-looking|labels|failed)\.|^file\.failed\./;
    for (const [key] of ours('en')) {
      const plain = key.replace(/\.one$/, '');
      assert.ok(composed.test(plain) || source.includes(`'${plain}'`), `${key} is used nowhere`);
    }
  });
});
