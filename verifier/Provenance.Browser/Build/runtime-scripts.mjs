// The runtime's own scripts, for engine.ts, without what nobody reaches and a reviewer would have to worry about: code that is made of text,
// modules that are imported by an address worked out while running, and text that becomes HTML.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const never = (why) => `(()=>{throw new Error("${why}")})()`;

/** What is taken out of a script: what it looks like, how often it is there, and what stands there instead. */
const CUTS = {
  'dotnet.js': [
    // Its parts are handed over (engine.ts); literal names are Node's own modules.
    { what: /\bimport\((?:\/\*! webpackIgnore: true \*\/)?(?!\/\*|["'])(?:[^()]|\([^()]*\))*\)/g, times: 6, instead: never('nothing is imported by an address') },
    // A sign for test drivers at the end of a program.
    { what: /\.innerHTML=(?=""\+)/g, times: 1, instead: '.textContent=' },
  ],
  'dotnet.runtime.js': [
    // JSHost.ImportAsync.
    { what: /\bimport\((?:\/\*! webpackIgnore: true \*\/)?(?!\/\*|["'])(?:[^()]|\([^()]*\))*\)/g, times: 1, instead: never('nothing is imported by an address') },
    // A debugger's.
    { what: /new Function\("proxy",\w+\)\(\w+\)/g, times: 1, instead: never('no code is made of text') },
  ],
  'dotnet.native.js': [],
};

/** @param {string} folder Of the runtime. */
export function runtimeScripts(folder) {
  return {
    name: 'runtime-scripts',
    enforce: 'pre',
    resolveId: (name) => (name.startsWith('runtime:') ? `\0${name}` : null),
    async load(id) {
      if (!id.startsWith('\0runtime:'))
        return null;
      const name = id.slice('\0runtime:'.length);
      const text = cut(name, await readFile(path.join(folder, name), 'utf8'));
      // Places beside the script, and no assets of this build.
      return text.replaceAll(/new URL\((?="[^"]*",import\.meta\.url\))/g, 'new URL(/* @vite-ignore */');
    },
  };
}

/** Another version of the runtime may be written otherwise: that is told and not passed over. */
function cut(name, text) {
  for (const { what, times, instead } of CUTS[name]) {
    const found = text.match(what)?.length ?? 0;
    if (found !== times)
      throw new Error(`${name}: ${what} is there ${found} times and not ${times}`);
    text = text.replaceAll(what, instead);
  }
  return text;
}
