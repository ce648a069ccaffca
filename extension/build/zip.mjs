// A folder as a zip that is the same whenever and wherever it is made: names in order, one time for all, no rights of files.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { zipSync } from 'fflate';

// By the machine's own clock, in which fflate writes it down.
const TIME = new Date(1980, 0, 1, 12);

export async function zipOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/')).sort();
  const files = {};
  for (const name of names)
    files[name] = [await readFile(path.join(folder, name)), { mtime: TIME, level: 9 }];
  return zipSync(files);
}
