import type { Language } from '@provenance/browser';
import type { TabView } from './media.js';

/** The port between an extension page (popup, side panel, file page) and the engine. */
export const VIEW_PORT = 'view';

export type FromView =
  /** Tells of a tab now and whenever something changes. */
  | { readonly kind: 'watch'; readonly tab: number }
  | { readonly kind: 'check'; readonly tab: number; readonly frame: number; readonly ids: readonly number[] }
  | { readonly kind: 'check-all'; readonly tab: number }
  | { readonly kind: 'scroll-to'; readonly tab: number; readonly frame: number; readonly id: number }
  /** The bytes that were checked, as an address of ours (`blob:`) that lives until the view closes; read anew where they are no longer held. */
  | { readonly kind: 'bytes'; readonly request: number; readonly tab: number; readonly frame: number; readonly id: number }
  | { readonly kind: 'report'; readonly request: number; readonly tab: number; readonly frame: number; readonly id: number; readonly format: 'json' | 'html'; readonly language: Language }
  /** Fetches the manifest that is kept elsewhere, or the answers of the issuers' responders, once, because the reader asked now. */
  | { readonly kind: 'online'; readonly request: number; readonly tab: number; readonly frame: number; readonly id: number; readonly what: 'manifest' | 'revocation' };

export type ToView =
  | { readonly kind: 'tab'; readonly view: TabView }
  | { readonly kind: 'bytes'; readonly request: number; readonly url: string; readonly name: string; readonly digest: string }
  | { readonly kind: 'report'; readonly request: number; readonly text: string; readonly name: string }
  | { readonly kind: 'done'; readonly request: number }
  | { readonly kind: 'failed'; readonly request: number; readonly why: ViewFailure; readonly hosts?: readonly string[] };

/** `host`: the browser must be asked for `hosts` (match patterns) first. */
export type ViewFailure = 'gone' | 'changed' | 'unreadable' | 'host' | 'unknown';
