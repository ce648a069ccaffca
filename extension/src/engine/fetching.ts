import { acceptOf } from '../bytes/accept.js';
import { openHttp } from '../bytes/http.js';
import { readFile, type ReadResult } from '../bytes/read.js';
import type { Medium, Obstacle } from '../contract/media.js';

export interface FetchOptions {
  readonly most: number;
  readonly isWhole: boolean;
  /** Whether the server is asked if its file changed, instead of taking what the browser keeps. */
  readonly isAnew: boolean;
  readonly isPrivate: boolean;
  readonly signal: AbortSignal;
  opened(validator: string | null, isLikely: boolean): Promise<boolean>;
}

/**
 * Downloads a medium. The server sees neither who the reader is nor on which page they are, as far as that is ours to say; and we go nowhere but
 * to the address that was named (attacks.md K16, K25).
 */
export function fetchMedium({ url, kind }: Pick<Medium, 'url' | 'kind'>, options: FetchOptions): Promise<ReadResult> {
  const init: RequestInit = {
    // We are not part of any private window: what is kept for us outlives it.
    cache: options.isPrivate ? 'no-store' : options.isAnew ? 'no-cache' : 'force-cache',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    redirect: 'manual',
    headers: { Accept: acceptOf(kind) },
    signal: options.signal,
  };
  return readFile((inParts) => openHttp({ url, init, inParts, seesHeaders: true, unanswered }), { ...options, pause: async () => {} });
}

function unanswered(): Obstacle {
  return 'offline';
}
