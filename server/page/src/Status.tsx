import { announcement } from './announcement.js';
import type { State } from './state.js';
import { say, type Words } from './words/words.js';

/** What is told without being asked: to everybody where something was done, else to screen readers alone. */
export function Status({ state, words }: { readonly state: State; readonly words: Words }) {
  return (
    <p class={state.notice ? 'status notice' : 'status away'} role="status" aria-live="polite">
      {state.notice ? say(words, state.notice.key, state.notice.values) : announcement(state, words)}
    </p>
  );
}
