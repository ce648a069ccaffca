import type { Size } from './media.js';

/** Media shown smaller than this many CSS pixels either way are checked only when the reader asks. */
export const SMALLEST: Size = { width: 64, height: 64 };

/** Bytes of a medium that is checked unasked (attacks.md K18), and of one that the reader asks about. */
export const MOST_BYTES = { sight: 32 << 20, reader: 512 << 20 } as const;

/** Milliseconds for the bytes of a medium to arrive. */
export const MOST_READING_TIME = { sight: 20_000, reader: 120_000 } as const;

/** Bytes that are hashed in one piece; the engine hashes longer files as it reads them. */
export const MOST_HASHED = 64 << 20;

/** Milliseconds for the engine to answer (attacks.md K19). */
export const MOST_ENGINE_TIME = 10_000;

/** Milliseconds without a question after which the engine gives its memory back (some 200 MiB); it starts anew in half a second. */
export const ENGINE_IDLE = 10_000;

/** Media that are read to their end or checked at the same time. */
export const AT_ONCE = 3;

/** Media whose start is looked at at the same time, these among them: what is waited for is the browser's cache. */
export const LOOKED_AT_ONCE = 12;

/** Media of a frame that are kept; what is beyond is counted. */
export const MOST_MEDIA = 20_000;

/** Characters of an address; media with longer ones are not told of. */
export const MOST_URL = 32 << 10;
