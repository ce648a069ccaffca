// A build of the extension as a test wants it: with hosts that no reader has to allow by a click, and settings packed in.
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRepository } from '../../browser/repository.mjs';
import { samplePath } from '../../browser/files.mjs';

/** The tests' own site (site.mjs), as match patterns. */
export const SITES = ['*://*.example/*', '*://127.0.0.1/*'];

/** Trust lists for the sample pictures, as settings keep them. */
export async function sampleLists(folder) {
  const list = async (role, name) => ({
    role, name, content: (await readFile(folder ? path.join(folder, name) : samplePath(name))).toString('base64'), origin: 'packed', source: '', added: Date.UTC(2026, 0, 1),
  });
  return Promise.all([list('anchors', 'anchors.pem'), list('time-stamp-anchors', 'tsa-anchors.pem')]);
}

/**
 * @param {'chromium' | 'firefox'} browser
 * @param {{ hosts?: string[], settings?: object, edit?: (manifest: object, folder: string) => void | Promise<void> }} options
 */
export async function copyOf(browser, { hosts = SITES, settings = {}, edit } = {}) {
  const built = inRepository('artifacts/extension', browser);
  if (!existsSync(path.join(built, 'manifest.json'))) throw new Error('the extension is not built: npm run build --workspace extension');
  const folder = await mkdtemp(path.join(tmpdir(), 'provenance-extension-'));
  await cp(built, folder, { recursive: true });
  const place = path.join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(place, 'utf8'));
  if (hosts.length > 0) manifest.host_permissions = hosts;
  await edit?.(manifest, folder);
  await writeFile(place, JSON.stringify(manifest));
  await writeFile(path.join(folder, 'defaults.json'), JSON.stringify({ wasAsked: true, language: 'en', lists: await sampleLists(), ...settings }));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
