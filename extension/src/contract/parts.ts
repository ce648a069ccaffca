import type { Page } from '@provenance/browser';
import type { FrameSettings, FromFrame, ReadAnswer, ToFrame } from './frames.js';
import type { Display, Medium, Sameness, Verdict } from './media.js';

/** The parts of a content script, and what they tell each other. main.ts joins them. */

/** A medium, and where it stands. */
export interface Found {
  readonly medium: Medium;
  readonly element: Element;
  /** The whole address, which `medium.url` is the beginning of: `data:` addresses may be long. `blob:` alone where the page gave a stream and no address. */
  readonly address: string;
}

/** Finds media, in shadow roots too; knows nothing of verdicts. */
export interface Finder {
  readonly media: ReadonlyMap<number, Found>;
  /** The medium at a place of the viewport, or nearest to it below what lies over it. */
  at(x: number, y: number): Found | null;
  /** Looks at the whole document again, for what no event tells of: style sheets changed by script, shadow roots attached late. */
  look(): void;
  stop(): void;
}

export interface FinderEvents {
  /** New media, each once: loaded pictures, films, sounds. */
  found(found: readonly Found[]): void;
  /** Came near the viewport and is large enough, for the first time. */
  near(found: readonly Found[]): void;
  /** Went away, or became another medium (which is found under a new number); told before the frame is painted. */
  gone(found: readonly Found[]): void;
}

/** Watches how media that have a label are shown; tells of a change before the frame is painted. */
export interface DisplayWatch {
  watch(found: Found): Display;
  unwatch(id: number): void;
  stop(): void;
}

export interface DisplayEvents {
  changed(id: number, display: Display): void;
}

/** Puts labels on media, and the panel beside one. */
export interface Labels {
  /** Puts or renews the label of a medium; nothing for `none`. */
  show(found: Found, verdict: Verdict, sameness: Sameness, display: Display): void;
  /** Takes it away at once. */
  remove(id: number): void;
  /** Puts the keyboard's focus on a label; says whether there is one that can be seen. */
  focus(id: number): boolean;
  /** What the open panel waits for; null where nothing more can be told. */
  tell(id: number, page: Page | null): void;
  use(settings: FrameSettings): void;
  stop(): void;
}

export interface LabelEvents {
  /** The reader opened the panel of a label. */
  opened(id: number): void;
  /** The page took labels away, moved, restyled or covered them. */
  interference(id: number): void;
}

/** The frame's end of the port to the engine. Opens it again when it breaks, after `again`. */
export interface Connection {
  send(message: FromFrame): void;
  stop(): void;
}

export interface ConnectionEvents {
  receive(message: ToFrame): void;
  /** The engine began anew and knows nothing. */
  again(): void;
  /** The extension was reloaded or removed: this script can reach nothing any more. */
  ended(): void;
}

/** Reads what the engine asks for, and compares what was checked with what is shown. */
export interface Reader {
  read(job: number, found: Found, most: number, isWhole: boolean): void;
  go(job: number): void;
  stop(job: number): void;
  /** `own`: the job under which this frame read the bytes that the verdict is on; null if it did not. */
  compare(found: Found, verdict: Verdict, own: number | null): Promise<Sameness>;
}

export interface ReaderEvents {
  answer(answer: ReadAnswer): void;
}
