// What digests cost by their size: WebAssembly (at once), WebCrypto (awaited) and, in Node, its own crypto.
// node tests/browser/measure-sha2.mjs [node|chromium|firefox]
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { build } from 'vite';
import { importTypeScript } from './typescript.mjs';

const names = ['SHA-256', 'SHA-384', 'SHA-512', 'SHA-1'];
const sha2 = 'verifier/Provenance.Browser/package/src/sha2.ts';

/** Microseconds per digest, the best of three rounds; runs in the browser's worker as well, so it names nothing from outside. */
async function measure(loadSha2, nodeDigest) {
  const algorithms = ['SHA-256', 'SHA-384', 'SHA-512', 'SHA-1'];
  const engine = await loadSha2();
  const rows = [];
  for (const algorithm of [0, 1, 2, 3]) {
    for (const size of [100, 1024, 4096, 16384, 65536, 1048576, 16777216]) {
      const bytes = new Uint8Array(size).map((_, at) => at * 31);
      const times = Math.max(2, Math.min(1000, Math.floor(2e7 / size)));
      const best = async (digest) => {
        let least = Infinity;
        for (let round = 0; round < 4; round++) {
          const start = performance.now();
          for (let i = 0; i < times; i++) {
            const result = digest();
            if (result instanceof Promise) await result;
          }
          if (round > 0) least = Math.min(least, (performance.now() - start) / times);
        }
        return least * 1000;
      };
      rows.push({
        algorithm,
        size,
        wasm: await best(() => engine.digest(algorithm, bytes)),
        subtle: await best(() => crypto.subtle.digest(algorithms[algorithm], bytes)),
        node: nodeDigest ? await best(() => nodeDigest(algorithm, bytes)) : undefined,
      });
    }
  }
  return rows;
}

async function inBrowser(options) {
  const folder = await mkdtemp(path.join(tmpdir(), 'provenance-measure-'));
  const root = fileURLToPath(new URL('../../', import.meta.url));
  await build({ root, configFile: false, logLevel: 'error', publicDir: false, build: { outDir: folder, target: 'es2022', lib: { entry: path.join(root, sha2), formats: ['es'], fileName: () => 'sha2.js' } } });
  await writeFile(path.join(folder, 'worker.js'), `import { loadSha2 } from './sha2.js';\n${measure}\npostMessage(await measure(loadSha2));\n`);
  await writeFile(path.join(folder, 'page.js'), "const worker = new Worker('worker.js', { type: 'module' }); worker.onmessage = ({ data }) => { window.rows = data; };\n");
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><script type="module" src="page.js"></script>');
  const server = createServer(async (request, response) => {
    const file = path.join(folder, path.basename(request.url));
    const type = file.endsWith('.js') ? 'text/javascript' : 'text/html';
    const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";
    response.writeHead(200, { 'content-type': type, 'content-security-policy': policy }).end(await readFile(file).catch(() => ''));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const browser = await puppeteer.launch({ headless: true, args: ['--no-sandbox', '--disable-gpu'], ...options });
  try {
    const view = await browser.newPage();
    await view.goto(`http://127.0.0.1:${server.address().port}/index.html`);
    await view.waitForFunction(() => window.rows, { timeout: 300_000 });
    console.log(await browser.version());
    return await view.evaluate(() => window.rows);
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  }
}

async function inNode() {
  const { loadSha2 } = await importTypeScript(sha2);
  console.log(`Node ${process.version}`);
  return measure(loadSha2, (algorithm, bytes) => createHash(names[algorithm].replace('-', '')).update(bytes).digest());
}

const places = {
  node: inNode,
  chromium: () => inBrowser({ browser: 'chrome', executablePath: '/usr/bin/chromium' }),
  firefox: () => inBrowser({ browser: 'firefox', executablePath: '/usr/bin/firefox-esr', args: [] }),
};
const rows = await places[process.argv[2] ?? 'node']();
const column = (size, time) => (time === undefined || time === null ? '' : `${time.toFixed(1).padStart(10)} µs ${(size / time).toFixed(0).padStart(5)} MB/s`);
console.log(`${'algorithm'.padEnd(10)}${'bytes'.padStart(10)}${'WebAssembly'.padStart(24)}${'WebCrypto'.padStart(24)}${'Node'.padStart(24)}`);
for (const { algorithm, size, wasm, subtle, node } of rows) {
  console.log(`${names[algorithm].padEnd(10)}${String(size).padStart(10)}${column(size, wasm)}${column(size, subtle)}${column(size, node)}`);
}
