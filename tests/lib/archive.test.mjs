// docs/examples/archive, run: an archive under GNU parallel has the answers of one long run, also if a job failed on the way.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const inRepository = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const program = inRepository('verifier/Provenance.Cli/bin/Release/net10.0/provenance.dll');
const missing = spawnSync('parallel', ['--version']).status !== 0 ? 'GNU parallel is not here' : !existsSync(program) ? 'the command line is not built' : false;
const work = mkdtempSync(path.join(tmpdir(), 'provenance-archive-'));
after(() => rmSync(work, { recursive: true, force: true }));

test('an archive under GNU parallel', { skip: missing, timeout: 120_000 }, () => {
  const folder = path.join(work, 'files'), results = path.join(work, 'results'), broken = path.join(work, 'broken'), starter = path.join(work, 'provenance');
  mkdirSync(path.join(folder, 'a b'), { recursive: true });
  const names = ["it's.jpg", '$(touch x).png', '-n.txt', 'a b/"quoted".svg', '한국어.txt', ...Array.from({ length: 18 }, (_, number) => `a b/${number}.txt`)];
  for (const name of names)
    copyFileSync(inRepository('LICENSE'), path.join(folder, name));
  writeFileSync(path.join(folder, 'two\nlines'), '');

  // Fails once, for the one job that takes the file "broken" away; jobs may start together.
  writeFileSync(starter, `#!/bin/sh\nif rm '${broken}' 2>/dev/null; then exit 75; fi\nexec dotnet '${program}' "$@"\n`);
  chmodSync(starter, 0o755);
  writeFileSync(broken, '');
  const run = () => spawnSync(inRepository('docs/examples/archive'), [folder, results, '--no-trust'], { cwd: work, encoding: 'utf8', env: { ...process.env, BLOCK: '8', PROVENANCE: starter } });
  const parts = () => readdirSync(results).filter((name) => /^part-\d+\.jsonl$/.test(name));

  assert.notEqual(run().status, 0);
  assert.equal(parts().length, 2);
  const again = run();
  assert.equal(again.status, 0, again.stderr);
  assert.equal(parts().length, 3);
  assert.match(again.stdout, /^ *23 "label":"none"\n$/);
  assert.equal(readFileSync(path.join(results, 'left-out'), 'utf8'), `${path.join(folder, 'two?lines')}\n`);

  const time = readFileSync(path.join(results, 'time'), 'utf8').trim();
  const once = spawnSync('dotnet', [program, 'verify', '--recursive', '--format', 'json', '--no-trust', '--validation-time', time, folder], { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout;
  const lines = (text) => text.split('\n').filter((line) => line !== '' && !line.includes('two')).sort();
  assert.deepEqual(lines(parts().map((name) => readFileSync(path.join(results, name), 'utf8')).join('')), lines(once));
  assert.deepEqual(readdirSync(work).sort(), ['files', 'provenance', 'results']);
});

test('the example says how it is used', () => {
  const told = spawnSync(inRepository('docs/examples/archive'), { encoding: 'utf8' });
  assert.equal(told.status, 2);
  assert.match(told.stderr, /archive FOLDER RESULTS/);
});
