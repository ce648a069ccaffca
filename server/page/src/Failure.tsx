import type { Session } from './session.js';
import type { Item } from './state.js';
import type { Words } from './words/words.js';

/** A file about which nothing could be found out, and what helps. */
export function Failure({ item, session, words }: { readonly item: Item; readonly session: Session; readonly words: Words }) {
  const sentence = item.phase === 'stopped' ? words['file.stopped'] : words[`error.${item.failure ?? 'other'}`];
  return (
    <div class="label failed">
      <p class="sentence" tabIndex={-1}>{sentence}</p>
      {session.state.obstacle === null && (
        <div class="lines"><button type="button" onClick={() => session.dispatch({ kind: 'retried', id: item.id })}>{words['error.again']}</button></div>
      )}
    </div>
  );
}
