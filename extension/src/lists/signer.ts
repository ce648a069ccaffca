import { createVerifier, type Verifier } from '@provenance/browser';
import { digestOf } from '@provenance/page/bytes.js';
import { isSha256 } from '../settings.js';

const MOST_TIME = 30_000;

/** Tells who signed bytes: the SHA-256 of a certificate; null where the signature is not good. */
export type SignerOf = (content: Uint8Array, signature: Uint8Array) => Promise<string | null>;

/** Has the engine tell, which reads such signatures for the command line too; it is started if it is asked. Rejects where it cannot be. */
export async function withEngine<T>(work: (signerOf: SignerOf) => Promise<T>): Promise<T> {
  let verifier: Verifier | null = null;
  try {
    return await work((content, signature) => (verifier ??= createVerifier({ base: chrome.runtime.getURL('engine/browser/'), timeLimit: MOST_TIME })).listSigner(content, signature));
  }
  finally {
    (verifier as Verifier | null)?.dispose();
  }
}

/** The digest of the certificate that somebody typed or pasted, as SHA-256 or as PEM; empty for nothing, null for what is neither. */
export async function signerFrom(text: string): Promise<string | null> {
  const digest = text.replace(/[\s:]/g, '').toLowerCase();
  if (digest === '' || isSha256(digest))
    return digest;
  // Without line breaks too: a field of one line takes them out of what is pasted.
  const [only, ...others] = [...text.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g)].map(([, base64]) => base64!.replace(/\s/g, ''));
  if (only === undefined || others.length > 0)
    return null;
  try {
    return await digestOf(Uint8Array.from(atob(only), (char) => char.charCodeAt(0)));
  }
  catch {
    return null;
  }
}
