#!/usr/bin/env node
// compare-rival.mjs [peer]: what the reference reader says of the files that tests/corpus/rules.json speaks of.
//
// Makes the files with the tests themselves, reads them with ../shared/check/rivals/verdict.mjs (which needs its own set-up), and prints
// each state that differs from ours. A difference is explained by "reference" in the row; one that is not, and an explanation of a
// difference that is not there, end the run with 1. Its clock is the real one, ours is pinned; cases with a clock, lists or a detached
// store of their own are left out.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const peer = process.argv[2] ?? 'c2pa-node';
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const verdict = resolve(root, '../shared/check/rivals/verdict.mjs');
if (!existsSync(verdict)) {
  console.error(`${verdict} is not here`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'rule-cases-'));
try {
  const tests = join(root, 'tests/Provenance.Tests');
  execFileSync('dotnet', ['build', tests, '-v', 'q', '-nologo', ...(process.env.BUILD_OPTIONS ?? '').split(' ').filter(Boolean)], { stdio: 'inherit' });
  execFileSync(join(tests, 'bin/Debug/net10.0/Provenance.Tests'), ['-class', 'Provenance.Tests.Rules.RuleTests'],
    { env: { ...process.env, PROVENANCE_CASES: folder }, stdio: 'ignore' });

  // The purposes a list accepts when nothing is configured, and those of the other certificates of these files.
  const purposes = join(folder, 'purposes.cfg');
  writeFileSync(purposes, ['1.3.6.1.4.1.62558.2.1', '1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36', '1.3.6.1.5.5.7.3.8', '1.3.6.1.5.5.7.3.9'].join('\n') + '\n');
  const files = readdirSync(folder).filter(name => !/\.(json|pem|cfg)$/.test(name)).sort();
  const rows = files.map(name => JSON.parse(readFileSync(join(folder, name + '.json'), 'utf8')));
  const answers = new Map();
  for (let at = 0; at < files.length; at += 200) {
    const output = execFileSync('node', [verdict, peer, ...files.slice(at, at + 200).map(name => join(folder, name)), '--trust', join(folder, 'anchors.pem'), '--config', purposes],
      { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
    for (const line of output.split('\n').filter(Boolean)) {
      const answer = JSON.parse(line);
      answers.set(answer.file.slice(folder.length + 1), answer);
    }
  }

  const count = { agree: 0, explained: 0, unexplained: 0 };
  const needless = new Map(), differing = new Set();
  files.forEach((name, i) => {
    const { Id: id, State: ours, Label: label, Reference: why } = rows[i];
    const answer = answers.get(name) ?? { state: 'no answer' };
    const theirs = answer.state;
    const same = theirs === ours
      || (ours === null && label === 'none' && theirs === 'NoManifest')
      || (ours === null && label === 'not-checked' && (theirs === 'NoManifest' || theirs === 'Error'))
      || ((label === 'unreadable' || ours === 'Invalid') && theirs === 'Error'); // it refuses, we say what is wrong
    if (same) {
      count.agree++;
      if (why && !why.includes('by chance')) needless.set(id, name);
      return;
    }
    differing.add(id);
    count[why ? 'explained' : 'unexplained']++;
    const failures = answer.codes?.failure ?? [];
    console.log(`${why ? 'explained  ' : 'UNEXPLAINED'} ${name}: ours ${ours ?? label}, ${peer} ${theirs} ${failures.join(' ')}${answer.error ? ` (${String(answer.error).slice(0, 120)})` : ''}`);
  });
  // A reason may be about codes alone; it begins with the state that differs where it is about a state.
  const stale = [...needless].filter(([id]) => !differing.has(id) && rows.some(row => row.Id === id && /^(Trusted|Valid)\b(?!,)/.test(row.Reference)));
  for (const [id] of stale) console.log(`no longer   ${id}: the row tells of a difference in state, and there is none`);
  console.log(`${peer}: ${files.length} files, ${count.agree} agree, ${count.explained} explained, ${count.unexplained} unexplained`);
  process.exitCode = count.unexplained || stale.length ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
