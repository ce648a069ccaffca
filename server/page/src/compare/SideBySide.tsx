import type { ComparePicture } from './Compare.js';
import { Pane } from './panes.js';
import type { Picture } from './usePicture.js';
import { type CompareWords, say, shownName } from './words.js';

interface Shown {
  readonly of: ComparePicture;
  readonly picture: Picture;
}

/** Both files beside each other, or below each other where there is no room. */
export function SideBySide({ words, left, right }: { readonly words: CompareWords; readonly left: Shown; readonly right: Shown }) {
  return (
    <div class="compare-beside">
      <Half words={words} side={words['comparison.left']} {...left} />
      <Half words={words} side={words['comparison.right']} {...right} />
    </div>
  );
}

function Half({ words, side, of, picture }: Shown & { readonly words: CompareWords; readonly side: string }) {
  const name = shownName(of.name);
  return (
    <figure class="compare-half">
      <figcaption>
        <span class="compare-side">{of.recorded ? words['comparison.recorded'] : side}</span>{' '}
        <bdi class="compare-name">{name}</bdi>{' '}
        {picture.state === 'shown' && <span class="compare-size">{say(words, 'comparison.size', { ...picture.size })}</span>}
      </figcaption>
      {picture.state === 'shown'
        ? <Pane label={say(words, 'comparison.area-of', { name })} size={picture.size}><img src={picture.url} alt={name} draggable={false} /></Pane>
        : <p class="compare-absent">{words[`comparison.${picture.state}`]}</p>}
    </figure>
  );
}
