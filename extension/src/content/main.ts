import { Session } from './session.js';
import { readinessOf } from './tree.js';

const world = globalThis as { provenanceRuns?: true };

// Put in at the start of a page and again at a click, the script begins once. The page cannot see this mark.
if (!world.provenanceRuns) {
  world.provenanceRuns = true;
  new Session(hasRun());
}

/** Whether the page's own scripts had run before us: at `document_start` there is nothing in the document as yet. */
function hasRun(): boolean {
  return readinessOf(document) !== 'loading' || document.scripts.length > 0 || document.body !== null;
}
