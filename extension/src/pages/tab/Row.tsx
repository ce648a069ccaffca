import { Dots } from '@provenance/page/Dots.js';
import { LabelIcon } from '@provenance/page/LabelIcon.js';
import type { Entry } from '../../contract/media.js';
import { say } from '../../words/words.js';
import { shownAddress } from './address.js';
import type { RowPlace } from './List.js';
import { keyOf } from './order.js';
import { RowDetails } from './RowDetails.js';
import { displayWords, nameOf, samenessWords, sentenceOf, shapeOf, stateWords } from './sayings.js';

interface RowProps {
  readonly entry: Entry;
  readonly isOpen: boolean;
  readonly onToggle: (key: string) => void;
  readonly place: RowPlace;
}

/** One medium: its shape, what is said of it, and how far that goes. What more is known of it opens below. */
export function Row({ entry, isOpen, onToggle, place }: RowProps) {
  const { words, comparing } = place;
  const key = keyOf(entry);
  const shape = shapeOf(entry);
  const sentence = sentenceOf(entry, words);
  const notes = [samenessWords(entry, words), displayWords(entry, words), entry.interference ? words['tab.interference.row'] : null].filter(note => note !== null);
  const { host } = shownAddress(entry.url);
  // The group's title says it, of all of them.
  const isTold = entry.phase === 'unasked' || (shape === 'none' && !isOpen);
  const isBroken = shape === 'broken';
  return (
    <li class={isBroken ? 'row broken' : 'row'} data-state={shape ?? entry.phase} data-key={key}>
      <button type="button" class="row-open" data-focus={`row-${key}`} aria-expanded={isOpen} aria-controls={`row-${key}`} onClick={() => onToggle(key)}>
        {shape !== null ? <LabelIcon label={shape} /> : <Dots isStill={entry.phase !== 'checking'} />}
        <span class={isTold ? 'row-state away' : 'row-state'}>{stateWords(entry, words)}</span>
        {sentence !== '' && <span class="row-sentence"><bdi>{sentence}</bdi></span>}
        <span class="row-name"><bdi>{nameOf(entry, words)}</bdi>{host !== '' && <> <span class="row-host"><bdi>{host}</bdi></span></>}</span>
        {notes.length > 0 && <span class="row-how">{notes.join(' · ')}</span>}
      </button>
      {entry.phase === 'unasked' && (
        <button type="button" class="small row-check" data-focus={`check-${key}`} aria-label={say(words, 'tab.check-named', { name: nameOf(entry, words) })} onClick={() => place.engine.check(place.tab, entry.frame, [entry.id])}>{words['tab.action.check']}</button>
      )}
      {comparing !== null && comparing !== entry && entry.phase === 'answered' && (
        <button type="button" class="small compare-with" onClick={() => place.onCompare(entry)} aria-label={say(words, 'tab.compare.with-named', { name: nameOf(entry, words) })}>{words['tab.compare.with']}</button>
      )}
      {isOpen && <div class="row-more" id={`row-${key}`}><RowDetails entry={entry} place={place} /></div>}
    </li>
  );
}
