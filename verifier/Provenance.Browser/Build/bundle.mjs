// Makes artifacts/browser and artifacts/browser-metadata: node bundle.mjs RUNTIME ASSEMBLIES ARTIFACTS
// The same inputs give the same bytes.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { runtimeScripts } from './runtime-scripts.mjs';
import { shrinkWasm } from './shrink-wasm.mjs';
import { splitAssemblies } from './split-assemblies.mjs';

const [runtime, managed, artifacts] = process.argv.slice(2);
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

async function pack(folder, names) {
  const files = await Promise.all(names.map((name) => readFile(path.join(managed, name))));
  let offset = 0;
  const assemblies = names.map((name, i) => {
    const entry = { name, offset, length: files[i].length };
    offset += files[i].length;
    return entry;
  });
  return { ...(await put(folder, 'assemblies.bin', Buffer.concat(files))), assemblies };
}

const { ours, later } = await splitAssemblies(managed, (await readdir(managed)).filter((name) => name.endsWith('.dll')).sort());
const native = shrinkWasm(await readFile(path.join(runtime, 'dotnet.native.wasm')), await readFile(path.join(runtime, 'dotnet.native.js.symbols'), 'utf8'));
/** Bundles a script of the package and all it imports into one file: what a page waits for is few requests, one after the other. */
async function bundle(name, folder, constants = {}) {
  await build({
    root: source,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: constants,
    plugins: [runtimeScripts(runtime)],
    build: {
      outDir: path.resolve(folder),
      emptyOutDir: false,
      target: 'es2022',
      lib: { entry: path.join(source, 'src', `${name}.ts`), formats: ['es'], fileName: () => `${name}.js` },
      // What the runtime asks of Node, and only in Node.
      rolldownOptions: { external: [/^node:/, ...builtinModules, './engine/engine.js'], output: { minify: true } },
    },
  });
}

await bundle('engine', engine);
const files = {
  script: { path: 'engine/engine.js', sha256: sha256(await readFile(path.join(engine, 'engine.js'))) },
  wasm: await put(engine, 'dotnet.native.wasm', native.wasm),
  pack: await pack(engine, ours),
  metadata: await pack(metadata, later),
};
// The worker knows the digests of the engine's files.
await bundle('worker', verdict, { __ENGINE_FILES__: JSON.stringify(files) });
for (const name of ['index', 'sniff']) await bundle(name, verdict);

/** Types for those who import the package. */
async function types(folder) {
  const compiler = fileURLToPath(import.meta.resolve('typescript/package.json'));
  const program = path.join(path.dirname(compiler), JSON.parse(await readFile(compiler, 'utf8')).bin.tsc);
  const options = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--outDir', path.resolve(folder)];
  execFileSync(process.execPath, [program, '-p', source, ...options], { stdio: 'inherit' });
  const wanted = ['api.d.ts', 'errors.d.ts', 'index.d.ts', 'report.d.ts', 'sniff.d.ts'];
  for (const name of await readdir(folder)) if (!wanted.includes(name)) await rm(path.join(folder, name));
}

/** Whose work the bundles hold besides ours, and on what terms. */
async function notices(folder) {
  const packages = path.resolve(runtime, '../../../../..');
  const parts = [
    ['.NET runtime', path.resolve(runtime, '../../../LICENSE.TXT')],
    ['What the .NET runtime holds of others', path.resolve(runtime, '../../../THIRD-PARTY-NOTICES.TXT')],
    ['Newtonsoft.Json', path.join(packages, 'newtonsoft.json/13.0.4/LICENSE.md')],
    ['hash-wasm', fileURLToPath(new URL('../../../node_modules/hash-wasm/LICENSE', import.meta.url))],
  ];
  const texts = await Promise.all(parts.map(async ([title, file]) => `## ${title}\n\n${(await readFile(file, 'utf8')).replaceAll('\r\n', '\n').trim()}\n`));
  const others = '## MetadataExtractor and XmpCore\n\nApache License 2.0 and BSD: https://github.com/drewnoakes/metadata-extractor-dotnet, https://github.com/drewnoakes/xmp-core-dotnet\n';
  await writeFile(path.join(folder, 'NOTICES.md'), `# What is in this package besides our own work\n\n${[...texts, others].join('\n')}`);
  await cp(fileURLToPath(new URL('../../../LICENSE', import.meta.url)), path.join(folder, 'LICENSE'));
}

await types(path.join(verdict, 'types'));
await notices(verdict);
const { version, description, license, name } = JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8'));
await writeFile(path.join(verdict, 'package.json'), `${JSON.stringify({
  name, version, description, license, type: 'module', sideEffects: false,
  exports: { '.': { types: './types/index.d.ts', default: './index.js' }, './sniff': { types: './types/sniff.d.ts', default: './sniff.js' }, './worker.js': './worker.js', './engine/*': './engine/*' },
}, null, 2)}\n`);
await cp(path.join(source, 'README.md'), path.join(verdict, 'README.md'));
