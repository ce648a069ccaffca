// Where things lie, and what is not there.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export const inRepository = (...parts) => path.join(root, ...parts);

export const shared = path.join(root, '../shared');

/** False, or why what needs it is skipped. */
export const sharedIsAbsent = !existsSync(path.join(shared, 'corpus')) && '../shared is not here';

/** Both bundles, as the build makes them. */
export const artifacts = inRepository('artifacts');

/** The package as Node imports it. */
export const importPackage = () => import(new URL('../../artifacts/browser/index.js', import.meta.url).href);
