import type { FromFrame, ToFrame } from '../contract/frames.js';
import { MOST_MEDIA } from '../contract/limits.js';
import type { Display, Entry, Medium, Sameness, Verdict } from '../contract/media.js';

/** Characters of all addresses of a frame: what a page can have us keep. */
const MOST_ADDRESSES = 16 << 20;

export interface FramePlace {
  readonly tab: number;
  readonly id: number;
  /** `null` as text for frames that have none. */
  readonly origin: string;
  /** Where match patterns are looked up: frames without an address of their own have that of their origin. */
  readonly address: string;
  /** The address of the tab, where the browser tells it. */
  readonly tabAddress: string | null;
  readonly isPrivate: boolean;
}

/** A medium of a frame, and what is known of it. */
export class Subject {
  phase: Entry['phase'] = 'unasked';
  verdict: Verdict | null = null;
  /** The job under which the frame read the bytes that the verdict is on; null if it did not. */
  own: number | null = null;
  sameness: Sameness | null = null;
  display: Display = 'whole';
  interference = false;
  /** Under which its bytes are held. */
  heldKey: string | null = null;

  constructor(readonly frame: Frame, public medium: Medium) {}

  get isSmall(): boolean {
    return this.medium.isSmall;
  }

  entry(): Entry {
    const { medium, frame, phase, verdict, sameness, display, interference } = this;
    return { ...medium, frame: frame.place.id, origin: frame.place.origin, phase, verdict, sameness, display, interference };
  }
}

/** A frame that is connected. */
export class Frame {
  readonly subjects = new Map<number, Subject>();
  isLate = false;
  /** Media beyond the most that are kept. */
  left = 0;
  #addresses = 0;

  constructor(readonly place: FramePlace, readonly send: (message: ToFrame) => void) {}

  /** Takes what the frame found; what is new comes back. */
  add(media: readonly Medium[]): Subject[] {
    const added = [];
    for (const medium of media) {
      const known = this.subjects.get(medium.id);
      if (known !== undefined && known.medium.url === medium.url && known.medium.kind === medium.kind) {
        known.medium = medium;
        continue;
      }
      if (known !== undefined)
        continue;
      if (this.subjects.size >= MOST_MEDIA || this.#addresses + medium.url.length > MOST_ADDRESSES) {
        this.left++;
        continue;
      }
      this.#addresses += medium.url.length;
      const subject = new Subject(this, medium);
      this.subjects.set(medium.id, subject);
      added.push(subject);
    }
    return added;
  }

  remove(ids: readonly number[]): Subject[] {
    const removed = this.of(ids);
    for (const { medium } of removed) {
      this.subjects.delete(medium.id);
      this.#addresses -= medium.url.length;
    }
    return removed;
  }

  of(ids: readonly number[]): Subject[] {
    return ids.map((id) => this.subjects.get(id)).filter((subject) => subject !== undefined);
  }

  /** What it says of a medium that has a verdict. Of bytes that it did not read it cannot know that they are the ones it shows. */
  tell(message: Extract<FromFrame, { kind: 'shown' | 'display' | 'interference' }>): void {
    const subject = this.subjects.get(message.id);
    if (subject === undefined)
      return;
    if (message.kind === 'display')
      subject.display = message.display;
    else if (message.kind === 'interference')
      subject.interference = true;
    else if (subject.verdict !== null)
      subject.sameness = message.sameness !== 'other' && subject.own === null ? 'fresh' : message.sameness;
  }
}

/** The frames of all tabs. */
export class Registry {
  readonly frames = new Set<Frame>();

  of(tab: number): Frame[] {
    return [...this.frames].filter(({ place }) => place.tab === tab);
  }

  /** The newest one of that number: an older one is about to end. */
  find(tab: number, id: number): Frame | null {
    return this.of(tab).filter(({ place }) => place.id === id).at(-1) ?? null;
  }
}
