// Files as a person has them, for a page that is tested.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRepository, shared, sharedIsAbsent } from './repository.mjs';

/** A file for the page: what it is called, the type that a browser gave it, and its bytes in Base64. */
export const file = (name, content, type = '') => ({ name, type, base64: Buffer.from(content).toString('base64') });

/** A file of the disk, under its own name or another one. */
export const fileAt = async (place, name = path.basename(place)) => file(name, await readFile(place));

export const samplePath = (name) => inRepository('tests/samples', name);

export const sample = (name, as = name) => fileAt(samplePath(name), as);

/** A folder for files of a test. */
export const scratch = () => mkdtemp(path.join(tmpdir(), 'provenance-page-files-'));

/** A file of 100 GB, nearly all of them empty: no test lasts until it is read. It needs no room on the disk. */
export async function largeFile(folder) {
  const place = path.join(folder, 'large.jpg');
  await writeFile(place, await readFile(samplePath('good.jpg')));
  await truncate(place, 100_000_000_000);
  return place;
}

/** The eight labels, as the files of `labelFiles` are called. */
export const labels = ['intact-known', 'intact-unknown-issuer', 'intact-time-unproven', 'revoked', 'broken', 'unreadable', 'not-checked', 'none'];

/** What a file may say of itself to be more than text. */
export const hostileStrings = [
  '<img src=x onerror="globalThis.ran=1">', '"><script>globalThis.ran=1</script>', "'onmouseover='globalThis.ran=1", '</bdi></title></style><b>', '{issuer} {0} ${x}',
  'javascript:globalThis.ran=1', 'https://elsewhere.example/click', '\u202eGPJ.exe', '\u2066\u2067x', '&lt;b&gt;', 'a\u0301\u0301\u0301\u0301\u0301\u0301', 'W'.repeat(300),
];

/** Has the test kit sign a picture for each label and one that is full of hostile words: their folder, with `anchors.pem` and `tsa-anchors.pem`. */
export async function labelFiles() {
  const strings = JSON.stringify([...hostileStrings, ...await sharedStrings()]);
  return made('--labels', async (folder) => {
    await writeFile(path.join(folder, 'strings.json'), strings);
    return [path.join(folder, 'strings.json')];
  });
}

/** Has the test kit sign a picture whose signer's certificate names a responder: `photo.jpg`, `anchors.pem`, and the answers `good.der` and `revoked.der`. */
export const revocationFiles = () => made('--revocation');

/** A folder that the test kit filled. */
async function made(what, further = async () => []) {
  const program = ['Release', 'Debug'].map((name) => inRepository(`tests/Provenance.Samples/bin/${name}/net10.0/Provenance.Samples.dll`)).find(existsSync);
  if (!program) throw new Error('the samples are not built: dotnet build -c Release tests/Provenance.Samples');
  const folder = await scratch();
  const [status] = await once(spawn('dotnet', [program, what, folder, ...await further(folder)], { stdio: ['ignore', 'ignore', 'inherit'] }), 'exit');
  if (status !== 0) throw new Error(`Provenance.Samples ended with ${status}`);
  return { folder, at: (name) => path.join(folder, name), remove: () => rm(folder, { recursive: true }) };
}

async function sharedStrings() {
  if (sharedIsAbsent) return [];
  return JSON.parse(await readFile(path.join(shared, 'vectors/strings/ui/hostile-strings.json'), 'utf8')).map(({ text }) => text);
}

/** Runs in the page: whether it takes what is held over it. It begins to listen some time after it is drawn. */
export function takesFiles() {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([], 'held'));
  const held = new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer });
  const target = document.querySelector('main');
  target.dispatchEvent(held);
  target.dispatchEvent(new DragEvent('dragleave', { bubbles: true }));
  return held.defaultPrevented;
}

/**
 * Runs in the page: drops files or pastes them. The event is of our making; what it carries is what a browser puts in when a person does it,
 * a DataTransfer of files. Whether the page took it.
 */
export function hand({ manner, files = [], words = {} }) {
  const transfer = new DataTransfer();
  for (const { name, type, base64 } of files) transfer.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name, { type }));
  for (const [kind, text] of Object.entries(words)) transfer.setData(kind, text);
  const target = document.querySelector('main');
  const common = { bubbles: true, cancelable: true };
  const event = (name) => (manner === 'paste' ? new ClipboardEvent(name, { ...common, clipboardData: transfer }) : new DragEvent(name, { ...common, dataTransfer: transfer }));
  if (manner === 'drop') target.dispatchEvent(event('dragover'));
  const last = event(manner);
  // Firefox lets no script put files into a clipboard event.
  if (manner === 'paste') Object.defineProperty(last, 'clipboardData', { value: transfer });
  target.dispatchEvent(last);
  return last.defaultPrevented;
}
