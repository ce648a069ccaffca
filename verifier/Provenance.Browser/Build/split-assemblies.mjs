// Which assemblies the verdict needs, and which only what follows it.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const first = 'Provenance.Browser.dll';

/** Refers to all of the second bundle. */
const last = 'Provenance.Browser.Metadata.dll';

/** Two more that the runtime needs before any program. */
const core = ['System.Private.CoreLib.dll', 'System.Runtime.InteropServices.JavaScript.dll'];

/**
 * @param {string} folder The trimmed assemblies.
 * @param {string[]} names Their file names.
 * @returns {Promise<{ ours: string[], later: string[] }>} Those that the host refers to, directly or not; and the others, each behind those it refers to.
 */
export async function splitAssemblies(folder, names) {
  const references = new Map();
  for (const name of names) {
    const bytes = await readFile(path.join(folder, name));
    references.set(name, names.filter((other) => other !== name && isNamedIn(bytes, other)));
  }
  const ours = new Set();
  const open = [first, ...core];
  while (open.length > 0) {
    const name = open.pop();
    if (ours.has(name)) continue;
    ours.add(name);
    open.push(...references.get(name));
  }
  const later = [];
  const seen = new Set(ours);
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const reference of references.get(name)) visit(reference);
    later.push(name);
  };
  visit(last);
  return { ours: names.filter((name) => ours.has(name)), later };
}

/** Whether an assembly names another one: a reference stands in the string heap of its metadata (ECMA-335 §II.24.2.3) as a whole name. */
function isNamedIn(bytes, name) {
  return bytes.includes(`\0${name.slice(0, -4)}\0`);
}
