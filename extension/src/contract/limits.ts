import type { Size } from './media.js';

/** Media shown smaller than this many CSS pixels either way are checked only when the reader asks. */
export const SMALLEST: Size = { width: 64, height: 64 };

/** Bytes of a medium that is checked unasked (attacks.md K18), and of one that the reader asks about. */
export const MOST_BYTES = { sight: 32 << 20, reader: 512 << 20 } as const;

/** Milliseconds for the bytes of a medium to arrive. */
export const MOST_READING_TIME = { sight: 20_000, reader: 120_000 } as const;

/** Milliseconds for the engine to answer (attacks.md K19). */
export const MOST_ENGINE_TIME = 10_000;

/** Media that are read or checked at the same time. */
export const AT_ONCE = 3;

/** Media of a frame that are kept; what is beyond is counted. */
export const MOST_MEDIA = 20_000;

/** Bytes in one message of a port, before Base64. A message is copied half a dozen times on its way; memory for larger ones is not given back soon. */
export const CHUNK = 96 << 10;

/** Chunks that are sent before the first of them is known to have arrived. */
export const CHUNKS_AHEAD = 4;

/** Characters of an address; media with longer ones are not told of. */
export const MOST_URL = 32 << 10;
