// The page, served by the program that serves it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { inRepository } from './repository.mjs';

const program = ['Release', 'Debug'].map((name) => inRepository(`server/Provenance.Server/bin/${name}/net10.0/Provenance.Server.dll`)).find(existsSync);

/** Starts the server on a free port. What comes back has `origin` and `close()`. */
export async function servePage() {
  if (!program) throw new Error('the server is not built: dotnet build -c Release server/Provenance.Server');
  // What it keeps is not kept among what is the developer's, nor another server's.
  const home = await mkdtemp(path.join(tmpdir(), 'provenance-home-'));
  const server = spawn('dotnet', [program, '--urls', 'http://127.0.0.1:0'], { env: { ...process.env, PROVENANCE_HOME: home }, stdio: ['ignore', 'pipe', 'pipe'] });
  const errors = [];
  server.stderr.on('data', (bytes) => errors.push(bytes));
  for await (const line of createInterface({ input: server.stdout })) {
    const [origin] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (origin) return { origin, close: () => closed(server, home) };
  }
  await rm(home, { recursive: true, force: true });
  throw new Error(`the server ended: ${Buffer.concat(errors)}`);
}

async function closed(server, home) {
  server.kill();
  if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
  await rm(home, { recursive: true, force: true });
}
