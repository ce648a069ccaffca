// A site for the finder: pictures, films and sounds under every address, and pages made of what a test says.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { png } from '../browser/png.mjs';
import { inRepository } from '../browser/repository.mjs';

/** The finder and its events as one script for a page. */
export async function bundle(browser = 'chromium') {
  const outDir = await mkdtemp(path.join(tmpdir(), 'provenance-finder-'));
  try {
    await build({
      root: inRepository(), configFile: false, logLevel: 'error', publicDir: false, define: { __BROWSER__: JSON.stringify(browser) },
      build: { outDir, target: 'es2022', minify: false, lib: { entry: inRepository('tests/extension/finder-page.ts'), formats: ['iife'], name: 'page', fileName: () => 'page.js' } },
    });
    return await readFile(path.join(outDir, 'page.js'), 'utf8');
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

/** A second of silence. */
function wav() {
  const samples = Buffer.alloc(8000, 128);
  const header = Buffer.from('RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\x01\0\x08\0data\0\0\0\0', 'latin1');
  header.writeUInt32LE(36 + samples.length, 4);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000, 28);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

/** `/x.png?w=…&h=…&wait=…` is a picture; `/x.wav` a sound; `/x.webm` what was put in `site.film`; `/broken.png` none. `site.pages` are answered as they are. */
export async function serveSite() {
  const site = { pages: new Map(), film: null, requests: [] };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    site.requests.push(request.url);
    const wait = Number(searchParams.get('wait') ?? 0);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const answer = (type, body) => response.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length, 'Accept-Ranges': 'bytes', 'Cache-Control': type.startsWith('text/html') ? 'no-store' : 'max-age=60' }).end(body);
    if (site.pages.has(pathname)) answer('text/html; charset=utf-8', Buffer.from(site.pages.get(pathname)));
    else if (pathname === '/broken.png') answer('image/png', Buffer.from('no picture'));
    else if (pathname.endsWith('.png')) answer('image/png', png(Number(searchParams.get('w') ?? 100), Number(searchParams.get('h') ?? 80), () => [120, 160, 200, 255]));
    else if (pathname.endsWith('.svg')) answer('image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="70"/>'));
    else if (pathname.endsWith('.wav')) answer('audio/wav', wav());
    else if (pathname.endsWith('.css')) answer('text/css', Buffer.from(searchParams.get('text')));
    else if (pathname.endsWith('.webm') && site.film) answer('video/webm', site.film);
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(site, {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  });
}

/** Half a second of a film, as the browser makes it; for use in a page. */
export async function recordFilm() {
  const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 120 });
  const context = canvas.getContext('2d');
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' });
  const pieces = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  const stopped = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start();
  for (let i = 0; i < 12; i++) {
    context.fillStyle = i % 2 ? '#123456' : '#654321';
    context.fillRect(0, 0, 160, 120);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  recorder.stop();
  await stopped;
  return [...new Uint8Array(await new Blob(pieces).arrayBuffer())];
}
