import type { Told } from '../../lists/fetch.js';
import { say, type Words } from '../../words/words.js';

/** What became of what was fetched or added, list by list. */
export function Outcomes({ told, words }: { readonly told: readonly Told[] | 'not-allowed' | 'fetching' | null; readonly words: Words }) {
  return (
    <div role="status" class="outcomes">
      {told === 'fetching' ? <p class="nothing">{words['options.lists.fetching']}</p>
        : told === 'not-allowed' ? <p class="nothing">{words['options.sites.refused']}</p>
        : told !== null && told.map(({ name, outcome }) => <p key={name} class="nothing">{say(words, `options.lists.outcome-${outcome}`, { name })}</p>)}
    </div>
  );
}
