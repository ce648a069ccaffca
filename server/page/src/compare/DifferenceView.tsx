import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import { type DifferenceFacts, type Size, bands, comparable } from './difference.js';
import type { Answer, MapPicture } from './difference.worker.js';
import type { SliderPicture } from './Slider.js';
import { Pane, ViewContext } from './panes.js';
import { useDifference } from './useDifference.js';
import { type CompareWords, say, shownName } from './words.js';

export interface DifferencePicture extends SliderPicture {
  readonly blob: Blob;
}

interface Both {
  readonly words: CompareWords;
  readonly left: DifferencePicture;
  readonly right: DifferencePicture;
}

/** Where pixels differ, and how many; or why that is not told. */
export function DifferenceView(both: Both) {
  // Asked before anything is decoded: decoding is what takes the memory.
  const kind = comparable(both.left.size, both.right.size);
  if (kind !== 'yes') return <NoMap {...both} why={kind} sizes={{ left: both.left.size, right: both.right.size }} />;
  return <Compared {...both} />;
}

function Compared(both: Both) {
  const { words, left, right } = both;
  const outcome = useDifference(left.blob, right.blob);
  switch (outcome.kind) {
    case 'working':
      return (
        <label class="compare-working">
          {words['comparison.working']} <progress value={outcome.part} max={1} />
        </label>
      );
    case 'compared':
      return <Found words={words} size={left.size} answer={outcome} />;
    case 'sizes-differ':
    case 'too-large':
      return <NoMap {...both} why={outcome.kind} sizes={outcome} />;
    case 'not-decoded':
      return <p class="compare-note" role="status">{say(words, 'comparison.not-decoded', { name: shownName(both[outcome.side].name) })}</p>;
    case 'not-read':
    case 'failed':
      return <p class="compare-note" role="status">{words[`comparison.${outcome.kind}`]}</p>;
  }
}

function NoMap({ words, why, sizes }: Both & { readonly why: 'sizes-differ' | 'too-large'; readonly sizes: { readonly left: Size; readonly right: Size } }) {
  const left = say(words, 'comparison.size', { width: sizes.left.width, height: sizes.left.height });
  const right = say(words, 'comparison.size', { width: sizes.right.width, height: sizes.right.height });
  return <p class="compare-note">{say(words, `comparison.${why}`, { left, right })} {words['comparison.sizes-instead']}</p>;
}

type ComparedAnswer = Extract<Answer, { kind: 'compared' }>;

function Found({ words, size, answer }: { readonly words: CompareWords; readonly size: Size; readonly answer: ComparedAnswer }) {
  const { zoom } = useContext(ViewContext);
  const map = zoom === 'fit' ? answer.overview : answer.detail;
  const counted = countOf(words, answer.facts);
  return (
    <div class="compare-found">
      <p class="compare-count" role="status">{counted}</p>
      <Pane label={say(words, 'comparison.area-of', { name: words['comparison.map'] })} size={size}>
        <MapCanvas map={map} size={size} label={`${words['comparison.map']}. ${counted}`} />
      </Pane>
      <div class="compare-explained">
        <Legend words={words} facts={answer.facts} />
        <div class="compare-notes">
          {answer.facts.differing > 0 && <p>{words['comparison.why']}</p>}
          <p>{words['comparison.amplified']}</p>
          {map.cell > 1 && <p>{say(words, 'comparison.cell', { cell: map.cell })}</p>}
          <p>{words['comparison.decoded']}</p>
          {answer.coloursDiffer && <p>{words['comparison.colours']}</p>}
          {answer.orientationsDiffer && <p>{words['comparison.turned']}</p>}
          {answer.moves && <p>{words['comparison.moves']}</p>}
        </div>
      </div>
    </div>
  );
}

function countOf(words: CompareWords, { pixels, differing, largest, area }: DifferenceFacts): string {
  if (area === undefined) return say(words, 'comparison.same', { pixels });
  if (differing === 1) return say(words, 'comparison.count-one', { pixels, largest });
  return `${say(words, 'comparison.count', { differing, pixels, largest })} ${say(words, 'comparison.within', { ...area })}`;
}

function MapCanvas({ map, size, label }: { readonly map: MapPicture; readonly size: Size; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = map.bitmap;
  useLayoutEffect(() => {
    const element = canvas.current!;
    element.width = width;
    element.height = height;
    element.getContext('2d')?.drawImage(map.bitmap, 0, 0);
  }, [map.bitmap]);
  // The dots of the last column and row may stand for pixels beyond the edge.
  const style = { width: `${(100 * width * map.cell) / size.width}%`, height: `${(100 * height * map.cell) / size.height}%` };
  return <canvas ref={canvas} class={map.cell > 1 ? 'compare-map dots' : 'compare-map'} style={style} role="img" aria-label={label} />;
}

function Legend({ words, facts }: { readonly words: CompareWords; readonly facts: DifferenceFacts }) {
  const count = new Intl.NumberFormat(words['comparison.locale']);
  return (
    <table class="compare-legend">
      <caption>{words['comparison.legend']}</caption>
      <thead>
        <tr>
          <th scope="col">{words['comparison.legend-difference']}</th>
          <th scope="col">{words['comparison.legend-pixels']}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row"><Swatch colour={[0, 0, 0]} /> {words['comparison.legend-none']}</th>
          <td>{count.format(facts.pixels - facts.differing)}</td>
        </tr>
        {bands.map(({ from, to, colour }, at) => (
          <tr key={from}>
            <th scope="row"><Swatch colour={colour} /> {say(words, 'comparison.legend-band', { from, to })}</th>
            <td>{count.format(facts.counts[at]!)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Drawn as a picture, so that forced colours leave it as it is in the map. */
function Swatch({ colour }: { readonly colour: readonly number[] }) {
  return (
    <svg class="compare-swatch" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <rect x="0.5" y="0.5" width="15" height="15" rx="2" fill={`rgb(${colour.join(' ')})`} stroke="currentColor" />
    </svg>
  );
}
