import './compare.css';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { DifferenceView } from './DifferenceView.js';
import { comparable } from './difference.js';
import { SideBySide } from './SideBySide.js';
import { Slider } from './Slider.js';
import { Tabs } from './Tabs.js';
import { ScrollTogether, ViewContext, type Zoom } from './panes.js';
import { useDifference } from './useDifference.js';
import { type Picture, usePicture } from './usePicture.js';
import type { CompareWords } from './words.js';

export type { CompareWords } from './words.js';

/** What is compared. `recorded` is a picture that a credential carries of a source: whoever wrote it may have recorded another one. */
export type ComparePicture = { name: string; blob: Blob; recorded: boolean };

type Mode = 'beside' | 'slider' | 'map';

/** Two files as pictures: beside each other, over each other, and what differs. Nothing here judges either of them. */
export function Compare({ words, left, right, onClose }: {
  words: CompareWords;
  left: ComparePicture;
  right: ComparePicture;
  onClose(): void;
}) {
  const [mode, setMode] = useState<Mode>('beside');
  const [mapWanted, setMapWanted] = useState(false);
  const [zoom, setZoom] = useState<Zoom>('fit');
  const view = useMemo(() => ({ zoom, together: new ScrollTogether() }), [left.blob, right.blob]);
  const leftPicture = usePicture(left.blob);
  const rightPicture = usePicture(right.blob);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => heading.current?.focus(), []);

  const recorded = left.recorded || right.recorded;
  const modes: Mode[] = recorded ? ['beside'] : ['beside', 'slider', 'map'];
  const shown = modes.includes(mode) ? mode : 'beside';
  const both = leftPicture.state === 'shown' && rightPicture.state === 'shown'
    ? { left: { ...left, ...leftPicture }, right: { ...right, ...rightPicture } }
    : undefined;
  // Asked before anything is decoded: decoding is what takes the memory.
  const size = both && comparable(both.left.size, both.right.size);
  // Begun when it is first asked for, and then kept while the other views are looked at.
  const outcome = useDifference(mapWanted && !recorded && size === 'yes' ? left.blob : undefined, right.blob);

  function choose(chosen: Mode) {
    setMode(chosen);
    if (chosen === 'map') setMapWanted(true);
  }

  function panel() {
    if (shown === 'beside') {
      return <SideBySide words={words} left={{ of: left, picture: leftPicture }} right={{ of: right, picture: rightPicture }} />;
    }
    if (both === undefined) return <p class="compare-note">{words[absence(leftPicture, rightPicture)]}</p>;
    if (shown === 'slider') return <Slider words={words} {...both} />;
    const told = size === undefined || size === 'yes' ? outcome : { kind: size, left: both.left.size, right: both.right.size };
    return <DifferenceView words={words} {...both} outcome={told} />;
  }

  return (
    <section class="compare" aria-labelledby={`${id}-title`} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <header class="compare-head">
        <h2 id={`${id}-title`} ref={heading} tabIndex={-1}>{words['comparison.title']}</h2>
        <button type="button" class="compare-close" onClick={onClose}>{words['comparison.close']}</button>
      </header>
      {recorded && <p class="compare-note">{words['comparison.recorded-why']}</p>}
      <ViewContext.Provider value={{ ...view, zoom }}>
        <Tabs<Mode>
          label={words['comparison.modes']}
          tabs={modes.map((key) => ({ key, text: words[`comparison.${key}`] }))}
          chosen={shown}
          onChoose={choose}
          beside={<ZoomChoice words={words} zoom={zoom} onZoom={setZoom} />}
        >
          {panel()}
        </Tabs>
      </ViewContext.Provider>
    </section>
  );
}

function absence(left: Picture, right: Picture): keyof CompareWords {
  return left.state === 'loading' || right.state === 'loading' ? 'comparison.loading' : 'comparison.nothing';
}

function ZoomChoice({ words, zoom, onZoom }: { readonly words: CompareWords; readonly zoom: Zoom; onZoom(zoom: Zoom): void }) {
  const name = useId();
  return (
    <fieldset class="compare-zoom">
      <legend>{words['comparison.zoom']}</legend>
      {(['fit', 1, 2] as const).map((choice) => (
        <label key={choice}>
          <input type="radio" name={name} checked={zoom === choice} onChange={() => onZoom(choice)} />
          <span>{words[`comparison.zoom-${choice}`]}</span>
        </label>
      ))}
    </fieldset>
  );
}
