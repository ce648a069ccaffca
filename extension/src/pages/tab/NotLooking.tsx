import { say, type Words } from '../../words/words.js';
import { deny, pause } from './labels.js';
import type { Looking } from './looking.js';
import { hostOf } from './sayings.js';

interface NotLookingProps {
  readonly looking: Exclude<Looking, 'there' | 'beginning'>;
  readonly address: string;
  readonly isPanel: boolean;
  readonly onAgain: () => void;
  readonly words: Words;
}

/** Why nothing is looked at, and what helps. */
export function NotLooking({ looking, address, isPanel, onAgain, words }: NotLookingProps) {
  const host = hostOf(address);
  return (
    <div class="block">
      <p>{say(words, `tab.not-looking.${looking}`, { host })}</p>
      {looking === 'paused' && <button type="button" class="primary" onClick={() => void pause(false)}>{words['tab.labels.resume']}</button>}
      {looking === 'denied' && <button type="button" class="primary" onClick={() => void deny(address, false)}>{words['tab.labels.allow']}</button>}
      {looking === 'not-opened' && isPanel && <button type="button" onClick={onAgain}>{words['tab.look-again']}</button>}
    </div>
  );
}
