import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, test } from 'node:test';
import { importTypeScript } from './typescript.mjs';

const root = new URL('../../server/page/src/', import.meta.url);

let d;
let s;
let w;
before(async () => {
  d = await importTypeScript('server/page/src/compare/difference.ts');
  s = await importTypeScript('server/page/src/compare/structure.ts');
  w = await importTypeScript('server/page/src/compare/words.ts');
});

/** RGBA of a plain picture, with some pixels set: [x, y, [r, g, b, a]]. */
function pixels(width, height, colour, ...set) {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let at = 0; at < data.length; at += 4) data.set(colour, at);
  for (const [x, y, other] of set) data.set(other, 4 * (y * width + x));
  return data;
}

const grey = [100, 100, 100, 255];

function subtract(width, height, left, right, rows = height) {
  const difference = new d.Difference({ width, height });
  for (let y = 0; y < height; y += rows) {
    const end = 4 * width * Math.min(height, y + rows);
    difference.add(left.slice(4 * width * y, end), right.slice(4 * width * y, end));
  }
  return difference;
}

describe('what may be compared pixel by pixel', () => {
  test('pictures of one size may, of sizes that differ by one pixel may not', () => {
    assert.equal(d.comparable({ width: 30, height: 20 }, { width: 30, height: 20 }), 'yes');
    assert.equal(d.comparable({ width: 30, height: 20 }, { width: 31, height: 20 }), 'sizes-differ');
    assert.equal(d.comparable({ width: 30, height: 20 }, { width: 30, height: 19 }), 'sizes-differ');
    assert.equal(d.comparable({ width: 30, height: 20 }, { width: 20, height: 30 }), 'sizes-differ');
  });

  test('64 megapixels may, one row more may not', () => {
    const size = (width, height) => [{ width, height }, { width, height }];
    assert.equal(d.comparable(...size(8000, 8000)), 'yes');
    assert.equal(d.comparable(...size(8000, 8001)), 'too-large');
  });

  test('a side of 32,767 pixels may, of 32,768 may not', () => {
    const size = (width, height) => [{ width, height }, { width, height }];
    assert.equal(d.comparable(...size(32767, 2)), 'yes');
    assert.equal(d.comparable(...size(32768, 2)), 'too-large');
    assert.equal(d.comparable(...size(2, 32767)), 'yes');
    assert.equal(d.comparable(...size(2, 32768)), 'too-large');
  });
});

describe('the difference of two pixels', () => {
  const of = (left, right) => d.pixelDifference(Uint8ClampedArray.from(left), Uint8ClampedArray.from(right), 0);

  test('is that of the channel that differs most, in either direction', () => {
    assert.equal(of([10, 20, 30, 255], [11, 25, 28, 255]), 5);
    assert.equal(of([10, 20, 30, 255], [10, 20, 21, 255]), 9);
    assert.equal(of([0, 0, 0, 255], [0, 0, 255, 255]), 255);
    assert.equal(of([7, 7, 7, 255], [7, 7, 7, 255]), 0);
  });

  test('counts opacity, and colour as far as it is seen', () => {
    assert.equal(of([9, 9, 9, 255], [9, 9, 9, 254]), 1);
    assert.equal(of([200, 0, 0, 128], [100, 0, 0, 128]), 51);
    assert.equal(of([255, 0, 0, 1], [0, 0, 0, 1]), 1);
  });

  test('is none between colours that are wholly transparent, and some as soon as they are not', () => {
    assert.equal(of([255, 0, 0, 0], [0, 255, 9, 0]), 0);
    assert.equal(of([255, 0, 0, 1], [254, 0, 0, 1]), 1);
  });
});

describe('counts', () => {
  test('equal pictures differ nowhere', () => {
    const facts = subtract(5, 4, pixels(5, 4, grey), pixels(5, 4, grey)).facts();
    assert.deepEqual(facts, { pixels: 20, differing: 0, largest: 0, counts: [0, 0, 0, 0] });
  });

  test('one pixel is counted once, and its place is told', () => {
    const facts = subtract(5, 4, pixels(5, 4, grey), pixels(5, 4, grey, [3, 2, [100, 101, 100, 255]])).facts();
    assert.deepEqual(facts, { pixels: 20, differing: 1, largest: 1, counts: [1, 0, 0, 0], area: { x: 3, y: 2, width: 1, height: 1 } });
  });

  test('the first and the last pixel span the whole picture', () => {
    const facts = subtract(5, 4, pixels(5, 4, grey), pixels(5, 4, grey, [0, 0, [0, 0, 0, 255]], [4, 3, [0, 0, 0, 255]])).facts();
    assert.equal(facts.differing, 2);
    assert.equal(facts.largest, 100);
    assert.deepEqual(facts.area, { x: 0, y: 0, width: 5, height: 4 });
  });

  test('pixels of different bytes and the same looks do not differ', () => {
    const facts = subtract(2, 1, pixels(2, 1, [1, 2, 3, 0]), pixels(2, 1, [9, 9, 9, 0])).facts();
    assert.equal(facts.differing, 0);
    assert.equal(facts.area, undefined);
  });

  test('strips of any height give the same facts and maps', () => {
    const left = pixels(7, 9, grey);
    const right = pixels(7, 9, grey, [0, 8, [0, 0, 0, 255]], [6, 1, [103, 100, 100, 255]], [2, 4, [100, 80, 100, 255]]);
    const whole = subtract(7, 9, left, right);
    for (const rows of [1, 2, 4, 8]) {
      const strips = subtract(7, 9, left, right, rows);
      assert.deepEqual(strips.facts(), whole.facts(), `${rows} rows`);
      assert.deepEqual(strips.detail, whole.detail, `${rows} rows`);
    }
  });

  test('each band has its first and its last difference', () => {
    for (const [at, { from, to }] of d.bands.entries()) {
      for (const difference of [from, to]) {
        const facts = subtract(1, 1, pixels(1, 1, [0, 0, 0, 255]), pixels(1, 1, [difference, 0, 0, 255])).facts();
        assert.deepEqual(facts.counts, d.bands.map((_, band) => (band === at ? 1 : 0)), `${difference}`);
      }
    }
  });

  test('every difference from 1 to 255 has one band, 0 has none', () => {
    assert.equal(d.bandOf(0), undefined);
    for (let difference = 1; difference <= 255; difference++) {
      assert.equal(d.bands.filter(({ from, to }) => from <= difference && difference <= to).length, 1, `${difference}`);
    }
  });

  test('facts need all rows, and no more rows than there are', () => {
    const difference = new d.Difference({ width: 2, height: 2 });
    difference.add(pixels(2, 1, grey), pixels(2, 1, grey));
    assert.throws(() => difference.facts(), /rows are missing/);
    difference.add(pixels(2, 1, grey), pixels(2, 1, grey));
    assert.equal(difference.facts().differing, 0);
    assert.throws(() => difference.add(pixels(2, 1, grey), pixels(2, 1, grey)), RangeError);
  });

  test('strips of unequal or broken length are refused', () => {
    const difference = new d.Difference({ width: 2, height: 3 });
    assert.throws(() => difference.add(pixels(2, 1, grey), pixels(2, 2, grey)), RangeError);
    assert.throws(() => difference.add(pixels(3, 1, grey), pixels(3, 1, grey)), RangeError);
  });
});

describe('maps', () => {
  test('a single pixel among many is the largest difference of its dot in the overview', () => {
    const width = 1601;
    const difference = subtract(width, 3, pixels(width, 3, grey), pixels(width, 3, grey, [1600, 2, [105, 100, 100, 255]]));
    assert.equal(difference.overview.cell, 3);
    assert.equal(difference.overview.width, 534);
    assert.equal(difference.overview.height, 1);
    assert.equal(difference.overview.largest.findIndex((largest) => largest > 0), 533);
    assert.equal(difference.overview.largest[533], 5);
    assert.equal(difference.detail.cell, 1);
    assert.equal(difference.detail.largest[2 * width + 1600], 5);
  });

  test('a dot keeps the largest of its differences, whichever comes first', () => {
    const width = 1600;
    for (const [first, second] of [[3, 90], [90, 3]]) {
      const right = pixels(width, 2, grey, [0, 0, [100 + first, 100, 100, 255]], [1, 1, [100 + second, 100, 100, 255]]);
      assert.equal(subtract(width, 2, pixels(width, 2, grey), right).overview.largest[0], 90);
    }
  });

  test('800 pixels have an overview of their own size, 801 one of half', () => {
    assert.equal(new d.Difference({ width: 800, height: 10 }).overview.cell, 1);
    assert.equal(new d.Difference({ width: 801, height: 10 }).overview.cell, 2);
    assert.equal(new d.Difference({ width: 10, height: 801 }).overview.cell, 2);
  });

  test('16 million dots are shown one by one, more are not', () => {
    assert.equal(new d.Difference({ width: 4000, height: 4000 }).detail.cell, 1);
    assert.equal(new d.Difference({ width: 4000, height: 4001 }).detail.cell, 2);
    assert.equal(new d.Difference({ width: 8000, height: 8000 }).detail.cell, 2);
  });

  test('what differs has the colour of its band, what is equal a grey of the left picture', () => {
    const left = pixels(2, 1, [255, 255, 255, 255]);
    const painted = d.paint(subtract(2, 1, left, pixels(2, 1, [255, 255, 255, 255], [1, 0, [254, 255, 255, 255]])).detail);
    assert.deepEqual([...painted], [d.lightestGrey, d.lightestGrey, d.lightestGrey, 255, ...d.bands[0].colour, 255]);
  });

  test('what is transparent is black in the map', () => {
    const painted = d.paint(subtract(1, 1, pixels(1, 1, [255, 255, 255, 0]), pixels(1, 1, [255, 255, 255, 0])).detail);
    assert.deepEqual([...painted], [0, 0, 0, 255]);
  });

  test('even a difference of 1 is lighter than anything equal, and larger ones are lighter still', () => {
    const lightness = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    const steps = [[d.lightestGrey, d.lightestGrey, d.lightestGrey], ...d.bands.map(({ colour }) => colour)].map(lightness);
    for (let at = 1; at < steps.length; at++) {
      const contrast = (steps[at] + 0.05) / (steps[at - 1] + 0.05);
      assert.ok(contrast >= 1.5, `band ${at}: ${contrast.toFixed(2)}`);
    }
  });

  function linear(value) {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }
});

describe('what a file carries beside its pixels', () => {
  const ascii = (text) => [...text].map((letter) => letter.charCodeAt(0));
  const be16 = (value) => [value >> 8, value & 255];
  const be32 = (value) => [...be16(value >>> 16), ...be16(value & 0xffff)];
  const le32 = (value) => be32(value).reverse();
  const bytes = (...parts) => Uint8Array.from(parts.flat());
  const exif = (orientation) => [...ascii('MM\0*'), ...be32(8), ...be16(1), ...be16(0x0112), ...be16(3), ...be32(1), ...be16(orientation), 0, 0, ...be32(0)];
  const littleExif = (orientation) => [...ascii('II*\0'), ...le32(8), 1, 0, 0x12, 0x01, 3, 0, ...le32(1), orientation, 0, 0, 0, ...le32(0)];
  const segment = (marker, body) => [0xff, marker, ...be16(body.length + 2), ...body];
  const jpeg = (...segments) => bytes([0xff, 0xd8], ...segments, [0xff, 0xda, 0, 2]);
  const chunk = (type, body) => [...be32(body.length), ...ascii(type), ...body, 0, 0, 0, 0];
  const png = (...chunks) => bytes(ascii('\x89PNG\r\n\x1a\n'), chunk('IHDR', Array(13).fill(0)), ...chunks, chunk('IDAT', [1]));
  const riff = (type, body) => [...ascii(type), ...le32(body.length), ...body, ...(body.length % 2 ? [0] : [])];
  const webp = (...chunks) => {
    const body = [...ascii('WEBP'), ...chunks.flat()];
    return bytes(ascii('RIFF'), le32(body.length), body);
  };
  const icc = (part, of, text) => segment(0xe2, [...ascii('ICC_PROFILE\0'), part, of, ...ascii(text)]);

  test('a JPEG without anything has no profile and stands upright', () => {
    assert.deepEqual(s.beside(jpeg(segment(0xe0, ascii('JFIF\0')))), { colour: new Uint8Array(), orientation: 1, moves: false });
  });

  test('the parts of a JPEG profile are joined', () => {
    assert.deepEqual(s.beside(jpeg(icc(1, 2, 'one'), icc(2, 2, 'two'))).colour, bytes(ascii('onetwo')));
  });

  test('orientation is read in both byte orders; 1 and 8 are such, 0 and 9 count as upright', () => {
    for (const tiff of [exif, littleExif]) {
      for (const [written, read] of [[1, 1], [6, 6], [8, 8], [0, 1], [9, 1]]) {
        assert.equal(s.beside(jpeg(segment(0xe1, [...ascii('Exif\0\0'), ...tiff(written)]))).orientation, read);
      }
    }
  });

  test('a JPEG that is cut before its picture is not known', () => {
    const whole = jpeg(icc(1, 1, 'profile'));
    assert.notEqual(s.beside(whole).colour, undefined);
    for (let length = 0; length < whole.length - 3; length++) assert.equal(s.beside(whole.subarray(0, length)).colour, undefined, `${length}`);
  });

  test('PNG: what tells colours, orientation and frames', () => {
    assert.deepEqual(s.beside(png()), { colour: new Uint8Array(), orientation: 1, moves: false });
    assert.deepEqual(s.beside(png(chunk('gAMA', be32(45455)))).colour, bytes(be32(45455)));
    assert.deepEqual(s.beside(png(chunk('iCCP', ascii('p')), chunk('eXIf', exif(3)), chunk('acTL', [1]))), { colour: bytes(ascii('p')), orientation: 3, moves: true });
  });

  test('WebP: profile, orientation and frames', () => {
    assert.deepEqual(s.beside(webp(riff('VP8 ', [1]))), { colour: new Uint8Array(), orientation: 1, moves: false });
    const all = webp(riff('VP8X', [0x02, 0, 0, 0]), riff('ICCP', ascii('abc')), riff('VP8 ', [1]), riff('EXIF', littleExif(5)));
    assert.deepEqual(s.beside(all), { colour: bytes(ascii('abc')), orientation: 5, moves: true });
    assert.equal(s.beside(webp(riff('VP8X', [0xfd, 0, 0, 0]))).moves, false);
  });

  test('a GIF that repeats moves, another one does not', () => {
    assert.equal(s.beside(bytes(ascii('GIF89a....NETSCAPE2.0'))).moves, true);
    assert.equal(s.beside(bytes(ascii('GIF89a....NETSCAPE1.0'))).moves, false);
  });

  test('only what is known of both files is said to differ', () => {
    const [none, some, other, unknown] = [png(), png(chunk('gAMA', be32(1))), png(chunk('gAMA', be32(2))), bytes(ascii('????ftypavif'))].map(s.beside);
    assert.equal(s.coloursDiffer(none, none), false);
    assert.equal(s.coloursDiffer(some, some), false);
    assert.equal(s.coloursDiffer(none, some), true);
    assert.equal(s.coloursDiffer(some, other), true);
    assert.equal(s.coloursDiffer(some, unknown), false);
    assert.equal(s.orientationsDiffer(none, s.beside(png(chunk('eXIf', exif(6))))), true);
    assert.equal(s.orientationsDiffer(none, some), false);
    assert.equal(s.orientationsDiffer(none, unknown), false);
  });

  test('no bytes at all and any single byte changed are survived', () => {
    for (const whole of [new Uint8Array(), jpeg(segment(0xe1, [...ascii('Exif\0\0'), ...exif(6)])), png(chunk('eXIf', exif(6))), webp(riff('EXIF', exif(6)))]) {
      s.beside(whole);
      for (let at = 0; at < whole.length; at++) {
        for (const value of [0, 1, 0x7f, 0xff]) {
          const changed = whole.slice();
          changed[at] = value;
          s.beside(changed);
        }
      }
    }
  });
});

describe('words of the comparison', () => {
  const read = async (language) => JSON.parse(await readFile(new URL(`words/compare.${language}.json`, root), 'utf8'));

  test('both languages have the same keys and name the same places', async () => {
    const [en, ko] = [await read('en'), await read('ko')];
    assert.deepEqual(Object.keys(ko), Object.keys(en));
    const places = (text) => [...text.matchAll(/\{[a-z]+\}/g)].map(([place]) => place).sort();
    for (const key of Object.keys(en)) assert.deepEqual(places(ko[key]), places(en[key]), key);
  });

  test('nothing is judged', async () => {
    const forbidden = /\b(verified|authentic|real|genuine|safe|fake|deepfake|trusted image|manipulated|tampered|original)\b|진짜|가짜|검증됨|조작|변조|진본/i;
    for (const language of ['en', 'ko']) {
      for (const [key, text] of Object.entries(await read(language))) assert.doesNotMatch(text, forbidden, key);
    }
  });

  test('numbers are written as the language does, texts are left as they are', async () => {
    const en = await read('en');
    assert.equal(w.say(en, 'comparison.count', { differing: 12, pixels: 1234567, largest: 3 }), '12 of 1,234,567 pixels differ; the largest difference is 3 of 255.');
    assert.match(w.say(en, 'comparison.not-decoded', { name: '{differing} $& 1000' }), /of \{differing\} \$& 1000\.$/);
  });

  test('a name of 60 letters is shown whole, of 61 without its middle but with its end', () => {
    const name = `${'a'.repeat(56)}.jpg`;
    assert.equal(w.shownName(name), name);
    const longer = w.shownName(`a${name}`);
    assert.equal([...longer].length, 60);
    assert.match(longer, /^a+…a+\.jpg$/);
  });

  test('a name cannot turn the direction of writing, break the line or be cut within a letter', () => {
    assert.equal(w.shownName('gpj.\u202eexe\n\u2066x\u200f'), 'gpj.\ufffdexe\ufffd\ufffdx\ufffd');
    assert.equal(w.shownName('해변 🏖 שלום.png'), '해변 🏖 שלום.png');
    assert.doesNotMatch(w.shownName('🏖'.repeat(70)), /[\ud800-\udfff](?![\ud800-\udfff])(?<![\ud800-\udbff][\udc00-\udfff])/);
  });
});
