// The package in Node, asked as an embedder asks it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, openAsBlob } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { linesOf, provenance } from './command-line.mjs';
import { patience } from './eventually.mjs';
import { revocationFiles } from './files.mjs';
import { profileOf } from './profiles.mjs';
import { importPackage, inRepository, shared, sharedIsAbsent } from './repository.mjs';

const sample = (name) => inRepository('tests/samples', name);
const samples = ['good.jpg', 'changed.jpg', 'none.jpg', 'ai.jpg'];
const labels = { 'good.jpg': 'intact-known', 'changed.jpg': 'broken', 'none.jpg': 'none', 'ai.jpg': 'intact-known' };

/** A picture with so much behind it that its digest takes a second or more. Nothing of it is on the disk. */
async function largeFile() {
  const piece = new Uint8Array(64 << 20);
  return new Blob([await readFile(sample('good.jpg')), ...Array.from({ length: 6 }, () => piece)]);
}

const rejectsWith = (promise, code) => assert.rejects(promise, (fault) => {
  assert.equal(fault.name, 'VerifierError', `${fault}`);
  assert.equal(fault.code, code, fault.message);
  return true;
});

describe('the package in Node', { timeout: 10 * patience }, () => {
  let createVerifier, verifier, policy, good, large;

  before(async () => {
    ({ createVerifier } = await importPackage());
    verifier = createVerifier();
    ({ policy } = await profileOf('samples'));
    good = await readFile(sample('good.jpg'));
    large = await largeFile();
  });

  after(() => verifier?.dispose());

  test('the verdict is the line of --no-metadata, and what is a Blob, an ArrayBuffer or bytes is one', async () => {
    const { options } = await profileOf('samples');
    const lines = await linesOf(samples.map(sample), [...options, '--no-metadata']);
    for (const [i, name] of samples.entries()) {
      const bytes = await readFile(sample(name));
      for (const input of [bytes, new Blob([bytes]), bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length), new File([bytes], name)]) {
        const verification = await verifier.verify(input, policy, { name });
        assert.equal(verification.json, lines[i]);
        assert.deepEqual(verification.report, JSON.parse(lines[i]));
        assert.equal(verification.report.label, labels[name]);
        verification.dispose();
      }
    }
  });

  test('what is neither is refused', async () => {
    for (const input of ['good.jpg', null, 5, [...good.subarray(0, 4)]]) await assert.rejects(verifier.verify(input, policy), TypeError);
  });

  test('a digest is told where the policy asks for it, and nowhere else', async () => {
    const { options } = await profileOf('samples');
    const [line] = await linesOf([sample('good.jpg')], [...options, '--digest']);
    assert.equal((await (await verifier.verify(good, { ...policy, digest: true }, { name: 'good.jpg' })).full()).json, line);
    assert.equal((await verifier.verify(good, policy)).report.sha256, undefined);
  });

  test('a File brings its name, an option names it otherwise', async () => {
    const noteOf = async (input, options) => (await verifier.verify(input, policy, options)).report.fileNote;
    assert.equal(await noteOf(new File([good], 'good.jpg')), null);
    assert.match(await noteOf(new File([good], 'good.png')), /png/i);
    assert.equal(await noteOf(new File([good], 'good.png'), { name: 'good.jpg' }), null);
    assert.equal(await noteOf(good), undefined);
  });

  test('what is told at once is what the report says, in both languages', async () => {
    const verification = await verifier.verify(good, policy);
    const [english, korean] = [await verification.told('en'), await verification.told('ko')];
    assert.equal(english.sentence, verification.report.sentence);
    assert.deepEqual(english.lines.map((line) => line.text), verification.report.lines.map((line) => line.text));
    assert.equal(korean.label, english.label);
    assert.match(korean.sentence, /[가-힣]/);
  });

  test('pages and boxes are those of the library', async () => {
    const program = ['Release', 'Debug'].map((name) => inRepository(`tests/Provenance.Samples/bin/${name}/net10.0/Provenance.Samples.dll`)).find(existsSync);
    const child = spawn('dotnet', [program, '--answers', sample('good.jpg')], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [short, full, boxes] = (await new Response(child.stdout).text()).split('\n').slice(0, 3).map((line) => JSON.parse(line));
    const asked = { trust: 'nobody', time: '2026-11-21T12:00:00Z' };
    const verification = await verifier.verify(good, asked, { name: 'good.jpg' });
    assert.deepEqual(await verification.page('en'), short);
    assert.deepEqual(await verification.boxes(), boxes);
    assert.deepEqual(await (await verifier.verify(good, { ...asked, shown: 'all' })).page('ko', { inFull: true }), full);
  });

  test('the document is the one the command line writes, picture and all', async () => {
    const { options } = await profileOf('samples');
    for (const language of ['en', 'ko']) {
      const { output } = await provenance(['verify', '--format', 'html', '--output', '-', '--lang', language, ...options, sample('good.jpg')]);
      const html = await (await verifier.verify(good, { ...policy, digest: true }, { name: 'good.jpg' })).html(language);
      assert.equal(html, output.trimEnd().length === html.trimEnd().length ? output.slice(0, html.length) : output);
      assert.match(html, /data:image\/jpeg/);
    }
  });

  test('a store that is not in the file is looked for in the one that is given', { skip: sharedIsAbsent }, async () => {
    const folder = path.join(shared, 'corpus/sidecar');
    const store = (await readdir(folder)).find((name) => name.endsWith('.c2pa'));
    const { output } = await provenance(['verify', '--format', 'json', '--no-trust', '--validation-time', '2026-11-21T12:00:00Z', '--manifest', path.join(folder, store), sample('none.jpg')]);
    const manifest = await readFile(path.join(folder, store));
    for (const given of [manifest, new Blob([manifest])]) {
      const verification = await verifier.verify(await readFile(sample('none.jpg')), { trust: 'nobody', time: '2026-11-21T12:00:00Z' }, { name: 'none.jpg', manifest: given });
      const { report } = await verification.full();
      const { file, ...line } = JSON.parse(output);
      assert.deepEqual(report, line);
      assert.equal(report.origin, 'detached');
    }
  });

  test('responders are asked by whoever wants to, and what they answer is judged', async () => {
    const files = await revocationFiles();
    try {
      const [photo, anchors, good, revoked] = await Promise.all(['photo.jpg', 'anchors.pem', 'good.der', 'revoked.der'].map((name) => readFile(files.at(name))));
      const asked = { trust: [{ role: 'anchors', name: 'anchors.pem', content: anchors }], time: '2026-03-15T12:00:00Z' };
      const answerTo = async (responses) => verifier.verify(photo, asked, { responses });
      const unasked = await answerTo(undefined);
      assert.deepEqual(await unasked.questions(), []);
      assert.equal(unasked.report.label, 'intact-known');
      const questions = await (await answerTo([])).questions();
      assert.deepEqual(questions.map(({ url }) => url), ['http://ocsp.example/leaf']);
      for (const [response, label] of [[good, 'intact-known'], [revoked, 'revoked']]) {
        const answered = await answerTo(questions.map((question) => ({ ...question, response })));
        assert.deepEqual(await answered.questions(), []);
        assert.equal(answered.report.label, label);
        assert.match(JSON.stringify(answered.report.revocation), /online/);
      }
      // An answer to another question is none.
      const other = await answerTo([{ ...questions[0], url: 'http://ocsp.example/other', response: revoked }]);
      assert.equal(other.report.label, 'intact-known');
      assert.equal((await other.questions()).length, 1);
    } finally {
      await files.remove();
    }
  });

  test('answers older than the eight that are kept are worked out anew, as of the moment of the question', async () => {
    const verifications = [];
    for (let i = 0; i < 10; i++) verifications.push(await verifier.verify(good, { trust: policy.trust }, { name: `${i}.jpg` }));
    await sleep(1100);
    for (const verification of verifications) {
      const { report } = await verification.full();
      assert.deepEqual({ ...report, metadata: null }, { ...verification.report, metadata: null });
    }
    assert.equal((await verifications[0].told('en')).sentence, verifications[0].report.sentence);
  });

  test('what was disposed of while something is asked of it is answered all the same, and afterwards too', async () => {
    const verification = await verifier.verify(good, policy);
    const full = verification.full();
    verification.dispose();
    assert.equal((await full).report.label, 'intact-known');
    assert.equal((await verification.full()).report.label, 'intact-known');
  });

  test('more policies than a worker keeps are told anew', async () => {
    const policies = Array.from({ length: 20 }, (_, i) => ({ ...policy, time: `2026-11-${10 + i}T12:00:00Z` }));
    for (const asked of [...policies, policies[0]]) assert.equal((await verifier.verify(good, asked)).report.policy.time, asked.time);
  });

  test('many files at once over two workers get their own answers', async () => {
    const two = createVerifier({ workers: 2 });
    try {
      const bytes = new Map(await Promise.all(samples.map(async (name) => [name, await readFile(sample(name))])));
      const asked = Array.from({ length: 40 }, (_, i) => samples[i % samples.length]);
      const answers = await Promise.all(asked.map(async (name) => (await verifier.verify(bytes.get(name), policy)).report.label));
      assert.deepEqual(answers, asked.map((name) => labels[name]));
    } finally {
      two.dispose();
    }
  });

  test('how much was hashed is told, and never more than there is', async () => {
    const seen = [];
    await verifier.verify(large, { ...policy, digest: true }, { onProgress: (hashed, length) => seen.push([hashed, length]) });
    assert.ok(seen.length >= 2, `told ${seen.length} times`);
    assert.ok(seen.every(([hashed, length], i) => length === large.size && (i === 0 || hashed >= seen[i - 1][0])));
  });

  describe('aborted', () => {
    test('before it began', async () => {
      const reason = new Error('not wanted');
      await assert.rejects(verifier.verify(good, policy, AbortSignal.abort(reason)), (fault) => fault === reason);
      await assert.rejects(verifier.verify(good, policy, { signal: AbortSignal.abort() }), { name: 'AbortError' });
    });

    test('while it waits for a worker, and the one before it is answered', async () => {
      const abort = new AbortController();
      const first = verifier.verify(good, policy), second = verifier.verify(good, policy, abort.signal);
      abort.abort();
      await assert.rejects(second, { name: 'AbortError' });
      assert.equal((await first).report.label, 'intact-known');
    });

    test('while a large file is hashed: at once, and the next large file is hashed from its beginning', async () => {
      const hashed = { ...policy, digest: true };
      const abort = new AbortController();
      const reason = new Error('enough');
      let aborted;
      await assert.rejects(verifier.verify(large, hashed, {
        signal: abort.signal,
        onProgress: () => {
          aborted ??= performance.now();
          abort.abort(reason);
        },
      }), (fault) => fault === reason);
      const late = performance.now() - aborted;
      const began = performance.now();
      const { sha256 } = (await verifier.verify(large, hashed)).report;
      // By the measure of this machine: a digest that is not stopped lasts as long as the next one.
      const whole = performance.now() - began;
      assert.ok(late < whole / 2, `${late} ms after, where the whole takes ${whole}`);
      const digest = Buffer.from(await crypto.subtle.digest('SHA-256', await large.arrayBuffer())).toString('hex');
      assert.equal(sha256, digest);
    });

    test('after the answer, without a consequence', async () => {
      const abort = new AbortController();
      const verification = await verifier.verify(good, policy, abort.signal);
      abort.abort();
      assert.equal((await verification.full()).report.label, 'intact-known');
    });
  });

  describe('errors', () => {
    /** How long a fresh worker takes for a small file on this machine, in milliseconds. Gigabytes take many times as long. */
    async function firstAnswerTime() {
      const fresh = createVerifier();
      try {
        await fresh.ready;
        const began = performance.now();
        await fresh.verify(good, policy);
        return performance.now() - began;
      } finally {
        fresh.dispose();
      }
    }

    test('a policy that makes no sense is invalid, and the next one is read', async () => {
      const [anchors] = policy.trust;
      const wrong = [
        { trust: [{ role: 'anchors', name: 'a.pem', content: 'no certificate' }] },
        { trust: [{ ...anchors, content: anchors.content.replace(/\n[A-Za-z]/, '\n*') }] },
        { trust: [{ ...anchors, role: 'anchor' }] },
        { trust: [{ role: 'packed', name: 'p', content: new Uint8Array(100) }] },
        { trust: [{ role: 'any', name: 'any', content: '{}' }] },
        { trust: [{ ...anchors, content: 'x'.repeat((8 << 20) + 1) }] },
        { time: 'tomorrow' },
        { shown: 'everything' },
      ];
      for (const asked of wrong) {
        await rejectsWith(verifier.verify(good, asked), 'invalid-policy');
        await rejectsWith(verifier.verify(good, asked), 'invalid-policy');
      }
      assert.equal((await verifier.verify(good, policy)).report.label, 'intact-known');
    });

    test('what takes longer than the time limit is given up, and the next question is answered', async () => {
      const hasty = createVerifier({ timeLimit: Math.max(1000, 5 * await firstAnswerTime()) });
      try {
        await hasty.ready;
        await hasty.verify(good, policy).catch(() => undefined);
        await rejectsWith(hasty.verify(new Blob(Array.from({ length: 10 }, () => large)), { ...policy, digest: true }), 'timeout');
        assert.equal((await hasty.verify(await readFile(sample('none.jpg')), policy)).report.label, 'none');
      } finally {
        hasty.dispose();
      }
    });

    test('a worker that is asked nothing for its time is let go, and answers again', async () => {
      const threads = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
      const before = threads();
      const brief = createVerifier({ idleLimit: 100 });
      try {
        const answered = await brief.verify(good, policy);
        for (const until = Date.now() + 5000; threads() > before; await new Promise((resolve) => setTimeout(resolve, 20))) assert.ok(Date.now() < until, 'it stays');
        assert.equal((await answered.told('en')).label, 'intact-known');
        assert.equal((await brief.verify(good, policy)).report.label, 'intact-known');
      } finally {
        brief.dispose();
      }
    });

    test('what is asked of a verifier that is disposed of, before or meanwhile, is rejected', async () => {
      const gone = createVerifier();
      const early = gone.verify(good, policy);
      gone.dispose();
      await rejectsWith(early, 'disposed');
      await rejectsWith(gone.ready, 'disposed');
      await rejectsWith(gone.verify(good, policy), 'disposed');

      const other = createVerifier();
      const answered = await other.verify(good, policy);
      const [running, waiting] = [other.verify(good, policy), other.verify(good, policy)];
      other.dispose();
      other.dispose();
      await rejectsWith(running, 'disposed');
      await rejectsWith(waiting, 'disposed');
      await rejectsWith(answered.full(), 'disposed');
    });

    test('what cannot be sent to a worker is the fault of the caller, and the next question is answered', async () => {
      await assert.rejects(verifier.verify(good, { ...policy, log: () => undefined }), { name: 'DataCloneError' });
      // Node gives no thread a Blob of a file.
      await assert.rejects(verifier.verify(await openAsBlob(sample('good.jpg')), policy), TypeError);
      assert.equal((await verifier.verify(good, policy)).report.label, 'intact-known');
    });
  });

  test('a program that waits for nothing ends, although nobody disposed of its verifier', async () => {
    const text = `const { createVerifier } = await import(${JSON.stringify(new URL('../../artifacts/browser/index.js', import.meta.url).href)});
      const { report } = await createVerifier().verify(new Uint8Array(10));
      console.log(report.label);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', text], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    assert.equal(await new Response(child.stdout).text(), 'unreadable\n');
    assert.equal(await ended, 0);
  });
});
