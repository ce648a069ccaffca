import type { Verification } from '@provenance/browser';

/** What a file is by its bytes; null where that was not established. */
export function mediaTypeOf(verification: Verification | undefined): string | null {
  const { mediaType } = (verification?.report ?? {}) as { readonly mediaType?: string | null };
  return mediaType ?? null;
}

export function isPicture(verification: Verification | undefined): boolean {
  return mediaTypeOf(verification)?.startsWith('image/') ?? false;
}
