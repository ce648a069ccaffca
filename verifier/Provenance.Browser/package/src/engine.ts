import { dotnet } from 'runtime:dotnet.js';
import * as nativeScript from 'runtime:dotnet.native.js';
import * as runtimeScript from 'runtime:dotnet.runtime.js';
import { CryptoImports, type EngineBytes } from './crypto.js';
import type { PackedAssembly } from './files.js';
import type { ResponseCalls } from './responses.js';
import type { Source } from './source.js';

/** Engine.cs. */
export interface EngineExports extends ResponseCalls {
  BeginPolicy(): void;
  AddList(role: string, name: string, bytes: Uint8Array, sha256: string, purposes: string | null): void;
  AddPolicy(policy: number, time: number, looksUp: boolean, olderTimeModel: boolean, digest: boolean, shown: string, identityIssuers: string[]): void;
  ForgetPolicy(policy: number): void;
  ListSigner(content: Uint8Array, signature: Uint8Array): Promise<string>;
  OpenQuestions(question: number): string;
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

/** What the worker fetched, and knows to be what the build made. */
export interface EngineParts {
  /** The runtime. */
  readonly wasm: WebAssembly.Module;
  /** Assemblies, one behind the other. */
  readonly pack: ArrayBuffer;
  readonly assemblies: readonly PackedAssembly[];
}

/** What the worker uses of this script, which it imports when it knows it to be the one it was built with. */
export interface EngineModule {
  startEngine(parts: EngineParts, sourceOf: (question: number) => Source): Promise<EngineExports>;
}

const host = 'Provenance.Browser';

/** These two are there before all others. */
const core = ['System.Private.CoreLib.dll', 'System.Runtime.InteropServices.JavaScript.dll'];

/** The answer to the loader's request for the code, which it has already. */
const never = new Promise<Response>(() => undefined);

/** Starts the verifier in this worker. */
export async function startEngine({ wasm, pack, assemblies }: EngineParts, sourceOf: (question: number) => Source): Promise<EngineExports> {
  const entry = ({ name, offset, length }: PackedAssembly): object => ({ virtualPath: name, name, buffer: new Uint8Array(pack, offset, length) });
  const isCore = ({ name }: PackedAssembly): boolean => core.includes(name);
  const runtime = await dotnet
    .withConfig({
      mainAssemblyName: `${host}.dll`,
      globalizationMode: 'invariant',
      resources: {
        jsModuleNative: [{ name: 'dotnet.native.js', moduleExports: nativeScript }],
        jsModuleRuntime: [{ name: 'dotnet.runtime.js', moduleExports: runtimeScriptWith(wasm) }],
        wasmNative: [{ name: 'dotnet.native.wasm' }],
        coreAssembly: assemblies.filter(isCore).map(entry),
        assembly: assemblies.filter((assembly) => !isCore(assembly)).map(entry),
      },
    })
    .withResourceLoader((type) => (type === 'dotnetwasm' ? never : undefined))
    .create();
  const imports = new CryptoImports(sourceOf);
  runtime.setModuleImports('crypto', {
    digestBytes: imports.digestBytes.bind(imports),
    digestParts: imports.digestParts.bind(imports),
    digestLater: imports.digestLater.bind(imports),
    takeDigest: imports.takeDigest.bind(imports),
    check: imports.check.bind(imports),
  });
  runtime.setModuleImports('source', {
    read: (question: number, offset: number, to: EngineBytes) => sourceOf(question).read(offset, to),
    fetch: (question: number, offset: number, length: number) => sourceOf(question).fetch(offset, length),
  });
  // The host's Main does nothing, and is not run: it would be a tenth of the start.
  const calls = (await runtime.getAssemblyExports(`${host}.dll`)) as { Provenance: { Browser: { Engine: EngineExports } } };
  return calls.Provenance.Browser.Engine;
}

/**
 * The runtime's script, which is told of the compiled code as soon as it is asked what it needs. By itself it would begin to compile when
 * all scripts are there; by then the worker has it compiled.
 */
function runtimeScriptWith(wasm: WebAssembly.Module): typeof runtimeScript {
  return {
    ...runtimeScript,
    setRuntimeGlobals(globals) {
      runtimeScript.setRuntimeGlobals(globals);
      globals.loaderHelpers.wasmCompilePromise.promise_control.resolve(wasm);
    },
  };
}
