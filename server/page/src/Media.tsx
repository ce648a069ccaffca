import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Words } from './words/words.js';

/** The file itself as the browser shows it. What type it is the engine has told by its bytes; until then the browser's guess counts. */
export function Media({ blob, mediaType, words }: { readonly blob: Blob; readonly mediaType: string | null; readonly words: Words }) {
  const type = mediaType ?? blob.type;
  const [hasFailed, setFailed] = useState(false);
  // Handed out anew under the right type: a browser believes it, and shows no SVG without.
  const url = useMemo(() => URL.createObjectURL(blob.slice(0, blob.size, type)), [blob, type]);
  useEffect(() => {
    setFailed(false);
    return () => URL.revokeObjectURL(url);
  }, [url]);
  const fail = () => setFailed(true);
  const kind = type.split('/')[0];
  if (hasFailed)
    return <p class="no-picture">{words['media.failed']}</p>;
  switch (kind) {
    case 'image': return <img class="media" alt={words['media.alt']} src={url} decoding="async" onError={fail} />;
    case 'video': return <video class="media" aria-label={words['media.video']} src={url} controls preload="metadata" playsInline onError={fail} />;
    case 'audio': return <audio class="media" aria-label={words['media.sound']} src={url} controls preload="metadata" onError={fail} />;
    default: return <p class="no-picture">{words['media.document']}</p>;
  }
}
