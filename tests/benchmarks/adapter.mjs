// Our program as a peer of ../shared/check/rivals/interleave.mjs: one process, kept open, answers each file as its name arrives.
// PROVENANCE names the published program.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';

export default async function open({ trust = {} }) {
  const program = process.env.PROVENANCE;
  if (!program) throw new Error('PROVENANCE names no published program');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'provenance-adapter-'));
  const given = (text, name, ...options) => {
    if (!text) return [];
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    return options.flatMap((option) => [option, file]);
  };
  const child = spawn(program, [
    'verify', '--format', 'json', '--files-from', '-',
    ...given(trust.anchors, 'anchors.pem', '--trust-anchors', '--tsa-anchors'),
    ...given(trust.config, 'purposes.cfg', '--ekus'),
    ...given(trust.allowed, 'allowed.pem', '--allowed'),
    ...(trust.anchors || trust.allowed ? [] : ['--no-trust']),
  ], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const version = fs.statSync(program).mtime.toISOString();

  return {
    version,
    engine: 'Provenance, .NET',
    // Timed from the name written to the answer parsed, so the pipe and our JSON are in it, as reading the file is.
    async read(file) {
      const start = performance.now();
      child.stdin.write(`${path.resolve(file)}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`${program} ended before it answered`);
      const report = JSON.parse(value);
      const ms = performance.now() - start;
      return { ms, ok: report.error === null, state: report.validationState ?? 'NoManifest', codes: report.codes, error: report.error?.rule ?? null };
    },
    async close() {
      child.stdin.end();
      if (child.exitCode === null) await new Promise((ended) => child.once('close', ended));
      fs.rmSync(folder, { recursive: true });
    },
  };
}
