// PNG files from functions of x and y; the same bytes on every machine, as zlib differs between versions of Node and fflate does not.
import { zlibSync } from 'fflate';

/** A PNG of 8-bit RGBA; `more` are further chunks before the picture. */
export function png(width, height, colourOf, ...more) {
  const rows = Buffer.alloc(height * (1 + 4 * width));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(colourOf(x, y), y * (1 + 4 * width) + 1 + 4 * x);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...[['IHDR', header], ...more, ['IDAT', Buffer.from(zlibSync(rows))], ['IEND', Buffer.alloc(0)]].map(([type, body]) => chunk(type, body)),
  ]);
}

function chunk(type, body) {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const framed = Buffer.alloc(12 + body.length);
  framed.writeUInt32BE(body.length, 0);
  framed.set(typed, 4);
  framed.writeUInt32BE(crc32(typed), 8 + body.length);
  return framed;
}

// Node 20 before 20.15 has none in zlib.
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) crc = (crc >>> 8) ^ TABLE[(crc ^ byte) & 0xff];
  return ~crc >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, start) => {
  let crc = start;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});
