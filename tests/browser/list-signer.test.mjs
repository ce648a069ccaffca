// Who signed a list, told by the engine.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makeSigner, opensslIsAbsent } from './cms.mjs';
import { patience } from './eventually.mjs';
import { importPackage } from './repository.mjs';

describe('the signer of a list', { timeout: 10 * patience, skip: opensslIsAbsent }, () => {
  let verifier;
  const signers = [];
  const list = Buffer.from('{"format":"provenance-trust-lists"}');
  before(async () => {
    const { createVerifier } = await importPackage();
    verifier = createVerifier();
    for (const key of [undefined, ['ec', '-pkeyopt', 'ec_paramgen_curve:secp384r1'], ['rsa:2048']]) signers.push(makeSigner('Operator', key));
  });
  after(() => {
    verifier?.dispose();
    for (const signer of signers) signer.close();
  });

  test('is told by the digest of its certificate, for keys of each kind', async () => {
    for (const signer of signers) assert.equal(await verifier.listSigner(list, signer.sign(list)), signer.sha256);
    assert.equal(new Set(signers.map(({ sha256 }) => sha256)).size, 3);
  });

  test('is nobody where one bit of the list or of the signature is another, or the signature is none', async () => {
    const [signer] = signers;
    const signature = signer.sign(list);
    for (const at of [0, list.length - 1]) {
      const other = Uint8Array.from(list);
      other[at] ^= 1;
      assert.equal(await verifier.listSigner(other, signature), null);
    }
    const damaged = Uint8Array.from(signature);
    damaged[damaged.length - 1] ^= 1;
    for (const wrong of [damaged, signature.subarray(0, -1), new Uint8Array(), list, new Uint8Array((512 << 10) + 1)]) assert.equal(await verifier.listSigner(list, wrong), null);
    assert.equal(await verifier.listSigner(list, signature), signer.sha256);
  });
});
