import type { FailureCode } from './state.js';

/** What went wrong, as far as it makes a difference to what helps. */
export function failureOf(error: unknown): FailureCode {
  if (typeof error !== 'object' || error === null)
    return 'other';
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  // What a browser says of a file that was moved or changed after it was chosen.
  if (name === 'NotReadableError' || name === 'NotFoundError' || name === 'NotAllowedError')
    return 'read';
  return typeof code === 'string' ? CODES[code] ?? 'other' : 'other';
}

/** Of VerifierError; of what is our own fault nothing more helpful is to be said than of the unknown. */
const CODES: Readonly<Record<string, FailureCode>> = {
  'unsupported': 'old',
  'load-failed': 'engine',
  'integrity': 'engine',
  'invalid-policy': 'policy',
  'unreadable': 'read',
  'timeout': 'time',
  'crashed': 'crashed',
};

/** What a browser must be able to do for the engine to start at all; null where nothing is missing. */
export function obstacleOf(platform: { readonly isSecureContext: boolean; readonly hasSubtle: boolean; readonly hasEngine: boolean }): FailureCode | null {
  if (!platform.isSecureContext || !platform.hasSubtle)
    return 'insecure';
  return platform.hasEngine ? null : 'old';
}
