import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { importTypeScript } from './typescript.mjs';

const SHA256 = 0;
const SHA384 = 1;
const SHA512 = 2;
const SHA1 = 3;

const algorithms = [
  { number: SHA256, name: 'sha256' },
  { number: SHA384, name: 'sha384' },
  { number: SHA512, name: 'sha512' },
  { number: SHA1, name: 'sha1' },
];

// FIPS 180-4 examples (NIST CSRC), for SHA-256, SHA-384, SHA-512 and SHA-1 in that order.
const vectors = [
  {
    of: 'abc',
    digests: [
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
      'a9993e364706816aba3e25717850c26c9cd0d89d',
    ],
  },
  {
    of: '',
    digests: [
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b',
      'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
      'da39a3ee5e6b4b0d3255bfef95601890afd80709',
    ],
  },
  {
    of: 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    digests: [
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
      '3391fdddfc8dc7393707a65b1b4709397cf8b1d162af05abfe8f450de5f36bc6b0455a8520bc4e6f5fe95b1fe3c8452b',
      '204a8fc6dda82f0a0ced7beb8e08a41657c16ef468b228a8279be331a703c33596fd15c13b1b07f9aa1d3bea57789ca031ad85c7a71dd70354ec631238ca3445',
      '84983e441c3bd26ebaae4aa1f95129e5e54670f1',
    ],
  },
  {
    of: 'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu',
    digests: [
      'cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1',
      '09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712fcc7c71a557e2db966c3e9fa91746039',
      '8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909',
      'a49b2446a02c645bf419f995b67091253a04a259',
    ],
  },
];

const millionA = [
  'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
  '9d0e1809716474cb086e834e310a4a1ced149e9c00f248527972cec5704c2a5b07b8b3dc38ecc4ebae97ddd87f3d8985',
  'e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973ebde0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b',
  '34aa973cd4c4daa4f61eeb2bdbad27316534016f',
];

// Around where padding needs another block (55/56, 111/112), a block ends (64, 128) and hash-wasm's own buffer does (16 KiB).
const borders = [
  0, 1, 54, 55, 56, 57, 63, 64, 65, 110, 111, 112, 113, 119, 120, 121, 127, 128, 129, 239, 240, 255, 256, 257,
  16383, 16384, 16385, 32767, 32768, 32769,
];

const hex = (bytes) => Buffer.from(bytes).toString('hex');

/** The same bytes in every run, and no two blocks alike. */
function bytesOf(length) {
  const bytes = new Uint8Array(length);
  let state = 0x2545f491 ^ length;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

describe('SHA-2 in WebAssembly', () => {
  let sha2;

  before(async () => {
    const { loadSha2 } = await importTypeScript('verifier/Provenance.Browser/package/src/sha2.ts');
    sha2 = await loadSha2();
  });

  function inPieces(algorithm, bytes, size) {
    sha2.start(algorithm);
    for (let at = 0; at < bytes.length; at += size) sha2.update(bytes.subarray(at, at + size));
    return sha2.finish();
  }

  for (const { number, name } of algorithms) {
    test(`${name} gives NIST's digests of short messages`, () => {
      for (const { of, digests } of vectors) {
        const bytes = new TextEncoder().encode(of);
        assert.equal(hex(sha2.digest(number, bytes)), digests[number], `digest of '${of}'`);
        assert.equal(hex(inPieces(number, bytes, 5)), digests[number], `pieces of '${of}'`);
      }
    });

    test(`${name} gives NIST's digest of a million times 'a', whole and in pieces of 997 bytes`, () => {
      const bytes = new Uint8Array(1_000_000).fill(0x61);
      assert.equal(hex(sha2.digest(number, bytes)), millionA[number]);
      assert.equal(hex(inPieces(number, bytes, 997)), millionA[number]);
    });

    test(`${name} equals Node's crypto around the borders of blocks, padding and buffers`, () => {
      for (const length of borders) {
        const bytes = bytesOf(length);
        const expected = createHash(name).update(bytes).digest('hex');
        assert.equal(hex(sha2.digest(number, bytes)), expected, `${length} bytes at once`);
        for (const size of [1, 63, 64, 65, 128, 16385]) {
          if (length / size > 2000) continue;
          assert.equal(hex(inPieces(number, bytes, size)), expected, `${length} bytes in pieces of ${size}`);
        }
      }
    });

    test(`${name} counts beyond 512 MiB, where a count of bits in 32 bits would begin again`, () => {
      const piece = bytesOf(1 << 20);
      const node = createHash(name);
      sha2.start(number);
      for (let i = 0; i < 513; i++) {
        sha2.update(piece);
        node.update(piece);
      }
      assert.equal(hex(sha2.finish()), node.digest('hex'));
    });
  }

  test('bytes in the middle of a larger buffer are digested, and nothing beside them', () => {
    const around = bytesOf(1000);
    const inside = around.subarray(100, 300);
    assert.equal(hex(sha2.digest(SHA256, inside)), createHash('sha256').update(inside).digest('hex'));
    assert.equal(hex(inPieces(SHA256, inside, 64)), createHash('sha256').update(inside).digest('hex'));
  });

  test('a digest stays what it was when the next one is made', () => {
    const first = sha2.digest(SHA512, bytesOf(10));
    const kept = hex(first);
    sha2.digest(SHA512, bytesOf(11));
    assert.equal(hex(first), kept);
  });

  test('whole digests between the pieces of a range, of any algorithm, do not change it', () => {
    const bytes = bytesOf(1000);
    for (const { number, name } of algorithms) {
      sha2.start(number);
      sha2.update(bytes.subarray(0, 500));
      for (const other of algorithms) sha2.digest(other.number, bytes.subarray(3, 333));
      sha2.update(bytes.subarray(500));
      assert.equal(hex(sha2.finish()), createHash(name).update(bytes).digest('hex'), name);
    }
  });

  test('a second range cannot begin before the first one has ended, and the first one is unharmed', () => {
    const bytes = bytesOf(200);
    sha2.start(SHA256);
    sha2.update(bytes.subarray(0, 100));
    assert.throws(() => sha2.start(SHA384), /under way/);
    sha2.update(bytes.subarray(100));
    assert.equal(hex(sha2.finish()), createHash('sha256').update(bytes).digest('hex'));
  });

  test('an abandoned range leaves nothing behind', () => {
    sha2.start(SHA384);
    sha2.update(bytesOf(77));
    sha2.abandon();
    assert.equal(hex(inPieces(SHA384, new TextEncoder().encode('abc'), 3)), vectors[0].digests[SHA384]);
  });

  test('a piece or an end without a range is refused', () => {
    assert.throws(() => sha2.update(bytesOf(1)), /no range/);
    assert.throws(() => sha2.finish(), /no range/);
    inPieces(SHA256, bytesOf(1), 1);
    assert.throws(() => sha2.finish(), /no range/);
  });

  test('3 is the last number of an algorithm, 4 is none', () => {
    assert.equal(sha2.digest(3, bytesOf(0)).length, 20);
    assert.throws(() => sha2.digest(4, bytesOf(0)), RangeError);
    assert.throws(() => sha2.start(4), RangeError);
    assert.throws(() => sha2.finish(), /no range/, 'a refused start begins nothing');
  });
});
