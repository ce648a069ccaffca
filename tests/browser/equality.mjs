// equality.mjs [N] [--platform NAME]... [--profile NAME]... [--only TEXT]: the engine says what the command line says, byte for
// byte, of every file of ../shared/corpus, tests/corpus and tests/samples under every profile, and of N damaged copies (300).
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isAbsent } from './browsers.mjs';
import { atATime, compare } from './agreement.mjs';
import { damagedCopies, someOf, wholeCorpus } from './corpus.mjs';
import { platforms } from './platforms.mjs';
import { installed, profileOf, recorded, scratch } from './profiles.mjs';
import { inRepository, sharedIsAbsent } from './repository.mjs';

const { values: options, positionals: [damagedCount = '300'] } = parseArgs({
  allowPositionals: true,
  options: {
    platform: { type: 'string', multiple: true, default: ['node', 'chromium'] },
    profile: { type: 'string', multiple: true, default: [...recorded, installed] },
    only: { type: 'string', default: '' },
  },
});
const absent = sharedIsAbsent || options.platform.map((name) => name !== 'node' && isAbsent(name)).find(Boolean);
if (absent) {
  console.error(absent);
  process.exit(2);
}

/** Differences shown of a kind: the others are likely the same. */
const mostShown = 20;

const folder = await scratch();
let failures = 0, compared = 0;
try {
  const corpus = (await wholeCorpus()).filter((file) => file.includes(options.only));
  const damaged = await damagedCopies(someOf(corpus.filter(isMedia), Math.min(30, corpus.length)), Math.ceil(Number(damagedCount) / 30), folder);
  const profiles = [];
  for (const name of options.profile) profiles.push(await profileOf(name, folder));
  for (const name of options.platform) {
    const platform = await platforms[name](atATime);
    for (const profile of profiles) await run(name, platform, profile, corpus, 'files');
    await run(name, platform, profiles.at(-1), damaged, 'damaged copies');
    if (platform.violations.length > 0) {
      failures++;
      console.log(`${name}: ${platform.violations.length} violations of the content security policy: ${platform.violations[0]}`);
    }
    await platform.close();
  }
} finally {
  await rm(folder, { recursive: true });
}
console.log(`${compared} answers compared, ${failures} differ`);
process.exitCode = failures > 0 ? 1 : 0;

async function run(name, platform, profile, files, what) {
  const began = performance.now();
  const { compared: count, unsupported, different } = await compare(platform, profile, files);
  compared += count;
  console.log(`${name.padEnd(8)} ${profile.name.padEnd(12)} ${count} ${what}, ${different.length} differ, ${((performance.now() - began) / 1000).toFixed(0)} s`);
  for (const { file } of unsupported) console.log(`  algorithm.unsupported on one side: ${shown(file)}`);
  failures += different.length;
  for (const { file, at } of different.slice(0, mostShown)) console.log(`  ${shown(file)}\n    ${at}`);
  if (different.length > mostShown) console.log(`  and ${different.length - mostShown} more`);
}

function isMedia(file) {
  return !/\.(json|md|py|mjs|pem|txt)$/.test(file);
}

function shown(file) {
  return path.relative(inRepository('..'), file);
}
