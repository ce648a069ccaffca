import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { beside, packedLists, type Beside } from './build/beside.ts';

const root = join(import.meta.dirname, '../..');
const samples = join(root, 'tests/samples');

/** The examples, by names that say what they show, and the lists they are judged with. */
const SAMPLES = {
  'samples/photograph-cropped-in-a-newsroom.jpg': 'good.jpg',
  'samples/the-same-with-one-bit-changed.jpg': 'changed.jpg',
  'samples/picture-made-with-ai.jpg': 'ai.jpg',
  'samples/photograph-without-credentials.jpg': 'none.jpg',
  'samples/example-issuers.pem': 'anchors.pem',
  'samples/example-time-stampers.pem': 'tsa-anchors.pem',
};

export default defineConfig(({ command }) => {
  const lists = process.env.PROVENANCE_TRUST;
  const files: Record<string, string | Buffer> = {};
  for (const [name, sample] of Object.entries(SAMPLES))
    files[name] = readFileSync(join(samples, sample));
  // Always there, so that the page need not ask for what does not exist.
  files['trust.json'] = lists ? packedLists(lists) : '[]';
  const engine: Beside['folders'] = { 'engine/browser': join(root, 'artifacts/browser'), 'engine/browser-metadata': join(root, 'artifacts/browser-metadata') };
  if (!existsSync(join(root, 'artifacts/browser/worker.js')))
    throw new Error('artifacts/browser is not built: dotnet build verifier/Provenance.Browser -c Release');
  return {
    root: import.meta.dirname,
    // Any host, any folder of it.
    base: './',
    plugins: [beside({ files, folders: engine }), ...(command === 'serve' ? [withoutPolicy()] : [])],
    build: {
      outDir: process.env.PROVENANCE_PAGE ?? join(root, 'artifacts/page'),
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      // Nothing inlined: the policy allows neither styles nor fonts from data.
      assetsInlineLimit: 0,
      reportCompressedSize: false,
    },
    server: { host: '127.0.0.1' },
    preview: { host: '127.0.0.1' },
  };
});

/** Vite's own client needs what the policy forbids, while the page is written. */
function withoutPolicy(): Plugin {
  return { name: 'provenance:without-policy', transformIndexHtml: html => html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '') };
}
