import { useContext, useState } from 'preact/hooks';
import type { Size } from './difference.js';
import { Pane, ViewContext } from './panes.js';
import { type CompareWords, say, shownName } from './words.js';

export interface SliderPicture {
  readonly name: string;
  readonly url: string;
  readonly size: Size;
}

/** The left picture over the right one, up to a line that a range input moves; the line can be dragged as well. */
export function Slider({ words, left, right }: { readonly words: CompareWords; readonly left: SliderPicture; readonly right: SliderPicture }) {
  const { zoom } = useContext(ViewContext);
  const [percent, setPercent] = useState(50);
  const frame = left.size.width * left.size.height >= right.size.width * right.size.height ? left.size : right.size;
  const fitted = left.size.width !== right.size.width || left.size.height !== right.size.height;
  const pixels = (size: Size) => say(words, 'comparison.size', { ...size });
  const names = { left: shownName(left.name), right: shownName(right.name) };

  function drag(event: PointerEvent) {
    const line = event.currentTarget as HTMLElement;
    if (event.type === 'pointerdown') line.setPointerCapture(event.pointerId);
    if (!line.hasPointerCapture(event.pointerId)) return;
    const { left: start, width } = line.parentElement!.getBoundingClientRect();
    setPercent(Math.round(Math.min(1, Math.max(0, (event.clientX - start) / width)) * 100));
    event.preventDefault();
  }

  return (
    <div class="compare-slider" style={{ '--at': `${percent}%`, '--width': String(frame.width), '--height': String(frame.height) }}>
      {fitted && <p class="compare-note">{say(words, 'comparison.fitted', { left: pixels(left.size), right: pixels(right.size) })}</p>}
      <p class="compare-names">
        <span><span class="compare-side">{words['comparison.left']}</span> <bdi class="compare-name">{names.left}</bdi></span>
        <span><span class="compare-side">{words['comparison.right']}</span> <bdi class="compare-name">{names.right}</bdi></span>
      </p>
      <Pane label={say(words, 'comparison.area-of', { name: `${names.left}, ${names.right}` })} size={frame}>
        <img class="compare-under" src={right.url} alt={names.right} draggable={false} />
        <img class="compare-over" src={left.url} alt={names.left} draggable={false} />
        <div class="compare-line" aria-hidden="true" onPointerDown={drag} onPointerMove={drag} />
      </Pane>
      <input
        class={`zoom-${zoom}`}
        type="range"
        min={0}
        max={100}
        step={1}
        value={percent}
        aria-label={words['comparison.handle']}
        aria-valuetext={say(words, 'comparison.handle-at', { percent, rest: 100 - percent })}
        onInput={(event) => setPercent(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
