import { useEffect, useState } from 'preact/hooks';
import type { Size } from './difference.js';

export type Picture =
  | { readonly state: 'loading' }
  | { readonly state: 'shown'; readonly url: string; readonly size: Size }
  | { readonly state: 'video' | 'audio' | 'not-shown' };

/** Opens a blob as the browser shows it in an `img`. Its pixels are decoded when they are needed. */
export function usePicture(blob: Blob): Picture {
  const [picture, setPicture] = useState<Picture>({ state: 'loading' });
  useEffect(() => {
    if (blob.type.startsWith('video/')) return setPicture({ state: 'video' });
    if (blob.type.startsWith('audio/')) return setPicture({ state: 'audio' });
    setPicture({ state: 'loading' });
    const url = URL.createObjectURL(blob);
    const image = new Image();
    image.onload = () => {
      const size = { width: image.naturalWidth, height: image.naturalHeight };
      // A drawing may have no size of its own.
      setPicture(size.width > 0 && size.height > 0 ? { state: 'shown', url, size } : { state: 'not-shown' });
    };
    image.onerror = () => setPicture({ state: 'not-shown' });
    image.src = url;
    return () => {
      image.onload = image.onerror = null;
      URL.revokeObjectURL(url);
    };
  }, [blob]);
  return picture;
}
