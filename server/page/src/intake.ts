import type { Given, Origin } from './state.js';

/** Files opened at once: more than a person looks at, fewer than a page gets slow with. */
export const MOST_FILES = 300;

/** What was chosen or dropped, and whether there was more. */
export interface Intake {
  readonly files: readonly Given[];
  readonly isCut: boolean;
}

export function given(files: Iterable<File>, origin: Origin = 'given'): Intake {
  const all = [...files].filter(file => !isOfSystem(file.name));
  const paired = pairedWithManifests(all, origin);
  return { files: paired.slice(0, MOST_FILES), isCut: paired.length > MOST_FILES };
}

/** A manifest store that is named after another of the files (photo.jpg.c2pa or photo.c2pa beside photo.jpg) goes with it. */
function pairedWithManifests(files: readonly File[], origin: Origin): readonly Given[] {
  const stores = new Map(files.filter(file => isStore(file)).map(file => [file.name, file]));
  const taken = new Set<File>();
  const paired = files.filter(file => !isStore(file)).map((file): Given => {
    const store = stores.get(`${file.name}.c2pa`) ?? stores.get(file.name.replace(/\.[^.]*$/, '.c2pa'));
    if (store === undefined)
      return { name: file.name, blob: file, origin };
    taken.add(store);
    return { name: file.name, blob: file, origin, manifest: { name: store.name, blob: store } };
  });
  return [...paired, ...[...stores.values()].filter(store => !taken.has(store)).map(store => ({ name: store.name, blob: store, origin }))];
}

function isStore(file: File): boolean {
  return file.name.endsWith('.c2pa');
}

/** What operating systems put into folders for themselves. */
function isOfSystem(name: string): boolean {
  return name === '.DS_Store' || name === 'Thumbs.db' || name === 'desktop.ini' || name.startsWith('._');
}

/**
 * What was dropped. Folders are walked; what the browser tells has to be asked for before the first pause, or it is gone.
 */
export async function dropped(transfer: DataTransfer): Promise<Intake> {
  const entries = [...transfer.items].filter(item => item.kind === 'file').map(item => item.webkitGetAsEntry?.() ?? null);
  const plain = [...transfer.files];
  if (!entries.some(entry => entry?.isDirectory))
    return given(plain);
  const files: File[] = [];
  // Breadth first, so that a deep folder does not hide the files beside it.
  const open = entries.filter(entry => entry !== null);
  for (let entry = open.shift(); entry !== undefined && files.length <= MOST_FILES; entry = open.shift()) {
    if (entry.isFile)
      files.push(await fileOf(entry as FileSystemFileEntry));
    else
      open.push(...await entriesOf(entry as FileSystemDirectoryEntry));
  }
  return given(files);
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A browser hands out the entries of a folder in portions, until one is empty. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  while (all.length <= MOST_FILES) {
    const portion = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0)
      break;
    all.push(...portion);
  }
  return all.sort((one, other) => one.name < other.name ? -1 : 1);
}

/** What was pasted. A picture that has no file behind it gets the same name in every browser: it is a copy made for the purpose. */
export function pasted(transfer: DataTransfer): Intake {
  const isCopy = [...transfer.types].some(type => type === 'text/html') || [...transfer.files].every(file => file.name === 'image.png');
  return given(transfer.files, isCopy ? 'pasted' : 'given');
}
