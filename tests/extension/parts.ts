// What of the content script is tested in pages of its own.
import { createDisplayWatch } from '../../extension/src/content/display.js';
import { createLabels } from '../../extension/src/content/labels/labels.js';

Object.assign(globalThis, { provenance: { createDisplayWatch, createLabels } });
