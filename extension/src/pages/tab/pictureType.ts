const ASCII = new TextDecoder('latin1');

/** The type of a picture that holds no program, by its first bytes; null for everything else, SVG among it. */
export function pictureType(bytes: Uint8Array): string | null {
  const text = (start: number, end: number) => ASCII.decode(bytes.subarray(start, end));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff)
    return 'image/jpeg';
  if (text(0, 8) === '\x89PNG\r\n\x1a\n')
    return 'image/png';
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a')
    return 'image/gif';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP')
    return 'image/webp';
  return text(4, 8) === 'ftyp' && /^avi[fs]$/.test(text(8, 12)) ? 'image/avif' : null;
}
