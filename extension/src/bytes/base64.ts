import { fromBase64 } from '@provenance/page/bytes.js';

/** Base64 of bytes, worked out by the browser outside of this thread. */
export function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = reader.result as string;
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => reject(reader.error as Error);
    reader.readAsDataURL(blob);
  });
}

/** The bytes that Base64 stands for; throws where it is none. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const decodeQuickly = (Uint8Array as unknown as { fromBase64?(text: string): Uint8Array<ArrayBuffer> }).fromBase64;
  return decodeQuickly === undefined ? fromBase64(base64) : decodeQuickly.call(Uint8Array, base64);
}
