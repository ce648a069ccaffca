import { MOST_LIST_BYTES } from '@provenance/page/trust.js';

const MOST_TIME = 30_000;

export type DownloadFailure = 'unreachable' | 'too-large';

export type Download =
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly failure: null }
  | { readonly bytes: null; readonly failure: DownloadFailure };

/** Fetches a list because the reader asked now: anew, without cookies or a referrer, from this address and none it leads on to. */
export async function download(address: string): Promise<Download> {
  try {
    const response = await fetch(address, { cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(MOST_TIME) });
    if (!response.ok || response.body === null)
      return { bytes: null, failure: 'unreachable' };
    const bytes = await readUpTo(response.body, MOST_LIST_BYTES);
    return bytes === null ? { bytes, failure: 'too-large' } : { bytes, failure: null };
  }
  catch {
    // No network, no such host, no answer in time, or an answer that leads elsewhere: browsers do not tell which.
    return { bytes: null, failure: 'unreachable' };
  }
}

/** The bytes of a stream; null where there are more than `most`, whatever it said of its length. */
async function readUpTo(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length;
    if (length > most) {
      await reader.cancel();
      return null;
    }
    chunks.push(read.value);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
