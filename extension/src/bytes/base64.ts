import { fromBase64 } from '@provenance/page/bytes.js';

/** The bytes that Base64 stands for; throws where it is none. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const decodeQuickly = (Uint8Array as unknown as { fromBase64?(text: string): Uint8Array<ArrayBuffer> }).fromBase64;
  return decodeQuickly === undefined ? fromBase64(base64) : decodeQuickly.call(Uint8Array, base64);
}
