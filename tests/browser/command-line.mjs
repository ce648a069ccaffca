// What the command line says of files.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRepository } from './repository.mjs';

const program = ['Release', 'Debug'].map((name) => inRepository(`verifier/Provenance.Cli/bin/${name}/net10.0/provenance.dll`)).find(existsSync);

/** Runs the program without the lists that the developer has installed; whatever the exit status, which tells of the files. */
export async function provenance(args, env = {}) {
  if (!program) throw new Error('the command line is not built');
  const child = spawn('dotnet', [program, ...args], { env: { ...process.env, PROVENANCE_HOME: path.join(tmpdir(), 'provenance-no-home'), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, errors] = [[], []];
  child.stdout.on('data', (bytes) => output.push(bytes));
  child.stderr.on('data', (bytes) => errors.push(bytes));
  await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { output: Buffer.concat(output).toString(), errors: Buffer.concat(errors).toString() };
}

/**
 * The lines of `verify --format json` without their `file` member, one for each file. Files are named in a list, and so answered from
 * their own bytes alone.
 */
export async function linesOf(files, options, env) {
  const folder = await mkdtemp(path.join(tmpdir(), 'provenance-files-'));
  try {
    const list = path.join(folder, 'files');
    await writeFile(list, `${files.join('\n')}\n`);
    const { output, errors } = await provenance(['verify', '--format', 'json', '--files-from', list, ...options], env);
    const lines = output.split('\n').slice(0, -1);
    if (lines.length !== files.length) throw new Error(`${files.length} files, ${lines.length} lines: ${errors}`);
    return lines.map(withoutName);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function withoutName(line) {
  const named = /^\{"file":"(?:[^"\\]|\\.)*",/.exec(line);
  if (!named) throw new Error(`a line that begins with no name: ${line.slice(0, 100)}`);
  return `{${line.slice(named[0].length)}`;
}

/** The official lists, installed into a folder: what `PROVENANCE_HOME` must be, and the packed lists in the order of the index. */
export async function installLists(folder, files) {
  const env = { PROVENANCE_HOME: folder };
  for (const file of files) {
    const { errors } = await provenance(['trust', 'import', file, '--yes'], env);
    if (errors) throw new Error(`${file}: ${errors}`);
  }
  const index = await readFile(path.join(folder, 'trust/index'), 'utf8');
  const packed = [...index.matchAll(/^file packed (\w+) /gm)].map(([, digest]) => digest);
  return { env, packed: await Promise.all(packed.map((digest) => readFile(path.join(folder, 'trust/files', digest)))) };
}
