import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import { type DifferenceFacts, type Size, bands } from './difference.js';
import type { Answer, MapPicture } from './difference.worker.js';
import type { SliderPicture } from './Slider.js';
import { Pane, ViewContext } from './panes.js';
import type { Outcome } from './useDifference.js';
import { type CompareWords, say, shownName } from './words.js';

interface Both {
  readonly words: CompareWords;
  readonly left: SliderPicture;
  readonly right: SliderPicture;
}

/** Where pixels differ, and how many; or why that is not told. */
export function DifferenceView({ words, outcome, left, right }: Both & { readonly outcome: Outcome }) {
  // The same element for whatever is told, as screen readers announce what changes in it, not what arrives with it.
  return (
    <div class="compare-found">
      <p class={outcome.kind === 'compared' ? 'compare-count' : 'compare-note'} role="status">{told(words, outcome, { left, right })}</p>
      {outcome.kind === 'working' && <progress value={outcome.part} max={1} aria-label={words['comparison.working']} />}
      {outcome.kind === 'compared' && <Found words={words} size={left.size} answer={outcome} />}
    </div>
  );
}

function told(words: CompareWords, outcome: Outcome, names: Omit<Both, 'words'>): string {
  const pixels = ({ width, height }: Size) => say(words, 'comparison.size', { width, height });
  switch (outcome.kind) {
    case 'compared':
      return countOf(words, outcome.facts);
    case 'sizes-differ':
    case 'too-large': {
      const why = say(words, `comparison.${outcome.kind}`, { left: pixels(outcome.left), right: pixels(outcome.right) });
      return `${why} ${words['comparison.sizes-instead']}`;
    }
    case 'not-decoded':
      return say(words, 'comparison.not-decoded', { name: shownName(names[outcome.side].name) });
    case 'working':
    case 'not-read':
    case 'failed':
      return words[`comparison.${outcome.kind}`];
  }
}

type ComparedAnswer = Extract<Answer, { kind: 'compared' }>;

function Found({ words, size, answer }: { readonly words: CompareWords; readonly size: Size; readonly answer: ComparedAnswer }) {
  const { zoom } = useContext(ViewContext);
  const map = zoom === 'fit' ? answer.overview : answer.detail;
  const { area } = answer.facts;
  return (
    <>
      {area && <p>{placeOf(words, size, answer.facts)} {words['comparison.why']}</p>}
      <Pane label={say(words, 'comparison.area-of', { name: words['comparison.map'] })} size={size}>
        <MapCanvas map={map} size={size} label={`${words['comparison.map']}. ${countOf(words, answer.facts)}`} />
        {area && !covers(area, size) && <div class="compare-area" style={areaStyle(area, size)} aria-hidden="true" />}
      </Pane>
      <div class="compare-explained">
        <Legend words={words} facts={answer.facts} />
        <div class="compare-notes">
          <p>{words['comparison.amplified']}</p>
          {map.cell > 1 && <p>{say(words, 'comparison.cell', { cell: map.cell })}</p>}
          <p>{words['comparison.decoded']}</p>
          {answer.coloursDiffer && <p>{words['comparison.colours']}</p>}
          {answer.orientationsDiffer && <p>{words['comparison.turned']}</p>}
          {answer.moves && <p>{words['comparison.moves']}</p>}
        </div>
      </div>
    </>
  );
}

function countOf(words: CompareWords, { pixels, differing, largest }: DifferenceFacts): string {
  if (differing === 0) return say(words, 'comparison.same', { pixels });
  return say(words, differing === 1 ? 'comparison.count-one' : 'comparison.count', { differing, pixels, largest });
}

function placeOf(words: CompareWords, size: Size, { area, differing }: DifferenceFacts): string {
  if (area === undefined || covers(area, size)) return '';
  return say(words, differing === 1 ? 'comparison.at' : 'comparison.within', { ...area });
}

function covers(area: Size, size: Size): boolean {
  return area.width === size.width && area.height === size.height;
}

/** A frame around all that differs: one pixel of millions is found by it. */
function areaStyle(area: Size & { readonly x: number; readonly y: number }, size: Size) {
  return {
    left: `${(100 * (area.x + area.width / 2)) / size.width}%`,
    top: `${(100 * (area.y + area.height / 2)) / size.height}%`,
    width: `${(100 * area.width) / size.width}%`,
    height: `${(100 * area.height) / size.height}%`,
  };
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
