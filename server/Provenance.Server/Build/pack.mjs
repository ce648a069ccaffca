// Puts packed copies beside the files of a published page: node pack.mjs FOLDER
// The server sends them to browsers that can unpack them, which is a third of the bytes. The same inputs give the same bytes.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const [folder] = process.argv.slice(2);

/** Below this a packed copy saves no packet. */
const leastBytes = 1024;

/** A copy that is hardly smaller is not worth its unpacking: pictures and films are packed already. */
const mostOfFile = 0.9;

const packers = {
  '.br': (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  '.gz': (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

for (const name of await readdir(folder, { recursive: true })) {
  const file = path.join(folder, name);
  if (path.extname(name) in packers || !(await stat(file)).isFile()) continue;
  const bytes = await readFile(file);
  if (bytes.length < leastBytes) continue;
  for (const [extension, pack] of Object.entries(packers)) {
    const packed = await pack(bytes);
    if (packed.length <= bytes.length * mostOfFile) await writeFile(file + extension, packed);
  }
}
