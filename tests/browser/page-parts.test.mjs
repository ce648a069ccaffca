import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { importTypeScript } from './typescript.mjs';

const root = join(import.meta.dirname, '../..');
const read = path => readFileSync(join(root, path), 'utf8');

describe('links', () => {
  let linkOf, linkedFile;
  before(async () => ({ linkOf, linkedFile } = await importTypeScript('server/page/src/link.ts')));
  const page = 'https://news.example/verify/index.html?lang=ko';

  test('a file of the same host is opened by a relative and by a whole address', () => {
    assert.deepEqual(linkOf('samples/a%20b.jpg', page), { kind: 'here', url: 'https://news.example/verify/samples/a%20b.jpg', name: 'a b.jpg' });
    assert.deepEqual(linkOf(' https://news.example/x.png#y ', page), { kind: 'here', url: 'https://news.example/x.png', name: 'x.png' });
    assert.equal(linkOf('/pictures/%zz.png', page).name, '%zz.png');
  });

  test('nothing of another host, port or scheme is', () => {
    for (const address of ['https://elsewhere.example/x.png', '//elsewhere.example/x.png', 'http://news.example/x.png', 'https://news.example:444/x.png',
      'elsewhere.example/x.png', 'javascript:alert(1)', 'data:image/png,x', 'file:///etc/passwd', 'blob:https://news.example/5', 'https://news.example@elsewhere.example/x.png'])
      assert.equal(linkOf(address, page).kind, 'elsewhere', address);
  });

  test('what is no address is told as such', () => {
    for (const address of ['', '  ', 'https://', 'http://a b/'])
      assert.equal(linkOf(address, page).kind, 'none', JSON.stringify(address));
  });

  test("the page's own address names a file behind ? and behind #, the latter first", () => {
    assert.equal(linkedFile('https://a.example/?file=x.jpg'), 'x.jpg');
    assert.equal(linkedFile('https://a.example/?file=x.jpg#file=samples/y%26z.jpg'), 'samples/y&z.jpg');
    assert.equal(linkedFile('https://a.example/#answer-name'), null);
  });
});

describe('languages', () => {
  let chooseLanguage;
  before(async () => ({ chooseLanguage } = await importTypeScript('server/page/src/language.ts')));

  test('the chosen one, else the first of the browser that the page speaks, else English', () => {
    assert.equal(chooseLanguage('ko', ['en-GB']), 'ko');
    assert.equal(chooseLanguage(null, ['de-DE', 'ko-KR', 'en']), 'ko');
    assert.equal(chooseLanguage('tlh', ['fr']), 'en');
    assert.equal(chooseLanguage(null, []), 'en');
  });
});

describe('sizes', () => {
  let sizeOf, bytesOf, offsetOf;
  before(async () => ({ sizeOf, bytesOf, offsetOf } = await importTypeScript('server/page/src/format.ts')));

  test('come in the unit that people know them by', () => {
    assert.deepEqual([0, 1, 999, 1000, 25_305, 1_250_000, 999_999_999, 5e12].map(bytes => sizeOf(bytes, 'en')),
      ['0 bytes', '1 byte', '999 bytes', '1 kB', '25 kB', '1.3 MB', '1,000 MB', '5,000 GB']);
    assert.equal(bytesOf(11_707, 'en'), '11,707 bytes');
    assert.match(bytesOf(11_707, 'ko'), /11,707.*바이트/);
    assert.equal(offsetOf(11_727), '0x2DCF');
  });
});

describe('what comes in', () => {
  let given, MOST_FILES;
  before(async () => ({ given, MOST_FILES } = await importTypeScript('server/page/src/intake.ts')));
  const files = count => Array.from({ length: count }, (_, index) => new File(['x'], `${index}.jpg`));

  test('is bounded: the last number that is taken whole, and the first that is cut', () => {
    assert.deepEqual([given(files(MOST_FILES)).files.length, given(files(MOST_FILES)).isCut], [MOST_FILES, false]);
    assert.deepEqual([given(files(MOST_FILES + 1)).files.length, given(files(MOST_FILES + 1)).isCut], [MOST_FILES, true]);
  });

  test('leaves out what systems put into folders for themselves, and nothing else that begins with a dot', () => {
    assert.deepEqual(given([new File([''], '.DS_Store'), new File([''], '._a.jpg'), new File([''], 'Thumbs.db'), new File([''], '.a.jpg')]).files.map(file => file.name), ['.a.jpg']);
  });
});

describe('manifest stores in files of their own', () => {
  let given;
  before(async () => ({ given } = await importTypeScript('server/page/src/intake.ts')));
  const pairs = (...names) => given(names.map(name => new File(['x'], name))).files.map(file => [file.name, file.manifest?.name]);

  test('go with the file they are named after, with its ending or in its stead', () => {
    assert.deepEqual(pairs('a.jpg.c2pa', 'a.jpg', 'b.c2pa', 'b.tar.png'), [['a.jpg', 'a.jpg.c2pa'], ['b.tar.png', undefined], ['b.c2pa', undefined]]);
    assert.deepEqual(pairs('b.png', 'b.c2pa'), [['b.png', 'b.c2pa']]);
  });

  test('stand for themselves where there is no such file', () => {
    assert.deepEqual(pairs('a.c2pa', 'b.jpg'), [['b.jpg', undefined], ['a.c2pa', undefined]]);
  });
});

describe('trust lists', () => {
  let trust;
  before(async () => (trust = await importTypeScript('server/page/src/trust.ts')));
  const storage = () => {
    const kept = new Map();
    return { getItem: key => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: key => kept.delete(key) };
  };

  test('are kept byte for byte when the person wants it, and forgotten when not', async () => {
    const place = storage();
    const own = await trust.ownList(new File([new Uint8Array([0, 200, 255, 10])], 'l.pem'));
    const packed = await trust.trustList({ role: 'packed', name: 'p', content: 'p' }, 'packed');
    assert.equal(own.digest, createHash('sha256').update(Buffer.from([0, 200, 255, 10])).digest('hex'));
    assert.equal(trust.keepLists(place, [packed, own], true), true);
    const [again, ...others] = await trust.keptLists(place);
    assert.deepEqual([others.length, again.file.role, again.file.name, [...again.file.content], again.digest, again.origin], [0, 'any', 'l.pem', [0, 200, 255, 10], own.digest, 'own']);
    trust.keepLists(place, [own], false);
    assert.deepEqual(await trust.keptLists(place), []);
  });

  test('are not kept where the browser keeps nothing, and that is told', async () => {
    assert.equal(trust.keepLists(null, [], true), false);
    assert.equal(trust.keepLists({ setItem() { throw new DOMException('', 'QuotaExceededError'); } }, [], true), false);
    assert.deepEqual(await trust.keptLists(null), []);
    assert.deepEqual(await trust.keptLists({ getItem: () => '{damaged' }), []);
  });

  test('are read only in the form they are written in', () => {
    const good = { role: 'packed', name: 'a', content: btoa('x') };
    assert.equal(trust.readStored([good]).length, 1);
    for (const bad of [null, 5, { ...good, role: 'root' }, { ...good, name: 5 }, { ...good, content: undefined }, { ...good, purposes: 5 }])
      assert.equal(trust.readStored([bad]).length, 0, JSON.stringify(bad));
    assert.deepEqual(trust.readStored({ 0: good }), []);
  });
});

describe('shapes', () => {
  test('are those of the report', async () => {
    const { strokesOf } = await importTypeScript('server/page/src/shapes.ts');
    const source = read('verifier/Provenance.Presentation/Html/LabelShape.cs');
    const ring = /Ring = "([^"]+)"/.exec(source)[1];
    const codes = { IntactKnown: 'intact-known', IntactUnknownIssuer: 'intact-unknown-issuer', IntactTimeUnproven: 'intact-time-unproven', Revoked: 'revoked', Broken: 'broken', Unreadable: 'unreadable', NotChecked: 'not-checked', _: 'none' };
    const found = [...source.matchAll(/^\s+(?:Label\.)?(\w+) => \[(.*)\],$/gm)];
    assert.equal(found.length, 8);
    for (const [, label, strokes] of found) {
      const theirs = [...strokes.matchAll(/new\((?:(Ring)|"([^"]+)")(?:, "(\w+)")?\)/g)].map(([, isRing, path, manner]) => ({ path: isRing ? ring : path, ...manner && { manner } }));
      assert.deepEqual(strokesOf(codes[label]), theirs, label);
    }
  });
});

describe('colours', () => {
  const scheme = (css, dark) => {
    const [light, night] = css.split('@media (prefers-color-scheme: dark)');
    const of = text => Object.fromEntries([...(text ?? '').matchAll(/--([a-z]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
    return dark ? { ...of(light), ...of(night.slice(0, night.indexOf('\n}\n'))) } : of(light);
  };
  const luminance = colour => [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16) / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ours = read('server/page/src/style/colours.css');

  for (const dark of [false, true]) {
    test(`have the contrast that people need, ${dark ? 'dark' : 'light'}`, () => {
      const colour = scheme(ours, dark);
      for (const [text, ground] of [['ink', 'ground'], ['ink', 'panel'], ['muted', 'ground'], ['muted', 'panel'], ['ground', 'ink'], ['ground', 'shape']])
        assert.ok(contrast(colour[text], colour[ground]) >= 4.5, `${text} on ${ground}: ${contrast(colour[text], colour[ground])}`);
      for (const [shape, ground] of [['shape', 'ground'], ['shape', 'panel'], ['broken', 'ground'], ['broken', 'panel'], ['edge', 'ground'], ['edge', 'panel'], ['covered', 'ground'], ['covered', 'open']])
        assert.ok(contrast(colour[shape], colour[ground]) >= 3, `${shape} on ${ground}: ${contrast(colour[shape], colour[ground])}`);
    });

    test(`are those of the report, ${dark ? 'dark' : 'light'}`, () => {
      const [report, page] = [scheme(read('verifier/Provenance.Presentation/Html/report.css'), dark), scheme(ours, dark)];
      for (const [name, value] of Object.entries(report))
        assert.equal(page[name], value, name);
      assert.ok(Object.keys(report).length > 8);
    });
  }

  test('no label but broken has one of its own', () => {
    const styles = readdirSync(join(root, 'server/page/src/style')).map(name => read(`server/page/src/style/${name}`)).join('\n');
    const rules = [...styles.matchAll(/([^{}]+)\{[^{}]*var\(--broken\)[^{}]*\}/g)].map(([, selector]) => selector.trim());
    assert.ok(rules.length >= 3);
    for (const selector of rules)
      assert.match(selector, /\.broken/);
    // Colours are named in one place.
    assert.doesNotMatch(styles.replace(ours, '').replace(read('server/page/src/style/modes.css'), ''), /#[0-9a-f]{3,8}\b/i);
  });
});

describe('the policy of the page', () => {
  const index = read('server/page/index.html');
  const policy = Object.fromEntries(/Content-Security-Policy" content="([^"]+)"/.exec(index)[1].split('; ').map(part => [part.split(' ')[0], part.slice(part.indexOf(' ') + 1)]));

  test('allows its own files, and pictures that are already on the device', () => {
    assert.deepEqual(policy, {
      'default-src': "'none'", 'script-src': "'self' 'wasm-unsafe-eval'", 'worker-src': "'self'", 'connect-src': "'self'", 'img-src': "'self' blob: data:", 'media-src': 'blob:',
      'style-src': "'self'", 'base-uri': "'none'", 'form-action': "'none'",
    });
  });

  test('stands before anything it is to hold for', () => {
    assert.ok(index.indexOf('Content-Security-Policy') < Math.min(index.indexOf('<link'), index.indexOf('<script')));
    assert.doesNotMatch(index, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/i);
  });

  test('no source sets markup, styles or addresses that it would forbid', () => {
    for (const name of readdirSync(join(root, 'server/page/src'), { recursive: true }).filter(name => /\.tsx?$/.test(name))) {
      const text = read(`server/page/src/${name}`);
      assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(|new Function/, name);
      if (!name.startsWith('compare'))
        assert.doesNotMatch(text, /\sstyle=\{?|https?:\/\/(?!\$)/, name);
    }
  });
});
