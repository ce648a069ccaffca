import type { Entry } from './contract/media.js';

/** What can be said of one medium, as far as it is counted. */
export type State =
  | 'credentials' | 'none'
  /** The bytes that were checked are not what the page shows, whatever they hold. */
  | 'other'
  | 'unreadable' | 'unchecked' | 'open' | 'unasked' | 'small';

export function stateOf(entry: Pick<Entry, 'phase' | 'verdict' | 'sameness' | 'isSmall'>): State {
  const { verdict } = entry;
  if (entry.phase === 'waiting' || entry.phase === 'checking')
    return 'open';
  if (entry.phase === 'unasked' || verdict === null)
    return entry.isSmall ? 'small' : 'unasked';
  if (entry.sameness === 'other')
    return 'other';
  switch (verdict.label) {
    case 'none': return 'none';
    case 'unreadable': return 'unreadable';
    case 'not-checked': return 'unchecked';
    default: return 'credentials';
  }
}
