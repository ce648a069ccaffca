import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const page = join(root, 'server/page');
const read = path => readFileSync(join(root, path), 'utf8');
const words = name => JSON.parse(read(`server/page/src/words/${name}.json`));
const [en, ko] = [words('en'), words('ko')];
const engine = language => JSON.parse(read(`verifier/Provenance.Verifier/Labels/Words.${language}.json`));

// The words of ForbiddenWords.cs.
const forbidden = new RegExp(/@"(.+)", RegexOptions/.exec(read('tests/Provenance.Tests/Labels/ForbiddenWords.cs'))[1], 'i');

describe("the page's words", () => {
  test('are the same keys in both languages, sorted, with the same places', () => {
    assert.deepEqual(Object.keys(ko), Object.keys(en));
    assert.deepEqual(Object.keys(en), Object.keys(en).sort());
    const places = text => (text.match(/\{[a-z]+\}/g) ?? []).sort();
    for (const key of Object.keys(en))
      assert.deepEqual(places(ko[key]), places(en[key]), key);
  });

  test('judge nothing', () => {
    assert.match('This picture is fake', forbidden);
    assert.match('검증됨', forbidden);
    for (const [key, text] of [...Object.entries(en), ...Object.entries(ko)])
      assert.doesNotMatch(text, forbidden, key);
  });

  test('are Korean in Korean', () => {
    for (const [key, text] of Object.entries(ko).filter(([key]) => !['trust.digest'].includes(key)))
      assert.match(text, /[가-힣]/, key);
  });

  test('say of strips and recorded pictures what the report says', () => {
    for (const [ours, language] of [[en, 'en'], [ko, 'ko']]) {
      const report = engine(language);
      for (const [key, theirs] of [['strip.covered', 'html.strip.covered'], ['strip.credential', 'html.strip.credential'], ['strip.open', 'html.strip.open'], ['strip.caption', 'html.strip.caption'], ['picture.recorded', 'html.thumbnail'], ['technical.title', 'html.technical']])
        assert.equal(ours[key], report[theirs], `${language} ${key}`);
    }
  });

  test('are all used', () => {
    const source = readdirSync(join(page, 'src'), { recursive: true }).filter(name => /\.tsx?$/.test(name)).map(name => readFileSync(join(page, 'src', name), 'utf8')).join('\n');
    const composed = /^(error\.|strip\.|trust\.use-)/;
    for (const key of Object.keys(en).filter(key => !composed.test(key)))
      assert.ok(source.includes(`'${key}'`) || source.includes(`words.${key}`), `${key} is used nowhere`);
  });

  test('stand alone in components: no sentence is written into them', () => {
    for (const name of readdirSync(join(page, 'src')).filter(name => name.endsWith('.tsx'))) {
      const text = readFileSync(join(page, 'src', name), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*/g, '');
      // Between two tags, outside braces: only the name of the product and signs.
      for (const [, between] of text.matchAll(/<\/?[a-z][^<>{}]*>([^<>{}]+)</g))
        // What follows a bracket or a semicolon is code again.
        assert.match(between.trim(), /^(Provenance|: ?|[·×]?|[;)][^]*)$/, name);
    }
  });
});
