import { CryptoImports, type EngineBytes } from './crypto.js';
import { VerifierError } from './errors.js';
import { fetchFile, type EngineFiles, type PackedAssembly } from './files.js';
import { loadSha2 } from './sha2.js';
import type { Source } from './source.js';

/** Engine.cs. */
interface EngineExports {
  AddPolicy(policy: number, json: string): void;
  ForgetPolicy(policy: number): void;
  Verify(question: number, length: number, policy: number, time: number, name: string | null, manifest: Uint8Array | null): Promise<string>;
  Cancel(question: number): void;
  Forget(question: number): void;
  Told(question: number, language: string): string;
  Load(assembly: Uint8Array, isLast: boolean): void;
  Full(question: number): Promise<string>;
  Page(question: number, language: string, inFull: boolean): Promise<string>;
  Html(question: number, language: string): Promise<string>;
  Boxes(question: number): Promise<string>;
}

/** What is used of the runtime's dotnet.js. */
interface DotnetModule {
  readonly dotnet: {
    withConfig(config: object): DotnetModule['dotnet'];
    withResourceLoader(load: (type: string, name: string, uri: string, integrity: string, behavior: string) => string | Promise<Response> | undefined): DotnetModule['dotnet'];
    create(): Promise<Runtime>;
  };
}

interface Runtime {
  setModuleImports(module: string, imports: object): void;
  getAssemblyExports(assembly: string): Promise<unknown>;
  runMain(): Promise<number>;
}

const host = 'Provenance.Browser';

/** These two are there before all others. */
const core = ['System.Private.CoreLib.dll', 'System.Runtime.InteropServices.JavaScript.dll'];

/** The verifier in this worker. */
export class Engine {
  readonly calls: EngineExports;
  readonly #metadataBase: string;
  readonly #files: EngineFiles;
  #further: Promise<void> | null = null;

  private constructor(calls: EngineExports, metadataBase: string, files: EngineFiles) {
    this.calls = calls;
    this.#metadataBase = metadataBase;
    this.#files = files;
  }

  /** Starts it. All files are on their way at once. */
  static async start(base: string, metadataBase: string, files: EngineFiles, sourceOf: (question: number) => Source): Promise<Engine> {
    requirePlatform();
    const pack = fetchFile(base, files.pack).then(async (response) => new Uint8Array(await response.arrayBuffer()));
    const wasm = fetchFile(base, files.wasm);
    // A fault that comes while another is waited for is heard of when its turn comes.
    for (const waiting of [pack, wasm]) waiting.catch(() => undefined);
    const sha2 = loadSha2();
    const { scripts } = files;
    // Scripts cannot be imported with a digest: what was fetched with one stands in the cache when the import asks.
    await Promise.all([scripts.dotnet, scripts.runtime, scripts.native].map((script) => fetchFile(base, script)));
    const [{ dotnet }, bytes] = await Promise.all([import(/* @vite-ignore */ new URL(scripts.dotnet.path, base).href) as Promise<DotnetModule>, pack]);
    await wasm;
    const entry = (name: string): object => ({ virtualPath: name, name });
    const assemblies = files.pack.assemblies;
    const runtime = await dotnet
      .withConfig({
        mainAssemblyName: `${host}.dll`,
        globalizationMode: 'invariant',
        resources: {
          jsModuleNative: [{ name: scripts.native.path }],
          jsModuleRuntime: [{ name: scripts.runtime.path }],
          wasmNative: [{ name: files.wasm.path }],
          coreAssembly: core.map(entry),
          assembly: assemblies.map((assembly) => assembly.name).filter((name) => !core.includes(name)).map(entry),
        },
      })
      .withResourceLoader((type, name, uri) => {
        if (type === 'dotnetwasm') return wasm;
        if (type === 'assembly') return Promise.resolve(new Response(unpacked(bytes, assemblies, name)));
        return new URL(uri.split('/').at(-1)!, new URL(scripts.dotnet.path, base)).href;
      })
      .create();
    runtime.setModuleImports('crypto', bound(new CryptoImports(await sha2, sourceOf)));
    runtime.setModuleImports('source', {
      read: (question: number, offset: number, to: EngineBytes) => sourceOf(question).read(offset, to),
      fetch: (question: number, offset: number, length: number) => sourceOf(question).fetch(offset, length),
    });
    await runtime.runMain();
    const calls = (await runtime.getAssemblyExports(`${host}.dll`)) as { Provenance: { Browser: { Engine: EngineExports } } };
    return new Engine(calls.Provenance.Browser.Engine, metadataBase, files);
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
    const { metadata } = this.#files;
    const response = await fetchFile(this.#metadataBase, metadata);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const last = metadata.assemblies.at(-1);
    for (const assembly of metadata.assemblies) this.calls.Load(unpacked(bytes, metadata.assemblies, assembly.name), assembly === last);
  }
}

function unpacked(pack: Uint8Array<ArrayBuffer>, assemblies: readonly PackedAssembly[], name: string): Uint8Array<ArrayBuffer> {
  const assembly = assemblies.find((packed) => packed.name === name);
  if (!assembly) throw new VerifierError('internal', `there is no assembly ${name}`);
  return pack.subarray(assembly.offset, assembly.offset + assembly.length);
}

function bound(imports: CryptoImports): object {
  return {
    digestBytes: imports.digestBytes.bind(imports),
    digestParts: imports.digestParts.bind(imports),
    digestLater: imports.digestLater.bind(imports),
    takeDigest: imports.takeDigest.bind(imports),
    check: imports.check.bind(imports),
  };
}

function requirePlatform(): void {
  if (typeof WebAssembly !== 'object') throw new VerifierError('unsupported', 'this browser has no WebAssembly, or does not let this page use it');
  if (globalThis.crypto?.subtle === undefined) throw new VerifierError('unsupported', 'WebCrypto is there only for pages from https:// or from this machine');
}
