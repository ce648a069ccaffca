// Makes artifacts/browser and artifacts/browser-metadata: node bundle.mjs RUNTIME TRIMMED ARTIFACTS
// The same inputs give the same bytes.
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, minify } from 'vite';
import { shrinkWasm } from './shrink-wasm.mjs';
import { splitAssemblies } from './split-assemblies.mjs';

const [runtime, trimmed, artifacts] = process.argv.slice(2);
const source = fileURLToPath(new URL('../package/', import.meta.url));
const verdict = path.join(artifacts, 'browser'), metadata = path.join(artifacts, 'browser-metadata');
const engine = path.join(verdict, 'engine');

await Promise.all([verdict, metadata].map((folder) => rm(folder, { recursive: true, force: true })));
await mkdir(engine, { recursive: true });
await mkdir(metadata, { recursive: true });

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('base64');

/** Writes a file and says what the loader needs to know of it: its path from the folder that a bundle is loaded from. */
async function put(folder, name, bytes) {
  await writeFile(path.join(folder, name), bytes);
  return { path: path.relative(folder === metadata ? metadata : verdict, path.join(folder, name)), sha256: sha256(bytes) };
}

async function script(name) {
  const { code, errors } = await minify(name, await readFile(path.join(runtime, name), 'utf8'), { module: true });
  if (errors.length > 0) throw new Error(`${name}: ${errors[0].message}`);
  return put(engine, name, code);
}

async function pack(folder, names) {
  const files = await Promise.all(names.map((name) => readFile(path.join(trimmed, name))));
  let offset = 0;
  const assemblies = names.map((name, i) => {
    const entry = { name, offset, length: files[i].length };
    offset += files[i].length;
    return entry;
  });
  return { ...(await put(folder, 'assemblies.bin', Buffer.concat(files))), assemblies };
}

const { ours, later } = await splitAssemblies(trimmed, (await readdir(trimmed)).filter((name) => name.endsWith('.dll')).sort());
const native = shrinkWasm(await readFile(path.join(runtime, 'dotnet.native.wasm')), await readFile(path.join(runtime, 'dotnet.native.js.symbols'), 'utf8'));
const files = {
  scripts: { dotnet: await script('dotnet.js'), runtime: await script('dotnet.runtime.js'), native: await script('dotnet.native.js') },
  wasm: await put(engine, 'dotnet.native.wasm', native.wasm),
  pack: await pack(engine, ours),
  metadata: await pack(metadata, later),
};

/** The package's own scripts. The worker knows the digests of the engine's files. */
await build({
  root: source,
  configFile: false,
  logLevel: 'warn',
  define: { __ENGINE_FILES__: JSON.stringify(files) },
  build: {
    outDir: path.resolve(verdict),
    emptyOutDir: false,
    target: 'es2022',
    minify: true,
    lib: { entry: ['index', 'sniff', 'worker'].map((name) => path.join(source, 'src', `${name}.ts`)), formats: ['es'] },
    rollupOptions: { external: [/^node:/], output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' } },
  },
});

const { version, description, license, name } = JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8'));
await writeFile(path.join(verdict, 'package.json'), `${JSON.stringify({
  name, version, description, license, type: 'module', sideEffects: false,
  exports: { '.': { types: './types/index.d.ts', default: './index.js' }, './sniff': { types: './types/sniff.d.ts', default: './sniff.js' }, './worker.js': './worker.js', './engine/*': './engine/*' },
}, null, 2)}\n`);
await cp(path.join(source, 'README.md'), path.join(verdict, 'README.md'));
