// Serves the bundles, a page that loads them, and files, on this machine and under the strictest policy that lets them work.
import { createServer } from 'node:http';
import { createReadStream, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { artifacts } from './repository.mjs';

const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

const page = fileURLToPath(new URL('page', import.meta.url));

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** A server, with `origin`, `violations` of its policy as browsers report them, `offer(file)` and `close()`. */
export async function serve({ bundles = artifacts, cached = true } = {}) {
  const offered = [], violations = [];
  const roots = { page, browser: path.join(bundles, 'browser'), 'browser-metadata': path.join(bundles, 'browser-metadata') };

  function fileAt(pathname) {
    const [, first, ...rest] = pathname.split('/').map(decodeURIComponent);
    if (first === 'file') return offered[Number(rest[0])];
    return roots[first] && !rest.includes('..') ? path.join(roots[first], ...rest) : undefined;
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname === '/violations') {
      let text = '';
      request.setEncoding('utf8').on('data', (piece) => (text += piece)).on('end', () => {
        // An icon is the browser's own question, and this page has none.
        if (!text.includes('/favicon.ico"')) violations.push(text);
        response.writeHead(204).end();
      });
      return;
    }
    const file = fileAt(pathname);
    if (!file || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'Content-Type': types[path.extname(file)] ?? 'application/octet-stream',
      'Content-Length': statSync(file).size,
      'Content-Security-Policy': `${policy}; report-uri /violations`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': cached && !pathname.startsWith('/file/') ? 'max-age=60' : 'no-store',
    });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    violations,
    /** Makes a file of this machine readable, and says under which path. */
    offer: (file) => `/file/${offered.push(file) - 1}`,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
