import type { EngineExports, EngineModule } from './engine.js';
import { VerifierError } from './errors.js';
import { fetchFile, type EngineFiles } from './files.js';
import type { Source } from './source.js';

/** The files of an engine, all of them on their way at once. */
export class EngineLoad {
  readonly #files: EngineFiles;
  readonly #script: Promise<EngineModule>;
  readonly #wasm: Promise<WebAssembly.Module>;
  readonly #pack: Promise<ArrayBuffer>;

  /** @param base The worker's own address, beside which they lie. */
  constructor(base: string, files: EngineFiles) {
    this.#files = files;
    this.#wasm = fetchFile(base, files.wasm).then(compile);
    // A script cannot be imported with a digest: what was fetched with one stands in the cache when the import asks.
    this.#script = fetchFile(base, files.script).then(() => import('./engine/engine.js'));
    this.#pack = fetchFile(base, files.pack).then((response) => response.arrayBuffer());
    // A fault that comes while another file is waited for is heard of when its turn comes.
    for (const file of [this.#wasm, this.#script, this.#pack]) file.catch(() => undefined);
  }

  /** Starts it. */
  async start(metadataBase: string, sourceOf: (question: number) => Source): Promise<Engine> {
    requirePlatform();
    const [script, wasm, pack] = await Promise.all([this.#script, this.#wasm, this.#pack]);
    const calls = await script.startEngine({ wasm, pack, assemblies: this.#files.pack.assemblies }, sourceOf);
    return new Engine(calls, metadataBase, this.#files.metadata);
  }
}

/** The verifier in this worker. */
export class Engine {
  readonly calls: EngineExports;
  readonly #metadataBase: string;
  readonly #metadata: EngineFiles['metadata'];
  #further: Promise<void> | null = null;

  constructor(calls: EngineExports, metadataBase: string, metadata: EngineFiles['metadata']) {
    this.calls = calls;
    this.#metadataBase = metadataBase;
    this.#metadata = metadata;
  }

  /** Brings in what answers after the verdict: the second bundle, fetched when it is first needed. */
  furtherReady(): Promise<void> {
    this.#further ??= this.#loadFurther().catch((fault: unknown) => {
      // One that could not be had may be there the next time.
      this.#further = null;
      throw fault;
    });
    return this.#further;
  }

  async #loadFurther(): Promise<void> {
    const response = await fetchFile(this.#metadataBase, this.#metadata);
    const pack = await response.arrayBuffer();
    const last = this.#metadata.assemblies.at(-1);
    for (const assembly of this.#metadata.assemblies) this.calls.Load(new Uint8Array(pack, assembly.offset, assembly.length), assembly === last);
  }
}

/** Compiles while the bytes come in, where the server calls them what they are. */
async function compile(response: Response): Promise<WebAssembly.Module> {
  const isNamed = response.headers.get('Content-Type') === 'application/wasm';
  return isNamed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

function requirePlatform(): void {
  if (typeof WebAssembly !== 'object') throw new VerifierError('unsupported', 'this browser has no WebAssembly, or does not let this page use it');
  if (globalThis.crypto?.subtle === undefined) throw new VerifierError('unsupported', 'WebCrypto is there only for pages from https:// or from this machine');
}
