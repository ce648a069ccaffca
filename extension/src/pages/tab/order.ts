import type { Entry } from '../../contract/media.js';
import { stateOf, type State } from '../../state.js';

export type GroupName = 'credentials' | 'trouble' | 'open' | 'none' | 'unasked' | 'small';

export interface Group {
  readonly name: GroupName;
  readonly entries: readonly Entry[];
}

/** The order of the list: what speaks first, then what could have spoken, then what has nothing to say. */
const GROUPS: Readonly<Record<State, GroupName>> = {
  credentials: 'credentials',
  other: 'trouble',
  unreadable: 'trouble',
  unchecked: 'trouble',
  open: 'open',
  none: 'none',
  unasked: 'unasked',
  small: 'small',
};

const NAMES: readonly GroupName[] = ['credentials', 'trouble', 'open', 'none', 'unasked', 'small'];

/** Within a group; the rest keep the order of the page. */
const RANKS: Readonly<Record<string, number>> = {
  'broken': 0,
  'revoked': 1,
  'intact-time-unproven': 2,
  'intact-unknown-issuer': 3,
  'intact-known': 4,
};

export function keyOf(entry: Pick<Entry, 'frame' | 'id'>): string {
  return `${entry.frame}:${entry.id}`;
}

/** The media of a tab in groups, without empty ones. */
export function groupsOf(entries: readonly Entry[]): readonly Group[] {
  const groups = new Map<GroupName, Entry[]>(NAMES.map(name => [name, []]));
  for (const entry of entries)
    groups.get(GROUPS[stateOf(entry)])?.push(entry);
  groups.get('credentials')?.sort((one, other) => rankOf(one) - rankOf(other));
  return NAMES.map(name => ({ name, entries: groups.get(name) ?? [] })).filter(group => group.entries.length > 0);
}

function rankOf({ verdict }: Entry): number {
  return RANKS[verdict?.label ?? ''] ?? 5;
}

/** Which groups are folded until somebody opens them: those that say nothing, while there is something else to see. */
export function isFolded(name: GroupName, groups: readonly Group[]): boolean {
  switch (name) {
    case 'none': return true;
    case 'small': return groups.length > 1;
    case 'unasked': return groups.some(group => group.name === 'credentials' || group.name === 'trouble' || group.name === 'open');
    default: return false;
  }
}

/** Rows that are drawn before somebody asks for more. */
export const MOST_ROWS = 200;

/** How many rows each group may draw: the first ones first, `most` in all. Folded groups draw none. */
export function sharesOf(groups: readonly Group[], isOpen: (name: GroupName) => boolean, most: number): ReadonlyMap<GroupName, number> {
  let rest = most;
  return new Map(groups.map(({ name, entries }) => {
    const share = isOpen(name) ? Math.min(rest, entries.length) : 0;
    rest -= share;
    return [name, share];
  }));
}
