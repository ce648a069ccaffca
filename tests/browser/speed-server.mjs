// Serves two engines and the files they read, both in the same way, as server/Provenance.Server does: with tags, asked about each time.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.wasm': 'application/wasm', '.json': 'application/json' };

/**
 * @param {{ repository: string, peers: string, files: string[], anchors: string }} what
 * @returns {Promise<{ origin: string, close(): void }>}
 */
export async function serve({ repository, peers, files, anchors }) {
  const roots = {
    '/browser/': path.join(repository, 'artifacts/browser'),
    '/browser-metadata/': path.join(repository, 'artifacts/browser-metadata'),
    '/peers/': path.join(peers, 'node_modules'),
  };
  const single = new Map([
    ['/', fileURLToPath(new URL('speed-page.html', import.meta.url))],
    ['/speed-page.mjs', fileURLToPath(new URL('speed-page.mjs', import.meta.url))],
    ['/anchors.pem', anchors],
    ...files.map((file) => [`/files/${path.basename(file)}`, file]),
  ]);
  const known = new Map();

  /** A file that may be asked for, and its tag; null for all else. */
  function find(address) {
    if (known.has(address)) return known.get(address);
    const [prefix] = Object.keys(roots).filter((start) => address.startsWith(start));
    const file = single.get(address) ?? (prefix && path.join(roots[prefix], address.slice(prefix.length)));
    const isThere = file && !address.includes('..') && fs.statSync(file, { throwIfNoEntry: false })?.isFile();
    if (!isThere) return null;
    const bytes = fs.readFileSync(file);
    const found = { bytes, type: types[path.extname(file)] ?? 'application/octet-stream', tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
    known.set(address, found);
    return found;
  }

  const server = http.createServer((request, response) => {
    const found = find(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    if (!found) {
      response.writeHead(404).end();
      return;
    }
    const headers = { 'Content-Type': found.type, 'Cache-Control': 'no-cache', ETag: found.tag, 'X-Content-Type-Options': 'nosniff' };
    if (request.headers['if-none-match'] === found.tag) response.writeHead(304, headers).end();
    else response.writeHead(200, { ...headers, 'Content-Length': found.bytes.length }).end(found.bytes);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
