// Builds the extension: artifacts/extension/chromium and firefox, folders that the browsers load, and a zip of each for the stores.
// node extension/build/build.mjs [chromium] [firefox]
//   PROVENANCE_TRUST=folder        packs the trust lists in it (as for the page)
//   PROVENANCE_DEFAULTS=file       packs settings to begin with (extension/src/contract/settings.ts), for a newsroom
//   PROVENANCE_EXTENSION=folder    where to, if not artifacts/extension
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, runnerImport } from 'vite';
import { engineWords } from './engine-words.mjs';
import { icon } from './icons.mjs';
import { manifestOf, SIZES } from './manifest.mjs';
import { zipOf } from './zip.mjs';

const source = path.join(import.meta.dirname, '..');
const root = path.join(source, '..');
const artifacts = path.join(root, 'artifacts');
const { PROVENANCE_TRUST: lists, PROVENANCE_DEFAULTS: defaults, PROVENANCE_EXTENSION: target = path.join(artifacts, 'extension') } = process.env;
const { version } = JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8'));
const pages = ['popup', 'panel', 'options', 'file', 'help'];

/** What the engine's package asks of Node, it asks only there. */
const withoutNode = {
  name: 'provenance:without-node',
  enforce: 'pre',
  resolveId: (name) => (name.startsWith('node:') ? '\0provenance:nothing' : null),
  load: (name) => (name === '\0provenance:nothing' ? 'export {};' : null),
};

/** Preact sets HTML where a component asks for `dangerouslySetInnerHTML`; none of ours does, and none ever can. */
const withoutHtml = {
  name: 'provenance:without-html',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/preact\/dist\/preact\.mjs$/.test(id))
      return null;
    const [found, ...more] = code.match(/\((\w+)\.innerHTML=\w+\.__html\)/g) ?? [];
    if (found === undefined || more.length > 0)
      throw new Error('Preact sets HTML otherwise than it did');
    return { code: code.replace(found, '(()=>{throw new Error("texts are set as text")})()'), map: null };
  },
};

/** Keeps the words of these parts, which are what a script uses of them. */
const onlyWords = (parts) => ({
  name: 'provenance:only-words',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/src\/words\/(en|ko)\.json$/.test(id))
      return null;
    return { code: JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(code)).filter(([key]) => parts.includes(key.split('.')[0])))), map: null };
  },
});

const asked = process.argv.slice(2);
for (const name of asked) {
  if (name !== 'chromium' && name !== 'firefox')
    fail(`'${name}' is no browser; there are chromium and firefox`);
}
if (!existsSync(path.join(artifacts, 'browser/worker.js')) || !existsSync(path.join(artifacts, 'browser-metadata')))
  fail('artifacts/browser is not built: dotnet build verifier/Provenance.Browser -c Release');
for (const browser of asked.length > 0 ? asked : ['chromium', 'firefox'])
  await buildFor(browser);

async function buildFor(browser) {
  const folder = path.join(target, browser);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const common = {
    root: path.join(source, 'src'),
    configFile: false,
    logLevel: 'warn',
    base: './',
    publicDir: false,
    plugins: [engineWords(), withoutNode, withoutHtml],
    define: { __BROWSER__: JSON.stringify(browser) },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    worker: { format: 'es' },
  };
  const options = { outDir: folder, emptyOutDir: false, target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0, reportCompressedSize: false, minify: true };
  const make = (input, output, plugins = []) => build({ ...common, plugins: [...common.plugins, ...plugins], build: { ...options, rolldownOptions: { input, output: { entryFileNames: '[name].js', ...output } } } });

  const documents = browser === 'chromium' ? [...pages, 'offscreen'] : pages;
  await make(Object.fromEntries(documents.map((page) => [page, path.join(source, 'src', `${page}.html`)])), { chunkFileNames: 'parts/[name]-[hash].js', assetFileNames: 'parts/[name]-[hash][extname]' });
  // One file each: a service worker is started often and loads nothing later, and content scripts are no modules.
  await make({ background: path.join(source, `src/background/${browser}.ts`) }, { codeSplitting: false }, [onlyWords(['action', 'badge', 'menu', 'obstacle', 'none'])]);
  await make({ content: path.join(source, 'src/content/main.ts') }, { format: 'iife' });

  for (const name of ['browser', 'browser-metadata'])
    await cp(path.join(artifacts, name), path.join(folder, 'engine', name), { recursive: true, dereference: true });
  for (const language of ['en', 'ko'])
    await putWords(folder, language);
  await mkdir(path.join(folder, 'icons'));
  for (const size of SIZES)
    await writeFile(path.join(folder, 'icons', `${size}.png`), icon(size));
  // Always there, so that nothing is asked for that does not exist.
  await writeFile(path.join(folder, 'trust.json'), lists ? await packedLists() : '[]');
  await writeFile(path.join(folder, 'defaults.json'), defaults ? await packedDefaults() : '{}');
  await writeFile(path.join(folder, 'manifest.json'), `${JSON.stringify(manifestOf(browser, version), null, 2)}\n`);
  await writeFile(path.join(target, `provenance-${browser}-${version}.zip`), await zipOf(folder));
}

/** The words of one language as the browser reads them, which allows no dots in their names. */
async function putWords(folder, language) {
  const words = JSON.parse(await readFile(path.join(source, `src/words/${language}.json`), 'utf8'));
  const messages = Object.fromEntries(Object.entries(words).map(([key, message]) => [key.replaceAll(/[.-]/g, '_'), { message }]));
  await mkdir(path.join(folder, '_locales', language), { recursive: true });
  await writeFile(path.join(folder, '_locales', language, 'messages.json'), `${JSON.stringify(messages, null, 2)}\n`);
}

async function packedLists() {
  const { module } = await runnerImport(path.join(root, 'server/page/build/beside.ts'));
  return module.packedLists(path.resolve(lists));
}

async function packedDefaults() {
  const text = await readFile(defaults, 'utf8');
  const { module } = await runnerImport(path.join(source, 'src/settings.ts'));
  const asked = JSON.parse(text), known = module.settingsIn(asked);
  for (const name of Object.keys(asked)) {
    if (!(name in known))
      fail(`${defaults}: '${name}' is no setting, or cannot be ${JSON.stringify(asked[name])}`);
  }
  return JSON.stringify(known);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
