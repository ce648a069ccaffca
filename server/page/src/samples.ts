import type { TrustFile } from '@provenance/browser';
import { fetchHere } from './link.js';
import type { Given } from './state.js';
import type { WordKey } from './words/words.js';

/** The examples that lie beside the page; vite.config.ts puts them there. */
export const SAMPLES: readonly { readonly file: string; readonly words: WordKey }[] = [
  { file: 'photograph-cropped-in-a-newsroom.jpg', words: 'sample.good' },
  { file: 'the-same-with-one-bit-changed.jpg', words: 'sample.changed' },
  { file: 'picture-made-with-ai.jpg', words: 'sample.ai' },
  { file: 'photograph-without-credentials.jpg', words: 'sample.none' },
];

export function sampleUrl(file: string): string {
  return `./samples/${file}`;
}

export interface Sample {
  readonly given: Given;
  readonly trust: readonly TrustFile[];
}

/** An example and the lists that examples are judged with, and nothing else is; null where they are not beside the page. */
export async function openSample(file: string): Promise<Sample | null> {
  const [blob, issuers, stampers] = await Promise.all([file, 'example-issuers.pem', 'example-time-stampers.pem'].map(name => fetchHere(sampleUrl(name))));
  if (!blob || !issuers || !stampers)
    return null;
  return {
    given: { name: file, blob, origin: 'example' },
    trust: [
      { role: 'anchors', name: 'example-issuers.pem', content: await issuers.text() },
      { role: 'time-stamp-anchors', name: 'example-time-stampers.pem', content: await stampers.text() },
    ],
  };
}
