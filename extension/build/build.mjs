// Builds the extension for both browsers: artifacts/extension/chromium and firefox, loadable folders, and a zip of each for the stores.
// node build/build.mjs [chromium] [firefox]
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { manifestOf } from './manifest.mjs';

const source = path.join(import.meta.dirname, '..');
const root = path.join(source, '..');
const artifacts = path.join(root, 'artifacts');
const { version } = JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8'));
const pages = ['popup', 'panel', 'options', 'file', 'help'];

if (!existsSync(path.join(artifacts, 'browser/worker.js')))
  throw new Error('artifacts/browser is not built: dotnet build verifier/Provenance.Browser -c Release');

const asked = process.argv.slice(2);
for (const browser of ['chromium', 'firefox']) {
  if (asked.length === 0 || asked.includes(browser))
    await buildFor(browser);
}

async function buildFor(browser) {
  const folder = path.join(artifacts, 'extension', browser);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const common = {
    root: path.join(source, 'src'),
    configFile: false,
    logLevel: 'warn',
    base: './',
    define: { __BROWSER__: JSON.stringify(browser) },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    worker: { format: 'es' },
  };
  const options = { outDir: folder, emptyOutDir: false, target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0, reportCompressedSize: false, minify: true };
  const inputs = Object.fromEntries(pages.map((page) => [page, path.join(source, 'src', `${page}.html`)]));
  if (browser === 'chromium')
    inputs.offscreen = path.join(source, 'src/offscreen.html');
  inputs.background = path.join(source, `src/background/${browser}.ts`);
  await build({ ...common, build: { ...options, rolldownOptions: { input: inputs, output: { entryFileNames: '[name].js', chunkFileNames: 'parts/[name]-[hash].js', assetFileNames: 'parts/[name]-[hash][extname]' } } } });
  // Content scripts are no modules.
  await build({ ...common, build: { ...options, rolldownOptions: { input: { content: path.join(source, 'src/content/main.ts') }, output: { format: 'iife', entryFileNames: '[name].js' } } } });
  for (const name of ['browser', 'browser-metadata'])
    await cp(path.join(artifacts, name), path.join(folder, 'engine', name), { recursive: true, dereference: true });
  for (const language of ['en', 'ko'])
    await putWords(folder, language);
  await writeFile(path.join(folder, 'manifest.json'), `${JSON.stringify(manifestOf(browser, version), null, 2)}\n`);
}

/** The words of one language as the browser reads them, which allows no dots in their names. */
async function putWords(folder, language) {
  const words = JSON.parse(await readFile(path.join(source, `src/words/${language}.json`), 'utf8'));
  const messages = Object.fromEntries(Object.entries(words).map(([key, message]) => [key.replaceAll(/[.-]/g, '_'), { message }]));
  await mkdir(path.join(folder, '_locales', language), { recursive: true });
  await writeFile(path.join(folder, '_locales', language, 'messages.json'), `${JSON.stringify(messages, null, 2)}\n`);
}
