import { Dots } from './Dots.js';
import { sizeOf } from './format.js';
import type { Session } from './session.js';
import type { Item } from './state.js';
import { say, type Words } from './words/words.js';

/** Below this a file is read before anybody has looked at a bar. */
const LEAST_FOR_BAR = 16_000_000;

/** A file that has no answer yet. */
export function Reading({ item, session, words }: { readonly item: Item; readonly session: Session; readonly words: Words }) {
  const { language } = session.state;
  const hasBar = item.phase === 'reading' && item.length >= LEAST_FOR_BAR && item.hashed > 0;
  const text = item.phase === 'waiting' && session.state.items.some(other => other.phase === 'reading') ? words['file.waiting'] : words['answer.still'];
  return (
    <div class="label reading">
      <Dots isStill={item.phase === 'waiting'} />
      <p class="sentence">{text}</p>
      <div class="lines">
        {hasBar && <>
          <progress value={item.hashed} max={item.length} aria-labelledby="hashed" />
          <p id="hashed">{say(words, 'answer.still-of', { hashed: sizeOf(item.hashed, language), length: sizeOf(item.length, language) })}</p>
        </>}
        <button type="button" class="small" onClick={() => session.dispatch({ kind: 'stopped', id: item.id })}>{words['file.stop']}</button>
      </div>
    </div>
  );
}
