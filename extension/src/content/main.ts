import { Session } from './session.js';
import { readinessOf } from './tree.js';

/** Seen by none but us; not by the page either. */
const world = globalThis as { isProvenanceThere?: () => boolean };

// Put in at the start of a page and again at a click, the script begins once; and once more where the extension was renewed meanwhile.
if (world.isProvenanceThere?.() !== true) {
  const { runtime } = chrome;
  world.isProvenanceThere = () => runtime.id !== undefined;
  new Session(hasRun());
}

/** Whether the page's own scripts had run before us: at `document_start` there is nothing in the document as yet, or in a blank one all that will be. */
function hasRun(): boolean {
  const isBlank = location.href === 'about:blank';
  return document.scripts.length > 0 || (isBlank ? document.body?.childElementCount > 0 : readinessOf() !== 'loading' || document.body !== null);
}
