// The page, served by the program that serves it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { inRepository } from './repository.mjs';

const program = ['Release', 'Debug'].map((name) => inRepository(`server/Provenance.Server/bin/${name}/net10.0/Provenance.Server.dll`)).find(existsSync);

/** Starts the server on a free port. What comes back has `origin` and `close()`. */
export async function servePage() {
  if (!program) throw new Error('the server is not built: dotnet build -c Release server/Provenance.Server');
  const server = spawn('dotnet', [program, '--urls', 'http://127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const errors = [];
  server.stderr.on('data', (bytes) => errors.push(bytes));
  for await (const line of createInterface({ input: server.stdout })) {
    const [origin] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (origin) return { origin, close: () => closed(server) };
  }
  throw new Error(`the server ended: ${Buffer.concat(errors)}`);
}

async function closed(server) {
  server.kill();
  if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
}
