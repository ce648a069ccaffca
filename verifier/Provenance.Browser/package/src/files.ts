import { messageOf, VerifierError } from './errors.js';

/** A file of the engine, and the SHA-256 of its bytes in Base64. */
export interface EngineFile {
  readonly path: string;
  readonly sha256: string;
}

/** An assembly in a pack: all assemblies of a bundle stand in one file, one behind the other. */
export interface PackedAssembly {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

/** What the build puts into the worker (Build/bundle.mjs). */
export interface EngineFiles {
  /** engine.ts with the runtime's scripts. */
  readonly script: EngineFile;
  readonly wasm: EngineFile;
  readonly pack: EngineFile & { readonly assemblies: readonly PackedAssembly[] };
  readonly metadata: EngineFile & { readonly assemblies: readonly PackedAssembly[] };
}

/** A file, only if it is the one this package was built with. */
export async function fetchFile(base: string, file: EngineFile): Promise<Response> {
  const url = new URL(file.path, base);
  if (url.protocol === 'file:') return fromDisk(url, file);
  try {
    const response = await fetch(url, { integrity: `sha256-${file.sha256}`, credentials: 'same-origin' });
    if (response.ok) return response;
    throw new VerifierError('load-failed', `${file.path}: HTTP ${response.status}`);
  } catch (fault) {
    if (fault instanceof VerifierError) throw fault;
    throw await whyNot(url, file, fault);
  }
}

/** Browsers tell a wrong digest and a dead network in the same words: asked once more without a digest, they differ. */
async function whyNot(url: URL, file: EngineFile, fault: unknown): Promise<VerifierError> {
  const isThere = await fetch(url, { cache: 'force-cache', credentials: 'same-origin' }).then((response) => response.ok, () => false);
  return isThere
    ? new VerifierError('integrity', `${file.path} is not the file this package was built with`)
    : new VerifierError('load-failed', `${file.path}: ${messageOf(fault)}`);
}

/** In Node, where the package lies on the disk. */
async function fromDisk(url: URL, file: EngineFile): Promise<Response> {
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(url).catch((fault: Error) => {
    throw new VerifierError('load-failed', `${file.path}: ${fault.message}`);
  });
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  if (btoa(String.fromCharCode(...digest)) !== file.sha256) throw new VerifierError('integrity', `${file.path} is not the file this package was built with`);
  return new Response(bytes, { headers: { 'Content-Type': file.path.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream' } });
}
