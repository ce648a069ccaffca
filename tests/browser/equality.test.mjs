// The engine says what the command line says. `tests/long browser-equality` asks about every file under every profile; this, about some.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { isAbsent } from './browsers.mjs';
import { linesOf } from './command-line.mjs';
import { atATime, compare } from './agreement.mjs';
import { damagedCopies, someOf, wholeCorpus } from './corpus.mjs';
import { patience } from './eventually.mjs';
import { platforms } from './platforms.mjs';
import { profileOf, scratch } from './profiles.mjs';
import { inRepository, sharedIsAbsent } from './repository.mjs';

const samples = ['good.jpg', 'changed.jpg', 'none.jpg', 'ai.jpg'].map((name) => inRepository('tests/samples', name));

for (const name of ['node', 'chromium', 'firefox']) {
  const noBrowser = name !== 'node' && isAbsent(name);

  describe(`the engine in ${name} says what the command line says`, { skip: noBrowser, timeout: 10 * patience }, () => {
    let platform, folder;

    before(async () => {
      folder = await scratch();
      platform = await platforms[name](atATime);
    });

    after(async () => {
      await platform?.close();
      assert.deepEqual(platform?.violations, [], 'violations of the content security policy');
      await rm(folder, { recursive: true });
    });

    async function isEqual(profile, files) {
      const { compared, unsupported, different } = await compare(platform, await profileOf(profile, folder), files);
      assert.equal(compared, files.length);
      assert.deepEqual([...unsupported, ...different], []);
    }

    test(`of the samples, whoever is trusted, in ${name}`, async () => {
      await isEqual('samples', samples);
      await isEqual('none', samples);
    });

    test(`of damaged copies of the samples, in ${name}`, async () => isEqual('samples', await damagedCopies(samples, 10, folder)));

    test(`of some of the corpus under two profiles, in ${name}`, { skip: sharedIsAbsent }, async () => {
      const small = (await wholeCorpus()).filter((file) => statSync(file).size < 1_000_000);
      await isEqual('test', someOf(small, 60));
      await isEqual('installed', someOf(small, 60));
    });
  });
}

test('an answer that is not the same is seen', async () => {
  const folder = await scratch();
  try {
    const none = await profileOf('none', folder), trusted = await profileOf('samples', folder);
    const [line] = await linesOf([samples[0]], trusted.options);
    const other = { learn: async () => undefined, ask: async () => line };
    assert.deepEqual((await compare(other, trusted, [samples[0]])).different, []);
    const { different } = await compare(other, none, [samples[0]]);
    assert.equal(different.length, 1);
    assert.match(different[0].at, /looksUpIssuers|label|validationState/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
