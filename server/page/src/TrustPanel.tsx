import type { TrustRole } from '@provenance/browser';
import { Dialog } from './Dialog.js';
import { isPem, keepLists, MOST_LIST_BYTES, ownList } from './trust.js';
import type { Session } from './session.js';
import type { Notice, Trust, TrustList } from './state.js';
import { storageOf } from './storage.js';
import type { Surroundings } from './surroundings.js';
import { say, type WordKey, type Words } from './words/words.js';

/** What a PEM file can be for; it does not tell itself, as JSON does. */
const USES = ['any', 'time-stamp-anchors', 'identity-anchors'] as const satisfies readonly TrustRole[];

/** Whence a list comes. */
const ORIGINS = { packed: 'trust.packed', fetched: 'trust.fetched', own: 'trust.own' } as const satisfies Record<TrustList['origin'], WordKey>;

interface TrustPanelProps {
  readonly session: Session;
  readonly surroundings: Surroundings;
  readonly words: Words;
  readonly onClose: () => void;
}

/** Whose lists say whose name is known; and what of metadata is shown. */
export function TrustPanel({ session, surroundings, words, onClose }: TrustPanelProps) {
  const { trust, shown } = session.state;
  const { manageLists } = surroundings;
  const change = (next: Trust, notice: Notice | null = null) => {
    const isKept = manageLists !== null || keepLists(storageOf(), next.lists, next.remembers);
    session.dispatch({ kind: 'trust', trust: next.remembers && !isKept ? { ...next, remembers: false } : next });
    session.dispatch({ kind: 'notice', notice: next.remembers && !isKept ? { key: 'trust.remember-failed' } : notice });
  };
  const add = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (file === undefined)
      return;
    input.value = '';
    if (file.size > MOST_LIST_BYTES) {
      session.dispatch({ kind: 'notice', notice: { key: 'trust.too-big' } });
      return;
    }
    const list = await ownList(file);
    const others = session.state.trust.lists.filter(other => other.digest !== list.digest);
    change({ ...session.state.trust, lists: [...others, list], looksUp: true }, { key: 'trust.added', values: { name: list.file.name } });
  };
  const remove = (list: TrustList) => change({ ...trust, lists: trust.lists.filter(other => other !== list) }, { key: 'trust.removed' });
  const use = (list: TrustList, role: TrustRole) =>
    change({ ...trust, lists: trust.lists.map(other => other === list ? { ...list, file: { ...list.file, role } } : other) });
  return (
    <Dialog state={session.state} title={words['trust.title']} words={words} onClose={onClose}>
      <p>{words['trust.intro']}</p>
      <fieldset>
        <legend>{words['trust.in-use']}</legend>
        <label class="choice"><input type="radio" name="looks-up" checked={trust.looksUp} onChange={() => change({ ...trust, looksUp: true })} /><span>{words['trust.lists']}</span></label>
        <Lists trust={trust} words={words} isKeptHere={manageLists === null} onRemove={remove} onUse={use} />
        <div class="add-list">
          {manageLists === null
            ? <AddList trust={trust} words={words} onAdd={input => void add(input)} onRemember={remembers => change({ ...trust, remembers })} />
            : <button type="button" onClick={manageLists}>{words['trust.manage']}</button>}
        </div>
        <label class="choice"><input type="radio" name="looks-up" checked={!trust.looksUp} onChange={() => change({ ...trust, looksUp: false })} /><span>{words['trust.nobody']}<span class="hint">{words['trust.nobody-hint']}</span></span></label>
      </fieldset>
      <fieldset>
        <legend>{words['trust.metadata']}</legend>
        <label class="choice">
          <input type="checkbox" checked={shown !== 'none'} onChange={event => session.dispatch({ kind: 'shown', shown: event.currentTarget.checked ? 'all' : 'none' })} />
          <span>{words['trust.personal']}<span class="hint">{words['trust.personal-hint']}</span></span>
        </label>
      </fieldset>
    </Dialog>
  );
}

function AddList({ trust, words, onAdd, onRemember }: { readonly trust: Trust; readonly words: Words; readonly onAdd: (input: HTMLInputElement) => void; readonly onRemember: (remembers: boolean) => void }) {
  return (
    <>
      <label class="button">
        <input type="file" class="away" accept=".pem,.crt,.cer,.json,.jwt,.txt" onChange={event => onAdd(event.currentTarget)} />
        <span>{words['trust.add']}</span>
      </label>
      <p class="hint">{words['trust.kind']}</p>
      <label class="choice"><input type="checkbox" checked={trust.remembers} onChange={event => onRemember(event.currentTarget.checked)} /><span>{words['trust.remember']}</span></label>
    </>
  );
}

interface ListsProps {
  readonly trust: Trust;
  readonly words: Words;
  /** Whether this page keeps the lists, and so can change them. */
  readonly isKeptHere: boolean;
  readonly onRemove: (list: TrustList) => void;
  readonly onUse: (list: TrustList, role: TrustRole) => void;
}

function Lists({ trust, words, isKeptHere, onRemove, onUse }: ListsProps) {
  if (trust.lists.length === 0)
    return <p class="no-lists">{words['trust.none']}</p>;
  return (
    <ul class="lists">
      {trust.lists.map(list => (
        <li key={list.digest}>
          <p class="list-name"><bdi>{list.file.name}</bdi></p>
          <p class="hint">{words[list.origin === 'own' && isKeptHere && trust.remembers ? 'trust.own-kept' : ORIGINS[list.origin]]}</p>
          <p class="code"><span class="hint">{words['trust.digest']}</span> {list.digest}</p>
          {isKeptHere && list.origin === 'own' && isPem(list.file) && (
            <label class="use">
              <span>{words['trust.use']}</span>
              <select value={list.file.role} onChange={event => onUse(list, event.currentTarget.value as TrustRole)}>
                {USES.map(role => <option key={role} value={role}>{words[`trust.use-${role}`]}</option>)}
              </select>
            </label>
          )}
          {isKeptHere && <button type="button" class="small" onClick={() => onRemove(list)}>{say(words, 'trust.remove', { name: list.file.name })}</button>}
        </li>
      ))}
    </ul>
  );
}
