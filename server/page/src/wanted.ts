import type { Language } from '@provenance/browser';
import { selectedItem, type Item, type State } from './state.js';

/** Something that the state lacks and the engine can tell. */
export type Want =
  | { readonly kind: 'verify'; readonly item: Item }
  | { readonly kind: 'tell' | 'draw'; readonly item: Item; readonly language: Language }
  | { readonly kind: 'fill'; readonly item: Item };

/**
 * What is to be asked next, the most urgent first. Verdicts are given one at a time; that of the chosen file before the others. What
 * follows a verdict is asked for the chosen file alone.
 */
export function wanted(state: State): readonly Want[] {
  if (!state.isTrustRead || state.obstacle !== null)
    return [];
  const { language } = state;
  const chosen = selectedItem(state);
  const wants: Want[] = state.items.filter(item => item.phase === 'answered' && item.told[language] === undefined && item.isCut === undefined)
    .map(item => ({ kind: 'tell', item, language }));
  if (chosen?.phase === 'answered' && chosen.told[language] !== undefined && chosen.isCut === undefined)
    wants.push(...following(chosen, language));
  if (!state.items.some(item => item.phase === 'reading')) {
    const next = chosen?.phase === 'waiting' ? chosen : state.items.find(item => item.phase === 'waiting');
    if (next !== undefined)
      wants.push({ kind: 'verify', item: next });
  }
  return wants;
}

/** The page at once, then the metadata, then the page with it unless it had it already. */
function following(item: Item, language: Language): readonly Want[] {
  const drawn = item.drawn[language];
  if (drawn === undefined)
    return [{ kind: 'draw', item, language }];
  if (item.full === undefined)
    return [{ kind: 'fill', item }];
  return drawn.isComplete || !item.full.hasMetadata ? [] : [{ kind: 'draw', item, language }];
}
