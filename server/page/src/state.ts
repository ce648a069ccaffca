import type { Language, Page, PersonalData, Told, TrustFile, Verification } from '@provenance/browser';
import type { WordKey } from './words/words.js';

/** How a file came to the page; what is said beside its answer depends on it. */
export type Origin = 'given' | 'pasted' | 'linked' | 'example';

export interface Given {
  readonly name: string;
  readonly blob: Blob;
  readonly origin: Origin;
  /** The file's manifest store, where that came as a file of its own. */
  readonly manifest?: { readonly name: string; readonly blob: Blob };
  /** What whoever handed it over says of where it comes from, in each language. */
  readonly note?: Readonly<Record<Language, string>>;
}

export type Phase = 'waiting' | 'reading' | 'answered' | 'failed' | 'stopped';

export type FailureCode = 'crashed' | 'engine' | 'insecure' | 'old' | 'other' | 'policy' | 'read' | 'time';

export interface Item extends Given {
  readonly id: number;
  /** Counts how often it was asked about; what belongs to an earlier question is dropped. */
  readonly round: number;
  readonly phase: Phase;
  readonly hashed: number;
  readonly length: number;
  readonly failure?: FailureCode;
  readonly verification?: Verification;
  readonly told: Partial<Record<Language, Told>>;
  /** What follows the verdict, in words; it comes in a second step, with the metadata. */
  readonly pages: Partial<Record<Language, Page>>;
  /** Whether something after the verdict could not be worked out; it is not asked for again. */
  readonly isCut?: true;
}

/** A list that is in use, and whence it comes. */
export interface TrustList {
  readonly file: TrustFile;
  readonly digest: string;
  readonly origin: 'packed' | 'fetched' | 'own';
}

export interface Trust {
  readonly lists: readonly TrustList[];
  readonly looksUp: boolean;
  readonly remembers: boolean;
}

export type Panel = 'trust' | 'link' | 'compare';

export interface Notice {
  readonly key: WordKey;
  readonly values?: Readonly<Record<string, string | number>>;
}

export interface State {
  readonly language: Language;
  readonly items: readonly Item[];
  readonly next: number;
  readonly selected: number | null;
  /** The file whose sentence takes the focus when it is there. */
  readonly awaited: number | null;
  readonly trust: Trust;
  readonly shown: PersonalData;
  /** The lists that the examples are judged with, once one of them was opened. */
  readonly exampleTrust: readonly TrustFile[];
  /** Nothing is asked before the lists are known. */
  readonly isTrustRead: boolean;
  /** The file that the chosen one is to be compared with at once. */
  readonly compared: number | null;
  readonly panel: Panel | null;
  /** What stands in the panel for links when it opens. */
  readonly address: string;
  readonly notice: Notice | null;
  /** Why no file can be answered on this page at all. */
  readonly obstacle: FailureCode | null;
}

export type Action =
  | { readonly kind: 'given'; readonly files: readonly Given[] }
  | { readonly kind: 'started'; readonly id: number }
  | { readonly kind: 'hashed'; readonly id: number; readonly round: number; readonly hashed: number; readonly length: number }
  | { readonly kind: 'answered'; readonly id: number; readonly round: number; readonly verification: Verification }
  | { readonly kind: 'failed'; readonly id: number; readonly round: number; readonly code: FailureCode }
  | { readonly kind: 'told'; readonly id: number; readonly round: number; readonly language: Language; readonly told: Told }
  | { readonly kind: 'drawn'; readonly id: number; readonly round: number; readonly language: Language; readonly page: Page }
  | { readonly kind: 'cut'; readonly id: number; readonly round: number }
  | { readonly kind: 'compared'; readonly id: number | null }
  | { readonly kind: 'selected'; readonly id: number }
  | { readonly kind: 'reached'; readonly id: number }
  | { readonly kind: 'removed'; readonly id: number }
  | { readonly kind: 'emptied' }
  | { readonly kind: 'stopped'; readonly id: number }
  | { readonly kind: 'retried'; readonly id: number }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'trust'; readonly trust: Trust }
  | { readonly kind: 'shown'; readonly shown: PersonalData }
  | { readonly kind: 'example-trust'; readonly lists: readonly TrustFile[] }
  | { readonly kind: 'panel'; readonly panel: Panel | null }
  | { readonly kind: 'link'; readonly address: string }
  | { readonly kind: 'notice'; readonly notice: Notice | null }
  | { readonly kind: 'obstacle'; readonly code: FailureCode };

export function initialState(language: Language): State {
  return {
    language,
    items: [],
    next: 1,
    selected: null,
    awaited: null,
    trust: { lists: [], looksUp: true, remembers: false },
    shown: 'none',
    exampleTrust: [],
    isTrustRead: false,
    compared: null,
    panel: null,
    address: '',
    notice: null,
    obstacle: null,
  };
}

export function reduce(state: State, action: Action): State {
  switch (action.kind) {
    case 'given': return give(state, action.files);
    case 'started': return change(state, action.id, undefined, item => item.phase === 'waiting' ? { ...item, phase: 'reading', round: item.round + 1, hashed: 0 } : item);
    case 'hashed': return change(state, action.id, action.round, item => item.phase === 'reading' ? { ...item, hashed: action.hashed, length: action.length } : item);
    case 'answered': return change(state, action.id, action.round, item => item.phase === 'reading' ? { ...item, phase: 'answered', verification: action.verification } : item);
    case 'failed': return change(state, action.id, action.round, item => item.phase === 'reading' ? { ...item, phase: 'failed', failure: action.code } : item);
    case 'told': return change(state, action.id, action.round, item => ({ ...item, told: { ...item.told, [action.language]: action.told } }));
    case 'drawn': return change(state, action.id, action.round, item => ({ ...item, pages: { ...item.pages, [action.language]: action.page } }));
    case 'cut': return change(state, action.id, action.round, item => ({ ...item, isCut: true }));
    case 'compared': return { ...state, compared: action.id };
    case 'selected': return { ...state, selected: action.id, awaited: action.id };
    case 'reached': return state.awaited === action.id ? { ...state, awaited: null } : state;
    case 'removed': return remove(state, action.id);
    case 'emptied': return { ...state, items: [], selected: null, awaited: null };
    case 'stopped': return change(state, action.id, undefined, item => isOpen(item) ? { ...item, phase: 'stopped', round: item.round + 1 } : item);
    case 'retried': return state.obstacle === null ? change(state, action.id, undefined, unread) : state;
    case 'language': return { ...state, language: action.language };
    case 'trust': return { ...state, trust: action.trust, isTrustRead: true, items: state.items.map(item => item.origin === 'example' ? item : unread(item)) };
    case 'shown': return { ...state, shown: action.shown, items: state.items.map(unread) };
    case 'example-trust': return { ...state, exampleTrust: action.lists };
    case 'panel': return { ...state, panel: action.panel, address: '' };
    case 'link': return { ...state, panel: 'link', address: action.address };
    case 'notice': return { ...state, notice: action.notice };
    case 'obstacle': return { ...state, obstacle: action.code, items: state.items.map(item => isOpen(item) ? fail(item, action.code) : item) };
  }
}

/** The file whose answer is on the page. */
export function selectedItem(state: State): Item | undefined {
  return state.items.find(item => item.id === state.selected);
}

function give(state: State, files: readonly Given[]): State {
  if (files.length === 0)
    return state;
  const added = files.map((file, index): Item => ({ ...file, id: state.next + index, round: 0, phase: 'waiting', hashed: 0, length: file.blob.size, told: {}, pages: {} }))
    .map(item => state.obstacle === null ? item : fail(item, state.obstacle));
  return { ...state, items: [...state.items, ...added], next: state.next + files.length, selected: state.next, awaited: state.next, notice: null };
}

function change(state: State, id: number, round: number | undefined, to: (item: Item) => Item): State {
  return { ...state, items: state.items.map(item => item.id === id && (round === undefined || item.round === round) ? to(item) : item) };
}

/** Whether an answer is still to come. */
export function isOpen(item: Item): boolean {
  return item.phase === 'waiting' || item.phase === 'reading';
}

function fail(item: Item, code: FailureCode): Item {
  return { ...item, phase: 'failed', failure: code };
}

/** A file as it was before anything was asked about it; its next question gets a number of its own. */
function unread(item: Item): Item {
  const { id, name, blob, origin, manifest, note, round } = item;
  return { id, name, blob, origin, ...manifest && { manifest }, ...note && { note }, round: round + 1, phase: 'waiting', hashed: 0, length: blob.size, told: {}, pages: {} };
}

/** Takes a file away; the one that moves into its place is selected in its stead. */
function remove(state: State, id: number): State {
  const place = state.items.findIndex(item => item.id === id);
  if (place < 0)
    return state;
  const items = state.items.filter(item => item.id !== id);
  const selected = state.selected === id ? (items[place] ?? items[place - 1])?.id ?? null : state.selected;
  return { ...state, items, selected, awaited: state.awaited === id ? null : state.awaited };
}
