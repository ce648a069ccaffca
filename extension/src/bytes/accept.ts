import type { MediaKind } from '../contract/media.js';

const FIREFOX = typeof __BROWSER__ !== 'undefined' && __BROWSER__ === 'firefox';

let image = FIREFOX
  ? 'image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5'
  : 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8';

// Some builds of Chromium take one more; the class that tells is for pages from https alone.
const { ImageDecoder } = globalThis as { ImageDecoder?: { isTypeSupported(type: string): Promise<boolean> } };
void ImageDecoder?.isTypeSupported('image/jxl').then((takesJxl) => { if (takesJxl && !FIREFOX) image = `image/jxl,${image}`; });

const VIDEO = FIREFOX ? 'video/webm,video/ogg,video/*;q=0.9,application/ogg;q=0.7,audio/*;q=0.6,*/*;q=0.5' : '*/*';

const AUDIO = FIREFOX ? 'audio/webm,audio/ogg,audio/wav,audio/*;q=0.9,application/ogg;q=0.7,video/*;q=0.6,*/*;q=0.5' : '*/*';

/** What the browser itself says that it takes: servers choose by it, and caches tell answers apart by it. */
export function acceptOf(kind: MediaKind): string {
  return kind === 'video' ? VIDEO : kind === 'audio' ? AUDIO : image;
}
