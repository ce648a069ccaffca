import { cpSync, createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** Files that lie beside the page under the names they are asked for by, and are no part of its bundle. */
export interface Beside {
  /** Single files: a name in the page's folder, and what it holds. */
  readonly files: Readonly<Record<string, string | Buffer>>;
  /** Whole folders: a name in the page's folder, and the folder. */
  readonly folders: Readonly<Record<string, string>>;
}

/** Copies them when the page is built, and serves them while it is written. */
export function beside({ files, folders }: Beside): Plugin {
  let target = '';
  return {
    name: 'provenance:beside',
    configResolved(config) {
      target = resolve(config.root, config.build.outDir);
    },
    generateBundle() {
      for (const [fileName, source] of Object.entries(files))
        this.emitFile({ type: 'asset', fileName, source });
    },
    writeBundle() {
      for (const [name, folder] of Object.entries(folders))
        cpSync(folder, join(target, name), { recursive: true, dereference: true });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = decodeURIComponent(new URL(request.url ?? '/', 'http://page').pathname).slice(1);
        const file = files[path];
        if (file !== undefined) {
          response.end(file);
          return;
        }
        const [name, folder] = Object.entries(folders).find(([name]) => path.startsWith(`${name}/`)) ?? [];
        const place = name === undefined || folder === undefined || path.includes('..') ? '' : join(folder, path.slice(name.length + 1));
        if (place === '' || !existsSync(place) || !statSync(place).isFile()) {
          next();
          return;
        }
        response.setHeader('Content-Type', TYPES[place.slice(place.lastIndexOf('.'))] ?? 'application/octet-stream');
        createReadStream(place).pipe(response);
      });
    },
  };
}

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };

/**
 * The lists of a folder as the page reads them: `trust.json` where a script packed it, else each list of it. JSON tells what it is for, and
 * JSON that is no list is passed over; a PEM file is for time stamps where its name says TSA, for who vouches for statements where it says
 * identity, else for signers. A list that is there in both forms is read from JSON, which says more.
 */
export function packedLists(folder: string): string {
  const packed = join(folder, 'trust.json');
  if (existsSync(packed))
    return readFileSync(packed, 'utf8');
  const files = readdirSync(folder).filter(name => /\.(pem|json)$/.test(name)).sort();
  const lists = files.filter(name => name.endsWith('.json') && isList(readFileSync(join(folder, name), 'utf8')));
  const names = files.filter(name => lists.includes(name) || (name.endsWith('.pem') && !lists.includes(name.replace(/\.pem$/, '.json'))));
  if (names.length === 0)
    throw new Error(`${folder} holds no trust list (.pem or .json)`);
  return JSON.stringify(names.map(name => ({ role: roleOf(name), name, content: readFileSync(join(folder, name)).toString('base64') })));
}

/** Whether JSON is a list of trusted entities (ETSI TS 119 602), or one of our own form. */
function isList(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && ('LoTE' in json || ('format' in json && 'kind' in json));
  } catch {
    return false;
  }
}

function roleOf(name: string): string {
  if (name.endsWith('.json'))
    return 'any';
  return /tsa|time-?stamp/i.test(name) ? 'time-stamp-anchors' : /identity/i.test(name) ? 'identity-anchors' : 'anchors';
}
