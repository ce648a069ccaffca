import type { Language, Page } from '@provenance/browser';
import type { Display, Medium, Obstacle, Sameness, Size, Verdict } from './media.js';

/** The port between a frame's content script and the engine; what passes are lists of messages. What comes from a frame is a page's word on itself: shape and size are checked, no other tab hears of it. */
export const FRAME_PORT = 'frame';

export type FromFrame =
  /** The first message. `isLate`: the page had run before we did. */
  | { readonly kind: 'frame'; readonly isLate: boolean }
  | { readonly kind: 'media'; readonly media: readonly Medium[] }
  | { readonly kind: 'gone'; readonly ids: readonly number[] }
  /** Asks for verdicts: because the media came into sight, or because the reader asked (which waits in no queue and has larger limits). */
  | { readonly kind: 'check'; readonly ids: readonly number[]; readonly by: 'sight' | 'reader' }
  | { readonly kind: 'shown'; readonly id: number; readonly sameness: Sameness }
  | { readonly kind: 'display'; readonly id: number; readonly display: Display }
  | { readonly kind: 'interference'; readonly id: number }
  /** Asks for what the panel beside a label says. */
  | { readonly kind: 'page'; readonly id: number }
  | ReadAnswer;

/**
 * What became of a `read`: `bytes`, `spared` or `unread`. Where its first bytes do not say that it has no credentials there is a `head` before, and
 * another one if it had to begin anew.
 */
export type ReadAnswer =
  /** Goes on at `go`. `isLikely`: the file may have credentials, by what was seen of it. */
  | { readonly kind: 'head'; readonly job: number; readonly validator: Validator; readonly isLikely: boolean }
  /** All of them. Browsers pass on where they are kept, and not the bytes. */
  | { readonly kind: 'bytes'; readonly job: number; readonly blob: Blob; readonly validator: Validator }
  /** The sniffer says that the file has no credentials; `length` bytes were read. */
  | { readonly kind: 'spared'; readonly job: number; readonly length: number; readonly validator: Validator }
  | { readonly kind: 'unread'; readonly job: number; readonly obstacle: Obstacle };

/** What tells a file from another one under its address: of its ETag, Last-Modified and length; null where nothing does. */
type Validator = string | null;

export type ToFrame =
  | { readonly kind: 'settings'; readonly settings: FrameSettings }
  /** Asks the frame for a medium's bytes: its own `blob:` and `data:`, and what its page may read. */
  | { readonly kind: 'read'; readonly job: number; readonly id: number; readonly most: number; readonly isWhole: boolean }
  /** Goes on after `head`. */
  | { readonly kind: 'go'; readonly job: number }
  | { readonly kind: 'stop'; readonly job: number }
  /** `own`: the job under which the frame read these bytes, which it compares with what it shows; null if we read them: it compares sizes. */
  | { readonly kind: 'verdict'; readonly id: number; readonly verdict: Verdict; readonly own: number | null }
  | { readonly kind: 'page'; readonly id: number; readonly page: Page | null }
  | { readonly kind: 'checking'; readonly ids: readonly number[] }
  | { readonly kind: 'scroll-to'; readonly id: number }
  /** Looks at the whole document again and tells the engine anew of everything. */
  | { readonly kind: 'ask-all' }
  /**
   * The medium with the address that the browser says was clicked; without one, what is at the place where the context menu was opened, or
   * nearest to it under overlays. Answered by `check` by the reader, and not at all where there is none, or where the script came too late
   * to know the place.
   */
  | { readonly kind: 'ask-clicked'; readonly url: string | null };

export interface FrameSettings {
  readonly language: Language;
  /** Whether media in sight are checked unasked. */
  readonly isAutomatic: boolean;
  readonly isPaused: boolean;
  /** A word or sign that the reader chose, shown in our panel, which a page cannot know; empty for none. */
  readonly mark: string;
}

export type { Size };
