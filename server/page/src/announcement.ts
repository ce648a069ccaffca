import { isOpen, selectedItem, type State } from './state.js';
import { say, type Words } from './words/words.js';

/** What a screen reader is told without being asked. The sentence of an awaited file takes the focus instead, and is read by that. */
export function announcement(state: State, words: Words): string {
  const { items } = state;
  const done = items.filter(item => !isOpen(item)).length;
  if (items.length > 1 && done === items.length)
    return say(words, 'file.count-done', { done, n: items.length });
  const item = selectedItem(state);
  switch (item?.phase) {
    case 'waiting':
    case 'reading': return words['answer.still'];
    case 'failed': return words[`error.${item.failure ?? 'other'}`];
    case 'stopped': return words['file.stopped'];
    default: return '';
  }
}
