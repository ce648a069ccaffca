import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Bundles a module of the repository, as the builds do, and imports it into Node. */
export async function importTypeScript(file) {
  const outDir = await mkdtemp(path.join(tmpdir(), 'provenance-ts-'));
  try {
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      build: {
        outDir,
        target: 'es2022',
        minify: false,
        lib: { entry: path.join(root, file), formats: ['es'], fileName: () => 'module.mjs' },
      },
    });
    return await import(pathToFileURL(path.join(outDir, 'module.mjs')).href);
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}
