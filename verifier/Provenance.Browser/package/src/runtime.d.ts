/** The runtime's three scripts, bundled into engine.js (Build/bundle.mjs), and what is used of them. */
declare module 'runtime:dotnet.js' {
  interface Dotnet {
    withConfig(config: object): Dotnet;
    withResourceLoader(load: (type: string) => Promise<Response> | undefined): Dotnet;
    create(): Promise<Runtime>;
  }

  interface Runtime {
    setModuleImports(module: string, imports: object): void;
    getAssemblyExports(assembly: string): Promise<unknown>;
  }

  export const dotnet: Dotnet;
}

declare module 'runtime:dotnet.runtime.js' {
  interface RuntimeGlobals {
    readonly loaderHelpers: { readonly wasmCompilePromise: { readonly promise_control: { resolve(compiled: WebAssembly.Module): void } } };
  }

  export function setRuntimeGlobals(globals: RuntimeGlobals): void;
}

declare module 'runtime:dotnet.native.js';

/** The engine as the build makes it, beside the worker. */
declare module '*/engine/engine.js' {
  export const startEngine: import('./engine.js').EngineModule['startEngine'];
}
