import type { TrustRole } from '@provenance/browser';
import type { KeptList } from '../contract/settings.js';
import { digestOf, fromBase64, toBase64 } from '@provenance/page/bytes.js';
import { isOlder, issueOf } from './issue.js';
import { areUsable } from './usable.js';

export interface OfferedList {
  readonly role: TrustRole;
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly origin: KeptList['origin'];
  readonly source: string;
}

export type Taken =
  | { readonly list: KeptList; readonly refusal: null }
  /** `unusable`: the engine cannot read it. `older`: than what is kept, which stays. */
  | { readonly list: null; readonly refusal: 'unusable' | 'older' };

/**
 * Judges a list before it takes the place of `kept`, the one in force of the same name from the same source; nothing is lost if it may not
 * (attacks.md K24).
 */
export async function take({ role, name, bytes, origin, source }: OfferedList, kept: KeptList | null, isUsable = areUsable): Promise<Taken> {
  if (kept !== null && isOlder(issueOf(bytes), issueOf(fromBase64(kept.content))))
    return { list: null, refusal: 'older' };
  if (!(await isUsable([{ role, name, content: bytes }])))
    return { list: null, refusal: 'unusable' };
  return { list: { role, name, content: toBase64(bytes), origin, source, added: Date.now() }, refusal: null };
}

/** The lists with one more, in the place of `kept` and of the same bytes. */
export function including(lists: readonly KeptList[], list: KeptList, kept: KeptList | null): readonly KeptList[] {
  return [...lists.filter(({ content }) => content !== list.content && content !== kept?.content), list];
}

export function digestOfList(list: KeptList): Promise<string> {
  return digestOf(fromBase64(list.content));
}
