// Copies of the bundles in which something is missing or another byte.
import { readdirSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { artifacts } from './repository.mjs';

/** Every file that the loader fetches, by the bundle that fails without it. */
export const fetched = {
  verdict: readdirSync(path.join(artifacts, 'browser/engine')).map((name) => `browser/engine/${name}`),
  metadata: ['browser-metadata/assemblies.bin'],
};

/** A copy of both bundles in a folder, with `damage(file)`, `remove(file)` and `restore(file)`. */
export async function copyOfBundles(folder) {
  for (const bundle of ['browser', 'browser-metadata']) await cp(path.join(artifacts, bundle), path.join(folder, bundle), { recursive: true });
  const at = (file) => path.join(folder, file);
  return {
    folder,
    async damage(file) {
      const bytes = await readFile(at(file));
      bytes[bytes.length >> 1] ^= 1;
      await writeFile(at(file), bytes);
    },
    remove: (file) => rm(at(file)),
    restore: (file) => cp(path.join(artifacts, file), at(file)),
  };
}
