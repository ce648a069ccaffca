// Reading the bytes of a medium from servers that are kind, careless and hostile.
import assert from 'node:assert/strict';
import { readFile as readDisk } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { samplePath } from '../browser/files.mjs';
import { importTypeScript } from '../browser/typescript.mjs';

const { fetchMedium, readFile, BlobSequence, Unread, decodeDataUrl, isUpright, statedSize } = await importTypeScript('tests/extension/engine-parts.ts');

const KiB = 1024;

/** A PNG whose parts are all harmless, with so many bytes; of a picture that has credentials if `signed`. */
function png(length, { signedAt = -1 } = {}) {
  const bytes = Buffer.alloc(length, 0x55);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(bytes);
  if (signedAt >= 0) bytes.write('caBX', signedAt, 'latin1');
  return bytes;
}

describe('reading from a server', { timeout: 30_000 }, () => {
  const asked = [];
  let server, origin, give;
  before(async () => {
    server = createServer((request, response) => {
      asked.push(request);
      give(request, response);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  /** What comes of it, and the ranges that were asked for. */
  async function read(giving, { most = 1 << 22, isWhole = false, path = '/a.png', signal = new AbortController().signal, isPrivate = false, opened = async () => true } = {}) {
    give = giving;
    asked.length = 0;
    const result = await fetchMedium({ url: origin + path, kind: 'image' }, { most, isWhole, isAnew: false, isPrivate, signal, opened }).catch((fault) => {
      assert.ok(fault instanceof Unread, fault);
      return fault.obstacle;
    });
    return { result, ranges: asked.map(({ headers }) => headers.range ?? null) };
  }

  const partOf = (bytes, { tag = '"1"', total = bytes.length, shift = 0, more = 0 } = {}) => (request, response) => {
    const [, first, last] = /bytes=(\d+)-(\d+)/.exec(request.headers.range);
    const end = Math.min(Number(last) + 1 + more, bytes.length);
    const body = bytes.subarray(Number(first), end);
    response.writeHead(206, { ...(tag ? { ETag: tag } : {}), 'Content-Range': `bytes ${Number(first) + shift}-${end - 1 + shift}/${total}`, 'Content-Length': body.length });
    response.end(body);
  };
  const whole = (bytes, headers = {}) => (request, response) => response.writeHead(200, { ETag: '"1"', 'Content-Length': bytes.length, ...headers }).end(bytes);
  /** Gives parts while asked for parts. */
  const both = (bytes, options) => (request, response) => (request.headers.range ? partOf(bytes, options) : whole(bytes))(request, response);

  async function assertBytes({ result }, bytes) {
    assert.equal(result.kind, 'bytes', JSON.stringify(result));
    assert.ok(Buffer.from(await result.blob.arrayBuffer()).equals(bytes));
  }

  test('of_a_picture_without_credentials_64_KiB_and_what_the_sniffer_asks_for_is_read', async () => {
    const { result, ranges } = await read(partOf(png(200 * KiB)));
    assert.deepEqual([result.kind, result.length], ['spared', 200 * KiB]);
    assert.deepEqual(ranges, ['bytes=0-65535', `bytes=65536-${200 * KiB - 1}`]);
  });
  test('of_a_long_one_a_MiB_at_a_time', async () => {
    const { result, ranges } = await read(partOf(png(2 << 20)));
    assert.equal(result.kind, 'spared');
    assert.deepEqual(ranges, ['bytes=0-65535', 'bytes=65536-1114111', 'bytes=1114112-2097151']);
  });
  test('of_a_picture_with_credentials_all_is_read_and_nothing_twice', async () => {
    const bytes = png(300 * KiB, { signedAt: 100 });
    const answer = await read(partOf(bytes));
    await assertBytes(answer, bytes);
    assert.deepEqual(answer.ranges, ['bytes=0-65535', `bytes=65536-${300 * KiB - 1}`]);
  });
  test('a_small_one_is_had_by_one_question', async () => {
    const good = await readDisk(samplePath('good.jpg'));
    const answer = await read(partOf(good));
    await assertBytes(answer, good);
    assert.deepEqual(answer.ranges, ['bytes=0-65535']);
  });
  test('a_server_that_does_not_heed_ranges_is_read_as_far_as_needed', async () => {
    const bytes = png(400 * KiB, { signedAt: 100 });
    const answer = await read(whole(bytes));
    await assertBytes(answer, bytes);
    assert.deepEqual(answer.ranges, ['bytes=0-65535']);
  });
  test('all_is_read_of_a_file_that_the_sniffer_would_spare_where_all_is_wanted', async () => {
    const bytes = png(100 * KiB);
    await assertBytes(await read(partOf(bytes), { isWhole: true }), bytes);
  });
  test('a_file_that_is_known_is_not_read', async () => {
    const seen = [];
    const { result } = await read(partOf(png(100 * KiB)), { opened: async (validator) => { seen.push(validator); return false; } });
    assert.equal(result.kind, 'unwanted');
    assert.deepEqual(seen, ['["\\"1\\"",null,102400]']);
  });

  for (const [name, wrong] of [
    ['a_part_that_begins_elsewhere', { shift: 1 }],
    ['a_part_that_is_longer_than_was_asked_for', { more: 1 }],
    ['a_part_of_a_file_that_ends_before_it', { total: 10 }],
    ['a_part_of_a_file_of_unknown_length', { total: '*' }],
  ]) {
    test(`${name}_has_the_file_read_in_one_piece`, async () => {
      const bytes = png(100 * KiB, { signedAt: 100 });
      const answer = await read(both(bytes, wrong));
      await assertBytes(answer, bytes);
      assert.deepEqual(answer.ranges, ['bytes=0-65535', null]);
    });
  }
  test('a_part_without_a_Content-Range_has_the_file_read_in_one_piece', async () => {
    const bytes = png(100 * KiB, { signedAt: 100 });
    const answer = await read((request, response) => (request.headers.range ? response.writeHead(206).end(bytes.subarray(0, 65536)) : whole(bytes)(request, response)));
    await assertBytes(answer, bytes);
  });
  test('a_part_that_is_encoded_has_the_file_read_in_one_piece', async () => {
    const bytes = png(100 * KiB, { signedAt: 100 }), packed = gzipSync(bytes);
    const answer = await read((request, response) => (request.headers.range
      ? response.writeHead(206, { 'Content-Encoding': 'gzip', ETag: '"1"', 'Content-Range': `bytes 0-${packed.length - 1}/${packed.length}` }).end(packed)
      : whole(packed, { 'Content-Encoding': 'gzip', 'Content-Length': packed.length })(request, response)));
    await assertBytes(answer, bytes);
  });
  test('the_length_of_what_is_encoded_is_not_believed', async () => {
    // By the length of its packed form it would end long before the mark.
    const bytes = png(500 * KiB, { signedAt: 400 * KiB }), packed = gzipSync(bytes);
    assert.ok(packed.length < 64 * KiB);
    await assertBytes(await read(whole(packed, { 'Content-Encoding': 'gzip' })), bytes);
  });
  test('a_file_that_changed_between_two_parts_is_read_in_one_piece', async () => {
    const before = png(300 * KiB, { signedAt: 100 }), now = png(300 * KiB, { signedAt: 200 });
    const answer = await read((request, response) => (!request.headers.range ? whole(now) : request.headers.range.startsWith('bytes=0-') ? partOf(before) : partOf(now, { tag: '"2"' }))(request, response));
    await assertBytes(answer, now);
    assert.equal(answer.ranges.at(-1), null);
  });
  test('parts_that_nothing_holds_together_are_not_put_together', async () => {
    for (const tag of [null, 'W/"1"']) {
      const bytes = png(300 * KiB, { signedAt: 100 });
      const answer = await read(both(bytes, { tag }));
      await assertBytes(answer, bytes);
      assert.deepEqual(answer.ranges, ['bytes=0-65535', null]);
    }
  });
  test('a_second_part_that_is_no_part_has_the_file_read_in_one_piece', async () => {
    const bytes = png(300 * KiB, { signedAt: 100 });
    await assertBytes(await read((request, response) => (request.headers.range?.startsWith('bytes=0-') ? partOf(bytes) : whole(bytes))(request, response)), bytes);
  });
  test('a_second_part_whose_length_is_not_told_is_counted', async () => {
    const bytes = png(300 * KiB, { signedAt: 100 });
    let close;
    const giving = (tail) => (request, response) => {
      const [, first, last] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
      if (first === undefined || first === '0') return (first === '0' ? partOf(bytes) : whole(bytes))(request, response);
      response.writeHead(206, { ETag: '"1"', 'Content-Range': `bytes ${first}-${last}/${bytes.length}` });
      response.write(bytes.subarray(Number(first)));
      close = new Promise((resolve) => response.on('close', resolve));
      if (tail === null) return response.end();
      const timer = setInterval(() => response.write(tail), 5);
      response.on('close', () => clearInterval(timer));
    };
    await assertBytes(await read(giving(null)), bytes);
    const answer = await read(giving(Buffer.alloc(1000)));
    await assertBytes(answer, bytes);
    assert.equal(answer.ranges.at(-1), null, 'one that goes on behind its end is no part');
    await close;
  });
  test('an_empty_file_has_no_credentials', async () => {
    const { result } = await read((request, response) => response.writeHead(request.headers.range ? 416 : 200, { 'Content-Length': 0 }).end());
    assert.equal(result.kind, 'bytes');
    assert.equal(result.blob.size, 0);
  });
  test('a_part_that_nobody_asked_for_is_no_answer', async () => {
    const { result } = await read((request, response) => response.writeHead(206, request.headers.range ? {} : { 'Content-Range': 'bytes 0-9/10' }).end(Buffer.alloc(10)));
    assert.equal(result, 'http-error');
  });

  for (const status of [204, 401, 403, 404, 410, 500, 503])
    test(`${status}_is_an_obstacle`, async () => assert.equal((await read((request, response) => response.writeHead(status).end())).result, 'http-error'));
  for (const status of [301, 302, 303, 307, 308]) {
    test(`${status}_is_not_followed`, async () => {
      const { result, ranges } = await read((request, response) => response.writeHead(status, { Location: `${origin}/elsewhere` }).end());
      assert.equal(result, 'redirect');
      assert.equal(ranges.length, 1);
    });
  }
  test('a_file_may_have_its_most_bytes_and_none_more', async () => {
    const bytes = png(100 * KiB, { signedAt: 100 });
    for (const giving of [partOf(bytes), whole(bytes), (request, response) => { response.writeHead(200); response.end(bytes); }]) {
      await assertBytes(await read(giving, { most: bytes.length }), bytes);
      assert.equal((await read(giving, { most: bytes.length - 1 })).result, 'too-large');
    }
  });
  test('a_file_that_never_ends_is_left', async () => {
    let sent = 0;
    const { result } = await read((request, response) => {
      response.writeHead(200);
      response.write(png(64 * KiB, { signedAt: 100 }));
      const more = () => { while (!response.destroyed && sent < 64 << 20) { sent += 64 * KiB; if (!response.write(Buffer.alloc(64 * KiB))) return void response.once('drain', more); } };
      more();
    }, { most: 1 << 20 });
    assert.equal(result, 'too-large');
    assert.ok(sent < 32 << 20, `${sent} bytes were taken`);
  });
  test('a_file_that_drips_is_left_when_its_time_is_over', async () => {
    const stopping = new AbortController();
    setTimeout(() => stopping.abort(new Unread('too-slow')), 200);
    let closed;
    const { result } = await read((request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 20);
      closed = new Promise((resolve) => response.on('close', () => { clearInterval(timer); resolve(); }));
    }, { signal: stopping.signal });
    assert.equal(result, 'too-slow');
    await closed;
  });
  test('a_file_that_ends_before_its_length_is_no_file', async () => {
    const { result } = await read((request, response) => {
      response.writeHead(200, { 'Content-Length': 100_000 });
      response.write(png(64 * KiB, { signedAt: 100 }), () => response.destroy());
    });
    assert.equal(result, 'offline');
  });
  test('a_server_that_is_not_there_is_an_obstacle', async () => {
    const { result } = await read((request, response) => response.destroy());
    assert.equal(result, 'offline');
  });
  test('the_server_is_told_nothing_of_the_reader', async () => {
    await read(partOf(await readDisk(samplePath('good.jpg'))));
    const [{ headers, method }] = asked;
    assert.equal(method, 'GET');
    assert.equal(headers.cookie, undefined);
    assert.equal(headers.referer, undefined);
    assert.match(headers.accept, /^image\/avif,image\/webp,/);
  });
});

describe('bytes at hand', () => {
  const options = { isWhole: false, most: 1 << 20, opened: async () => true, pause: async () => {} };
  test('are_sniffed_like_others', async () => {
    const sequence = async () => new BlobSequence(new Blob([png(100 * KiB)]), null);
    assert.deepEqual(await readFile(sequence, options), { kind: 'spared', length: 100 * KiB, validator: null });
  });
});

describe('data: addresses', () => {
  const decode = async (url, most = 1 << 20) => Buffer.from(await (await decodeDataUrl(url, most)).arrayBuffer());
  for (const [url, text] of [
    ['data:,A%20b', 'A b'], ['data:text/plain;base64,QSBi', 'A b'], ['data:;base64,QSBi', 'A b'], ['data:;BASE64 ,QSBi', 'A b'], ['data:;base64,QS\nB i', 'A b'],
    ['data:;base64,QSBi%3D%3D'.replace('QSBi', 'QQ'), 'A'], ['data:;base64,%51%53Bi', 'A b'], ['data:image/svg+xml,<svg>%3C%zz%4</svg>#x', '<svg><%zz%4</svg>'], ['data:,é', 'é'], ['data:;base64;x,QQ', 'QQ'], ['data:,', ''],
  ]) test(`${JSON.stringify(url)} is ${JSON.stringify(text)}`, async () => assert.equal((await decode(url)).toString(), text));
  test('of_many_slices_are_what_they_were', async () => {
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 31) & 255));
    assert.ok((await decode(`data:;base64,${bytes.toString('base64')}`)).equals(bytes));
    const escaped = `data:,${Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`;
    assert.ok((await decode(escaped)).equals(bytes));
    assert.ok((await decode(`data:,x${escaped.slice(6)}`)).subarray(1).equals(bytes));
  });
  test('may_have_their_most_bytes_and_none_more', async () => {
    assert.equal((await decode('data:,12345', 5)).length, 5);
    await assert.rejects(decode('data:,123456', 5), { obstacle: 'too-large' });
  });
  for (const url of ['data:;base64,QQ=A', 'data:;base64,Q', 'data:;base64,***', 'data:image/png'])
    test(`${url} is none`, async () => assert.rejects(decode(url), { obstacle: 'changed' }));
});

describe('dimensions that a file states', () => {
  const hex = (text) => Buffer.from(text.replaceAll(' ', ''), 'hex');
  for (const [name, bytes, size] of [
    ['PNG', hex('89504e470d0a1a0a 0000000d 49484452 00012345 00000010'), [0x12345, 16]],
    ['GIF', hex('474946383961 2c01 c800 00 00 00 00'), [300, 200]],
    ['JPEG', hex('ffd8 ffe00004 0000 ffc4 0003 00 ff ffc2 000b 08 00c8 012c 01 01'), [300, 200]],
    ['WebP lossy', hex('52494646 00000000 57454250 56503820 00000000 000000 9d012a 2c41 c840'), [300, 200]],
    ['WebP lossless', hex('52494646 00000000 57454250 5650384c 00000000 2f 2bc13100'), [300, 200]],
    ['WebP extended', hex('52494646 00000000 57454250 56503858 0000000a 00000000 2b0100 c70000'), [300, 200]],
    ['AVIF', hex('00000014 66747970 61766966 00000000 00000014 69737065 00000000 0000012c 000000c8 00'), [300, 200]],
  ]) {
    test(`of a ${name}`, () => {
      assert.deepEqual(statedSize(bytes), { width: size[0], height: size[1] });
      for (let length = 0; length < bytes.length; length++) statedSize(bytes.subarray(0, length));
    });
  }
  test('are_what_is_shown_where_nothing_turns_it', () => {
    const size = { width: 3, height: 2 };
    assert.equal(isUpright(hex('ffd8 ffe1 0008 4a464946'), size), true);
    assert.equal(isUpright(hex('ffd8 ffe1 0008 45786966'), size), false);
    assert.equal(isUpright(hex('ffd8 ffe1 0008 4a464946'), { width: 3, height: 0 }), false);
    assert.equal(isUpright(hex('00000014 66747970 61766966'), size), false);
  });
  test('nothing_else_states_any', () => assert.equal(statedSize(Buffer.from('<svg width="3" height="4"></svg>             ')), null));
});
