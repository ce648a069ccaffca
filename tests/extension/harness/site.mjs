// One server on this machine under several names, which keeps a record of everything it was asked. A browser finds it by `hostRules`.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

/** Names under which the server is reached. All lead to 127.0.0.1, which itself stands for a private network. */
export const HOSTS = ['news.example', 'img.news.example', 'cdn.example', 'other.example'];

/** The argument that lets Chromium find them. */
export const hostRules = `--host-resolver-rules=${HOSTS.map((host) => `MAP ${host} 127.0.0.1`).join(',')}`;

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.wasm': 'application/wasm', '.mjs': 'text/javascript', '.js': 'text/javascript', '.jpg': 'image/jpeg', '.png': 'image/png', '.webp': 'image/webp', '.svg': 'image/svg+xml',
  '.mp4': 'video/mp4', '.wav': 'audio/wav', '.mp3': 'audio/mpeg', '.gif': 'image/gif', '.avif': 'image/avif',
};

/**
 * @typedef {{ time: number, method: string, host: string, path: string, headers: import('node:http').IncomingHttpHeaders, query: URLSearchParams, count: number }} Asked
 * A request; `count` says how often this address was asked for before.
 */

/** A server with `room()` and `close()`. */
export async function serveSite() {
  const offered = new Map(), folders = new Map(), log = [], sockets = new Set();
  const server = createServer((request, response) => {
    const url = new URL(request.url, `http://${request.headers.host}`);
    const asked = {
      time: Date.now(), method: request.method, host: url.hostname, path: url.pathname, headers: request.headers, query: url.searchParams,
      count: log.filter((entry) => entry.path === url.pathname && entry.host === url.hostname).length,
    };
    log.push(asked);
    const give = offered.get(url.pathname) ?? inFolder(url.pathname);
    if (!give) {
      response.writeHead(404).end();
      return;
    }
    request.resume();
    give(asked, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  let rooms = 0;

  function inFolder(pathname) {
    const [prefix] = [...folders.keys()].filter((start) => pathname.startsWith(start));
    const place = prefix && !pathname.includes('..') && path.join(folders.get(prefix), pathname.slice(prefix.length));
    return place && existsSync(place) ? file(readFileSync(place), { type: types[path.extname(place)] }) : undefined;
  }

  /** A part of the site for one test: its own paths, and so its own record. */
  function room() {
    const prefix = `/${++rooms}/`;
    const self = {
      port,
      /** What was asked of this room under these names, or of all of it. */
      log: (...names) => log.filter((entry) => entry.path.startsWith(prefix) && (names.length === 0 || names.includes(entry.path.slice(prefix.length)))),
      /** An address of the room; the host is one of `HOSTS` or 127.0.0.1. */
      url: (name, host = 'news.example') => `http://${host}:${port}${prefix}${name}`,
      /** Offers bytes or text, or whatever a function `(asked, response)` gives. */
      put(name, content, options = {}) {
        offered.set(prefix + name.split('?')[0], typeof content === 'function' ? content : file(content, { type: types[path.extname(name.split('?')[0])], ...options }));
        return self;
      },
      /** Offers all files of a folder of this machine. */
      putFolder(name, place) {
        folders.set(prefix + name, place);
        return self;
      },
      /** Offers a document with this body and opens nothing; returns its address. */
      page(name, body, { head = '', host, headers } = {}) {
        self.put(name, `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,"><style>body{margin:40px}img,video{display:block;margin:40px 0}</style>${head}<body>${body}`, { headers });
        return self.url(name, host);
      },
    };
    return self;
  }

  return {
    port,
    log,
    room,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      for (const socket of sockets) socket.destroy();
    }),
  };
}

/** A file as good servers give it: with a tag, a length, ranges, and kept for a while. */
export function file(content, { type = 'application/octet-stream', headers = {}, status = 200, ranges = true } = {}) {
  const bytes = Buffer.from(content);
  const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  return (asked, response) => {
    const common = { 'Content-Type': type, 'Cache-Control': 'max-age=600', ETag: tag, 'Accept-Ranges': ranges ? 'bytes' : 'none', ...headers };
    for (const [name, value] of Object.entries(common)) if (value === null) delete common[name];
    if (asked.headers['if-none-match'] === tag && common.ETag) {
      response.writeHead(304, common).end();
      return;
    }
    const range = ranges && status === 200 && /^bytes=(\d+)-(\d*)$/.exec(asked.headers.range ?? '');
    if (range) {
      const first = Number(range[1]), last = Math.min(range[2] ? Number(range[2]) : Infinity, bytes.length - 1);
      if (first > last) response.writeHead(416, { 'Content-Range': `bytes */${bytes.length}` }).end();
      else response.writeHead(206, { ...common, 'Content-Range': `bytes ${first}-${last}/${bytes.length}`, 'Content-Length': last + 1 - first }).end(bytes.subarray(first, last + 1));
      return;
    }
    response.writeHead(status, { ...common, 'Content-Length': bytes.length }).end(asked.method === 'HEAD' ? undefined : bytes);
  };
}

/** Gives one of several files by what is asked. */
export const choose = (which, ...given) => {
  const gives = given.map(([content, options]) => file(content, { ...options, headers: { 'Cache-Control': 'no-store', ETag: null, ...options?.headers } }));
  return (asked, response) => gives[which(asked)](asked, response);
};

export const redirect = (to, status = 302) => (asked, response) => response.writeHead(status, { Location: to, 'Cache-Control': 'no-store' }).end();

/** Gives a file in small pieces over so many milliseconds. */
export const slow = (content, milliseconds, { type, pieces = 10 } = {}) => (asked, response) => {
  const bytes = Buffer.from(content);
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': bytes.length, 'Cache-Control': 'no-store' });
  let at = 0;
  const timer = setInterval(() => {
    const end = Math.min(bytes.length, at + Math.ceil(bytes.length / pieces));
    response.write(bytes.subarray(at, end));
    at = end;
    if (at === bytes.length) {
      clearInterval(timer);
      response.end();
    }
  }, milliseconds / pieces);
  response.on('close', () => clearInterval(timer));
};

/** Begins like a file and never ends. */
export const endless = (content, { type, most = 1 << 30 } = {}) => (asked, response) => {
  response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  response.write(content);
  const more = Buffer.alloc(1 << 18);
  let sent = content.length;
  const fill = () => {
    while (sent < most && !response.destroyed) {
      sent += more.length;
      if (!response.write(more)) {
        response.once('drain', fill);
        return;
      }
    }
  };
  fill();
};

/** Says it is longer than it is, and hangs up. */
export const cutOff = (content, { type, claimed = Buffer.from(content).length * 2 } = {}) => (asked, response) => {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': claimed, 'Cache-Control': 'no-store' });
  response.write(content, () => setTimeout(() => response.destroy(), 100));
};

/** Answers nothing. */
export const hang = () => () => {};
