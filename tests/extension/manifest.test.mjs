// What the extension asks for, what it lets in, and what it says: read from the build, not from its sources.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { inRepository } from '../browser/repository.mjs';
import { manifestOf } from '../../extension/build/manifest.mjs';

const built = (browser, ...parts) => inRepository('artifacts/extension', browser, ...parts);
const json = (file) => JSON.parse(readFileSync(file, 'utf8'));

for (const [browser, permissions] of [
  ['chromium', ['activeTab', 'contextMenus', 'offscreen', 'scripting', 'sidePanel', 'storage']],
  ['firefox', ['activeTab', 'contextMenus', 'scripting', 'storage']],
]) {
  describe(`the manifest for ${browser}`, { skip: !existsSync(built(browser, 'manifest.json')) && 'the extension is not built' }, () => {
    const manifest = json(built(browser, 'manifest.json'));

    test('asks for these permissions and no others, and for hosts only when the reader says so', () => {
      assert.deepEqual([...manifest.permissions].sort(), permissions);
      assert.equal(manifest.host_permissions, undefined);
      assert.equal(manifest.optional_permissions, undefined);
      assert.deepEqual(manifest.optional_host_permissions, ['*://*/*']);
      assert.equal(manifest.content_scripts, undefined);
      for (const permission of permissions)
        assert.match(readFileSync(inRepository('docs/extension.md'), 'utf8'), new RegExp(`^\\| \`${permission}\``, 'm'), `docs/extension.md says why ${permission}`);
    });

    test('lets no page and no other extension in', () => {
      assert.deepEqual(manifest.web_accessible_resources, []);
      for (const door of ['externally_connectable', 'sandbox', 'protocol_handlers', 'user_scripts'])
        assert.equal(manifest[door], undefined, door);
    });

    test('has a policy under which only files of the extension run', () => {
      const policy = Object.fromEntries(manifest.content_security_policy.extension_pages.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]));
      assert.deepEqual(policy['script-src'], ["'self'", "'wasm-unsafe-eval'"]);
      assert.deepEqual(policy['object-src'], ["'none'"]);
      assert.deepEqual(policy['default-src'], ["'none'"]);
      assert.deepEqual(policy['style-src'], ["'self'"]);
      assert.deepEqual(policy['frame-ancestors'], ["'none'"]);
      assert.deepEqual(policy['base-uri'], ["'none'"]);
      assert.deepEqual(policy['form-action'], ["'none'"]);
      assert.doesNotMatch(manifest.content_security_policy.extension_pages, /unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)/);
    });

    test('names files that are there', () => {
      const named = [manifest.action.default_popup, manifest.options_ui.page, manifest.background.service_worker ?? manifest.background.scripts[0], ...Object.values(manifest.icons), ...Object.values(manifest.action.default_icon), manifest.side_panel?.default_path ?? manifest.sidebar_action.default_panel];
      for (const name of named)
        assert.ok(existsSync(built(browser, name)), name);
    });

    test('has icons of the sizes that it says', () => {
      for (const [size, name] of Object.entries(manifest.icons)) {
        const bytes = readFileSync(built(browser, name));
        assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [Number(size), Number(size)]);
      }
    });

    test('has its words in both languages', () => {
      const [en, ko] = ['en', 'ko'].map((language) => json(built(browser, '_locales', language, 'messages.json')));
      assert.deepEqual(Object.keys(ko), Object.keys(en));
      for (const [, key] of JSON.stringify(manifest).matchAll(/__MSG_(\w+)__/g))
        assert.ok(en[key]?.message, key);
      // The stores cut what is longer.
      for (const words of [en, ko]) {
        assert.ok([...words.extension_name.message].length <= 75);
        assert.ok([...words.extension_description.message].length <= 132);
      }
    });

    test('is what its source says, and the same as in the other browser but for these members', () => {
      assert.deepEqual(manifest, JSON.parse(JSON.stringify(manifestOf(browser, manifest.version))));
      const [one, other] = ['chromium', 'firefox'].map((name) => manifestOf(name, '1'));
      const differing = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
      assert.deepEqual(differing.sort(), ['background', 'browser_specific_settings', 'message_serialization', 'minimum_chrome_version', 'permissions', 'side_panel', 'sidebar_action']);
    });
  });
}

describe("the extension's words", () => {
  const [en, ko] = ['en', 'ko'].map((language) => json(inRepository(`extension/src/words/${language}.json`)));
  // The words of ForbiddenWords.cs.
  const forbidden = new RegExp(/@"(.+)", RegexOptions/.exec(readFileSync(inRepository('tests/Provenance.Tests/Labels/ForbiddenWords.cs'), 'utf8'))[1], 'i');

  test('are the same keys in both languages, sorted, with the same places', () => {
    assert.deepEqual(Object.keys(ko), Object.keys(en));
    assert.deepEqual(Object.keys(en), Object.keys(en).sort());
    const places = (text) => (text.match(/\{[a-z]+\}/g) ?? []).sort();
    for (const key of Object.keys(en))
      assert.deepEqual(places(ko[key]), places(en[key]), key);
  });

  test('judge nothing', () => {
    assert.match('This picture is fake', forbidden);
    for (const [key, text] of [...Object.entries(en), ...Object.entries(ko)])
      assert.doesNotMatch(text, forbidden, key);
    assert.doesNotMatch(readFileSync(inRepository('docs/extension.md'), 'utf8'), forbidden);
  });

  test('are Korean in Korean', () => {
    for (const [key, text] of Object.entries(ko))
      assert.ok(/[가-힣]/.test(text) || text === en[key], key);
    const same = Object.keys(en).filter((key) => ko[key] === en[key] && /[a-z]{3}/.test(en[key]));
    assert.deepEqual(same, ['panel.title']);
  });

  test('that the background and the engine say are in their file', () => {
    const kept = /onlyWords\(\[([^\]]+)\]/.exec(readFileSync(inRepository('extension/build/build.mjs'), 'utf8'))[1].match(/\w+/g);
    const used = ['background', 'engine'].flatMap((folder) => readdirSync(inRepository('extension/src', folder)).map((name) => readFileSync(inRepository('extension/src', folder, name), 'utf8')))
      .flatMap((text) => [...text.matchAll(/['`]([a-z]+)\.(?:[\w.-]+|\$\{[^}]+\})['`]/g)].map(([, part]) => part)).filter((part) => Object.keys(en).some((key) => key.startsWith(`${part}.`)));
    assert.deepEqual([...new Set(used)].filter((part) => !kept.includes(part)), []);
    assert.ok(used.includes('badge') && used.includes('menu') && used.includes('obstacle'));
  });

  test('of settings, help, menus and the first start are all used', () => {
    const source = readdirSync(inRepository('extension/src'), { recursive: true }).filter((name) => /\.tsx?$/.test(name)).map((name) => readFileSync(path.join(inRepository('extension/src'), name), 'utf8')).join('\n');
    const composed = /^(menu\.|help\.states\.|help\.\w+\.title$|options\.lists\.(for|origin|outcome)-)/;
    for (const key of Object.keys(en).filter((key) => /^(options|help|setup|badge|menu)\./.test(key) && !composed.test(key)))
      assert.ok(source.includes(`'${key}'`), `${key} is used nowhere`);
  });
});
