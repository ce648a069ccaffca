import type { Settings } from './settings.js';

/**
 * What the background answers: the service worker (Chromium), which may be stopped at any time and holds nothing, or the page that is the
 * engine as well (Firefox). Only messages of our own pages and content scripts arrive here.
 */
export type ToBackground =
  /** Sees to it that the engine is there; answered with true when a port can be opened. */
  | { readonly to: 'background'; readonly kind: 'wake' }
  /** The engine asks for what is kept; it has no storage of its own (offscreen documents have none). */
  | { readonly to: 'background'; readonly kind: 'settings' }
  /** What the toolbar's button says of a tab. */
  | { readonly to: 'background'; readonly kind: 'badge'; readonly tab: number; readonly badge: Badge }
  /** Nothing is left to do for the engine: its document may go. */
  | { readonly to: 'background'; readonly kind: 'idle' };

export type ToEngine =
  | { readonly to: 'engine'; readonly kind: 'settings'; readonly settings: EngineSettings }
  /**
   * The reader chose something of the context menu; `url` is what the browser says was clicked, if it is a medium. `check` is answered with
   * the number of the medium that was meant, or null where the frame finds none there.
   */
  | { readonly to: 'engine'; readonly kind: 'menu'; readonly tab: number; readonly frame: number; readonly what: 'check' | 'check-all'; readonly url: string | null };

/** What the engine asks of the background: by messages in Chromium; directly in Firefox, where both are one page. */
export interface EngineServices {
  settings(): Promise<EngineSettings>;
  badge(tab: number, badge: Badge): void;
  idle(): void;
}

/** The engine as Firefox's background page holds it, made by `startEngine(services)`. */
export interface EngineHost {
  receive(message: ToEngine): Promise<unknown>;
}

/** How many media of a tab have credentials, and how many of them do not match theirs. */
export interface Badge {
  readonly withCredentials: number;
  readonly broken: number;
}

/** What the engine needs to know of the reader's choices. */
export interface EngineSettings extends Settings {
  /** Match patterns of hosts whose media we may fetch ourselves. */
  readonly hosts: readonly string[];
}
