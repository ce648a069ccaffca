import type { LabelCode } from '@provenance/browser';

/** Where on the page a picture, film or sound stands. */
export type MediaKind = 'image' | 'svg-image' | 'background' | 'video' | 'poster' | 'audio';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Something of a frame that has bytes of its own. Another address, another element or another file under the same address is another medium. */
export interface Medium {
  /** Counted within its frame, never used twice. */
  readonly id: number;
  readonly kind: MediaKind;
  /** What the browser chose to show, such as `currentSrc`; `data:` addresses are cut to their first 64 characters. */
  readonly url: string;
  /** What the page calls it: its alternative text; untrusted, cut to 200 characters. */
  readonly name: string;
  /** Pixels that the browser decoded, not divided by the density of `srcset`; null where the page cannot be asked. */
  readonly natural: Size | null;
  /** CSS pixels in which it is shown. */
  readonly shown: Size;
  /** Whether it is below the size from which media are checked unasked. */
  readonly isSmall: boolean;
  /** Whether its element asks for it with CORS (`crossorigin`), so that its page may read it. */
  readonly isShared?: boolean;
}

/** How the bytes that were checked are known to be the ones that are shown (attacks.md K12, K13). */
export type Sameness =
  /** The page's own `blob:` or `data:`, read in its frame. */
  | 'own-bytes'
  /** Every pixel that the page shows was compared with what was checked. */
  | 'same-pixels'
  /** A download of our own, which may differ from what the page got. */
  | 'fresh'
  /** Its dimensions or its pixels differ from what is shown; there is no label then. */
  | 'other';

/** How the page shows the medium: what speaks against a label on it, or must be said beside it. */
export type Display =
  | 'whole'
  /** A part of it only, or so altered (mirrored, turned, blended, filtered) that it looks like another one. */
  | 'cropped' | 'altered'
  /** More than a fifth of it lies under something else. */
  | 'covered';

/** Why there is no answer. */
export type Obstacle =
  /** Neither the page nor we may read it; the reader may allow its host. */
  | 'no-access'
  /** A host of a private network, and the page is not of one. */
  | 'private-address'
  /** The address leads on to another one, which only the page may follow. */
  | 'redirect'
  | 'too-large' | 'too-slow' | 'offline' | 'http-error'
  /** A stream that the page puts together (Media Source), which has no bytes of its own. */
  | 'stream'
  /** The engine was stopped after its time, or broke. */
  | 'engine-time' | 'engine'
  /** The page went away, or changed it, while it was read. */
  | 'changed';

/** What is known of a medium's bytes. What it says is the engine's alone, never a page's. */
export interface Verdict {
  readonly label: LabelCode;
  /** The label's sentence and the lines below it, in the reader's language. */
  readonly sentence: string;
  readonly lines: readonly string[];
  /** SHA-256 of the bytes in lower-case hex; null where they were not read to their end. */
  readonly digest: string | null;
  readonly length: number | null;
  /** Of what the bytes decode to; null where that is not known. */
  readonly size: Size | null;
  /** Who issued the signer's certificate; null where no credential says. Untrusted text. */
  readonly issuer: string | null;
  /** Why not, if the label is `not-checked` and the engine was not reached. */
  readonly obstacle: Obstacle | null;
  /** Host that keeps the manifest, if the label is `not-checked` for that. */
  readonly remote: string | null;
  /** When the bytes were read, in milliseconds since 1970. */
  readonly at: number;
}

/** What is seen of a medium in the popup and the panel. */
export interface Entry extends Medium {
  readonly frame: number;
  /** Origin of the frame; `null` as text for frames that have none. */
  readonly origin: string;
  readonly phase: 'unasked' | 'waiting' | 'checking' | 'answered';
  readonly verdict: Verdict | null;
  readonly sameness: Sameness | null;
  readonly display: Display;
  /** Whether its label was on the page and the page took it away, moved or covered it. */
  readonly interference: boolean;
}

/** Everything of a tab. */
export interface TabView {
  readonly tab: number;
  readonly origin: string;
  /** Whether labels are put on media unasked. */
  readonly mode: 'automatic' | 'on-demand' | 'paused';
  /** Whether the page ran before we looked. */
  readonly isLate: boolean;
  readonly isPrivate: boolean;
  readonly entries: readonly Entry[];
  /** Media beyond the most that are kept. */
  readonly left: number;
}
