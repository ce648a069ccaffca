import type { Language } from '@provenance/browser';
import { LANGUAGES } from './language.js';
import { selectedItem, type Item, type State } from './state.js';

/** Something that the state lacks and the engine can tell. */
export type Want =
  | { readonly kind: 'verify'; readonly item: Item }
  | { readonly kind: 'tell' | 'draw'; readonly item: Item; readonly language: Language };

/**
 * What is to be asked next, the most urgent first. Verdicts are given one at a time, that of the chosen file before the others, and none
 * while the chosen file lacks its page. Pages are asked for the chosen file alone; sentences in all languages at once, as an engine that
 * has gone on to other files would have to verify anew to tell one later.
 */
export function wanted(state: State): readonly Want[] {
  if (!state.isTrustRead || state.obstacle !== null)
    return [];
  const { language } = state;
  const answered = state.items.filter(item => item.phase === 'answered' && item.isCut === undefined);
  const wants: Want[] = [language, ...LANGUAGES.map(({ code }) => code).filter(code => code !== language)]
    .flatMap(code => answered.filter(item => item.told[code] === undefined).map(item => ({ kind: 'tell' as const, item, language: code })));
  const chosen = selectedItem(state);
  if (chosen?.phase === 'answered' && chosen.isCut === undefined && chosen.pages[language] === undefined)
    return [...wants, { kind: 'draw', item: chosen, language }];
  if (state.items.some(item => item.phase === 'reading'))
    return wants;
  const next = chosen?.phase === 'waiting' ? chosen : state.items.find(item => item.phase === 'waiting');
  return next === undefined ? wants : [...wants, { kind: 'verify', item: next }];
}
