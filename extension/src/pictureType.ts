/** The type of a picture that holds no program, by its first bytes; null for everything else, SVG among it. */
export function pictureType(bytes: Uint8Array): string | null {
  const text = (start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));
  if (text(0, 3) === '\xff\xd8\xff')
    return 'image/jpeg';
  if (text(0, 8) === '\x89PNG\r\n\x1a\n')
    return 'image/png';
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a')
    return 'image/gif';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP')
    return 'image/webp';
  return text(4, 8) === 'ftyp' && /^avi[fs]$/.test(text(8, 12)) ? 'image/avif' : null;
}
