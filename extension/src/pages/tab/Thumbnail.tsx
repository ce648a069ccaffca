import { useEffect, useState } from 'preact/hooks';
import type { Entry } from '../../contract/media.js';
import type { Place } from '../../contract/pages.js';
import type { Words } from '../../words/words.js';
import { pictureType } from '../../pictureType.js';
import type { View } from './view.js';

/** Larger files are opened in their own page instead. */
const MOST_BYTES = 24 << 20;

interface ThumbnailProps {
  readonly entry: Entry;
  readonly place: Place;
  readonly engine: View;
  readonly words: Words;
}

/** The very picture that was checked: made of the engine's bytes, never of the page's address (attacks.md K10, K15). */
export function Thumbnail({ entry, place, engine, words }: ThumbnailProps) {
  const { verdict } = entry;
  const [url, setUrl] = useState<string | null>(null);
  const isWanted = verdict?.digest != null && (verdict.length ?? 0) <= MOST_BYTES && entry.kind !== 'video' && entry.kind !== 'audio';
  useEffect(() => {
    if (!isWanted)
      return;
    let made: string | null = null, isOver = false;
    const make = async () => {
      const { url: held, digest } = await engine.bytes(place);
      if (digest !== verdict.digest)
        return;
      const blob = await (await fetch(held)).blob();
      const type = pictureType(new Uint8Array(await blob.slice(0, 32).arrayBuffer()));
      if (isOver || type === null)
        return;
      made = URL.createObjectURL(blob.slice(0, blob.size, type));
      setUrl(made);
    };
    // Without it the row says all the same.
    void make().catch(() => undefined);
    return () => {
      isOver = true;
      if (made !== null)
        URL.revokeObjectURL(made);
    };
  }, [isWanted, verdict?.digest]);
  return url === null ? null : (
    <figure class="thumbnail-of-row">
      <img src={url} alt={words['tab.thumbnail']} decoding="async" onError={() => setUrl(null)} />
      <figcaption>{words['tab.thumbnail']}</figcaption>
    </figure>
  );
}
