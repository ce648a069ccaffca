/** What the file at an address is called, as a name that every file system takes; a stranger's word. */
export function fileNameOf(url: string): string {
  const path = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? new URL(url).pathname : '';
  const last = decoded(path.slice(path.lastIndexOf('/') + 1));
  const name = last.replace(/[^\p{L}\p{N}._ -]+/gu, '_').replace(/^[.\s_-]+|[.\s]+$/g, '').slice(0, 80);
  return name === '' ? 'file' : name;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  }
  catch {
    return text;
  }
}

/** Types that a page of ours may hand to the browser: none that brings scripts or other files (attacks.md K10). */
const SHOWN: ReadonlySet<string> = new Set([
  'image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif', 'image/heic', 'image/heif', 'image/jxl', 'image/tiff', 'image/bmp',
  'video/mp4', 'video/quicktime', 'video/webm', 'video/x-matroska', 'audio/mp4', 'audio/mpeg', 'audio/wav', 'audio/flac', 'audio/ogg',
]);

export function shownType(mediaType: string | null): string {
  return mediaType !== null && SHOWN.has(mediaType) ? mediaType : 'application/octet-stream';
}
