import type { FromFrame } from '../contract/frames.js';
import { MOST_MEDIA, MOST_URL } from '../contract/limits.js';
import type { FromView } from '../contract/views.js';

/** What a value must be to be taken. A frame's page may have taken over its process: it gets no further than here. */
type Check = (value: unknown) => boolean;

const isBoolean: Check = (value) => typeof value === 'boolean';
const isNumber: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isTextOf = (most: number): Check => (value) => typeof value === 'string' && value.length <= most;
const isOneOf = (...values: readonly unknown[]): Check => (value) => values.includes(value);
const isListOf = (check: Check, most: number): Check => (value) => Array.isArray(value) && value.length <= most && value.every(check);
const orNull = (check: Check): Check => (value) => value === null || check(value);
const orNothing = (check: Check): Check => (value) => value === undefined || check(value);

/** An object with these members, and perhaps others that nobody looks at. */
const isObjectOf = (members: Readonly<Record<string, Check>>): Check => (value) =>
  typeof value === 'object' && value !== null && Object.entries(members).every(([name, check]) => check((value as Readonly<Record<string, unknown>>)[name]));

/** Pixels; fractions where styles have them. */
const isLength: Check = (value) => typeof value === 'number' && value >= 0 && value <= 1e8;
const isSize = isObjectOf({ width: isLength, height: isLength });
const validator = orNull(isTextOf(500));
const ids = isListOf(isNumber, MOST_MEDIA);

const isMedium = isObjectOf({
  id: isNumber,
  kind: isOneOf('image', 'svg-image', 'background', 'video', 'poster', 'audio'),
  url: isTextOf(MOST_URL),
  name: isTextOf(200),
  natural: orNull(isSize),
  shown: isSize,
  isSmall: isBoolean,
  isShared: orNothing(isBoolean),
});

const FROM_FRAME: Readonly<Record<FromFrame['kind'], Check>> = {
  'frame': isObjectOf({ isLate: isBoolean }),
  'media': isObjectOf({ media: isListOf(isMedium, MOST_MEDIA) }),
  'gone': isObjectOf({ ids }),
  'check': isObjectOf({ ids, by: isOneOf('sight', 'reader') }),
  'shown': isObjectOf({ id: isNumber, sameness: isOneOf('own-bytes', 'same-pixels', 'fresh', 'other') }),
  'display': isObjectOf({ id: isNumber, display: isOneOf('whole', 'cropped', 'altered', 'covered') }),
  'interference': isObjectOf({ id: isNumber }),
  'page': isObjectOf({ id: isNumber }),
  'head': isObjectOf({ job: isNumber, validator, isLikely: isBoolean }),
  'bytes': isObjectOf({ job: isNumber, blob: (value) => value instanceof Blob, validator }),
  'spared': isObjectOf({ job: isNumber, length: isNumber, validator }),
  'unread': isObjectOf({ job: isNumber, obstacle: isOneOf('no-access', 'too-large', 'too-slow', 'offline', 'http-error', 'redirect', 'stream', 'changed') }),
};

/** In one burst. */
const MOST_MESSAGES = 10 * MOST_MEDIA;

const asked = { request: isNumber, tab: isNumber, frame: isNumber, id: isNumber };

const FROM_VIEW: Readonly<Record<FromView['kind'], Check>> = {
  'watch': isObjectOf({ tab: isNumber }),
  'check': isObjectOf({ tab: isNumber, frame: isNumber, ids }),
  'check-all': isObjectOf({ tab: isNumber }),
  'scroll-to': isObjectOf({ tab: isNumber, frame: isNumber, id: isNumber }),
  'bytes': isObjectOf(asked),
  'report': isObjectOf({ ...asked, format: isOneOf('json', 'html'), language: isOneOf('en', 'ko') }),
  'online': isObjectOf({ ...asked, what: isOneOf('manifest', 'revocation') }),
};

/** A frame's messages; null where one is none. */
export function fromFrame(messages: unknown): readonly FromFrame[] | null {
  return Array.isArray(messages) && messages.length <= MOST_MESSAGES && messages.every((message) => checked<FromFrame>(FROM_FRAME, message) !== null) ? messages : null;
}

/** A view's message; null where it is none. */
export function fromView(message: unknown): FromView | null {
  return checked<FromView>(FROM_VIEW, message);
}

function checked<T>(table: Readonly<Record<string, Check>>, message: unknown): T | null {
  const kind = typeof message === 'object' && message !== null ? (message as { readonly kind?: unknown }).kind : null;
  return typeof kind === 'string' && Object.hasOwn(table, kind) && table[kind]!(message) ? (message as T) : null;
}
