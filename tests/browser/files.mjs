// Files as a person has them, for pages that are tested.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inRepository } from './repository.mjs';

/** A file of the disk, under its own name or another one. */
export async function fileAt(place, name = path.basename(place)) {
  return { name, type: '', base64: (await readFile(place)).toString('base64') };
}

export const sample = (file, name) => fileAt(inRepository('tests/samples', file), name);

/** A file of these words. */
export const textFile = (name, text, type = '') => ({ name, type, base64: Buffer.from(text).toString('base64') });

/** Where a sample lies, for what is chosen from the disk. */
export const samplePath = (file) => inRepository('tests/samples', file);

/**
 * Runs in the page: drops files, or pastes them, as a browser does when a person does it. The events are of our making; what they carry is
 * what a browser would put in: File objects in a DataTransfer.
 */
export function hand({ files, manner, words = {} }) {
  const transfer = new DataTransfer();
  for (const { name, type, base64 } of files) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    transfer.items.add(new File([bytes], name, { type }));
  }
  for (const [kind, text] of Object.entries(words)) transfer.setData(kind, text);
  const target = document.querySelector('main') ?? document.body;
  const options = { bubbles: true, cancelable: true };
  if (manner === 'paste') {
    const event = new ClipboardEvent('paste', { ...options, clipboardData: transfer });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  }
  target.dispatchEvent(new DragEvent('dragover', { ...options, dataTransfer: transfer }));
  const event = new DragEvent('drop', { ...options, dataTransfer: transfer });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}
