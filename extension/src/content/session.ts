import type { FrameSettings, FromFrame, ToFrame } from '../contract/frames.js';
import type { Display, Sameness, Verdict } from '../contract/media.js';
import type { Connection, DisplayWatch, Finder, Found, Labels, Reader } from '../contract/parts.js';
import { Clicks } from './clicks.js';
import { connect } from './connection.js';
import { createDisplayWatch } from './display.js';
import { createFinder } from './finder.js';
import { createLabels } from './labels/labels.js';
import { createReader } from './reading.js';
import { Stillness } from './stillness.js';
import { nextTurn } from './turns.js';

/** Milliseconds for which a medium is shown in the same way before it has a label again. */
const STEADY = 300;

/** Frames within which a label comes into sight behind a scroll. */
const FRAMES = 30;

/** Milliseconds without a fast scroll after which what came near is asked about: readers look at what stands still, and a feed needs the processor itself. */
const STILL = 150;

/** Media in one message. */
const BATCH = 1000;

/** A medium that may have a label. */
interface Labelled {
  readonly verdict: Verdict;
  readonly sameness: Sameness;
  display: Display;
  timer: number;
}

/** A frame of a page: joins what finds, reads, watches and labels its media with the engine, for as long as both are there. */
export class Session {
  readonly #isLate: boolean;
  readonly #labels: Labels = createLabels({ opened: (id) => this.#send({ kind: 'page', id }), interference: (id) => this.#send({ kind: 'interference', id }) });
  readonly #watch: DisplayWatch = createDisplayWatch({ changed: (id, display) => this.#displayChanged(id, display) });
  readonly #reader: Reader = createReader({ answer: (answer) => this.#send(answer) });
  readonly #clicks = new Clicks();
  readonly #stillness = new Stillness(STILL);
  readonly #connection: Connection;
  readonly #labelled = new Map<number, Labelled>();
  /** What the engine was asked about, and by whom: a new engine is asked again. */
  readonly #asked = new Map<number, 'sight' | 'reader'>();
  readonly #near = new Set<number>();
  /** The latest verdict on each medium; one that is compared no longer counts when the next has come. */
  readonly #verdicts = new Map<number, Verdict>();
  #settings: FrameSettings | null = null;
  #finder: Finder | null = null;

  constructor(isLate: boolean) {
    this.#isLate = isLate;
    this.#connection = connect({ receive: (message) => this.#receive(message), again: () => void this.#tellAnew(), ended: () => this.#end() });
    this.#send({ kind: 'frame', isLate });
  }

  #send(message: FromFrame): void {
    this.#connection.send(message);
  }

  #receive(message: ToFrame): void {
    switch (message.kind) {
      case 'settings': return this.#use(message.settings);
      case 'read': return this.#read(message);
      case 'go': return this.#reader.go(message.job);
      case 'stop': return this.#reader.stop(message.job);
      case 'verdict': return void this.#judge(message.id, message.verdict, message.own);
      case 'page': return this.#labels.tell(message.id, message.page);
      case 'checking': return this.#noteAsked(message.ids);
      case 'scroll-to': return this.#scrollTo(message.id);
      case 'ask-all':
        this.#finder?.look();
        return void this.#tellAnew();
      case 'ask-clicked': return this.#askClicked(message.url);
    }
  }

  // What the reader chose.

  #use(settings: FrameSettings): void {
    this.#settings = settings;
    this.#labels.use(settings);
    if (settings.isPaused) this.#pause();
    else this.#finder ??= createFinder({ found: (found) => this.#found(found), near: (found) => this.#cameNear(found), gone: (found) => this.#gone(found) });
    if (settings.isAutomatic) this.#ask([...this.#near].filter((id) => !this.#asked.has(id)), 'sight');
  }

  #pause(): void {
    if (!this.#finder) return;
    this.#finder.stop();
    this.#gone([...this.#finder.media.values()]);
    this.#finder = null;
  }

  /** Nobody is there any more: nothing of ours stays on the page. */
  #end(): void {
    this.#finder?.stop();
    this.#finder = null;
    for (const id of [...this.#labelled.keys()]) this.#forget(id);
    this.#watch.stop();
    this.#labels.stop();
    this.#clicks.stop();
    this.#stillness.stop();
    this.#connection.stop();
  }

  // Media.

  #found(found: readonly Found[]): void {
    this.#tell(found);
    const clicked = this.#clicks.among(found);
    if (clicked) this.#ask([clicked.medium.id], 'reader');
  }

  #cameNear(found: readonly Found[]): void {
    // Some have grown since they were found.
    this.#tell(found);
    const ids = found.map(({ medium }) => medium.id);
    ids.forEach((id) => this.#near.add(id));
    if (this.#settings?.isAutomatic) this.#stillness.wait(() => this.#ask(ids.filter((id) => this.#finder?.media.has(id) && !this.#asked.has(id)), 'sight'));
  }

  #gone(found: readonly Found[]): void {
    if (found.length === 0) return;
    const ids = found.map(({ medium }) => medium.id);
    for (const id of ids) {
      this.#forget(id);
      this.#near.delete(id);
      this.#asked.delete(id);
      this.#verdicts.delete(id);
    }
    this.#send({ kind: 'gone', ids });
  }

  #tell(found: readonly Found[]): void {
    for (let from = 0; from < found.length; from += BATCH) this.#send({ kind: 'media', media: found.slice(from, from + BATCH).map(({ medium }) => medium) });
  }

  #ask(ids: readonly number[], by: 'sight' | 'reader'): void {
    if (ids.length === 0) return;
    ids.forEach((id) => this.#asked.set(id, by));
    this.#send({ kind: 'check', ids, by });
  }

  /** The engine checks them because a reader asked in the popup. */
  #noteAsked(ids: readonly number[]): void {
    for (const id of ids) {
      if (!this.#asked.has(id)) this.#asked.set(id, 'reader');
    }
  }

  /** Says everything to an engine that knows nothing, in turns: there may be very much. */
  async #tellAnew(): Promise<void> {
    this.#send({ kind: 'frame', isLate: this.#isLate });
    const ids = [...(this.#finder?.media.keys() ?? [])];
    for (let from = 0; from < ids.length; from += BATCH) {
      const batch = ids.slice(from, from + BATCH).filter((id) => this.#finder?.media.has(id));
      this.#tell(batch.map((id) => this.#finder!.media.get(id)!));
      this.#ask(batch.filter((id) => this.#asked.get(id) === 'reader'), 'reader');
      this.#ask(batch.filter((id) => this.#asked.get(id) === 'sight'), 'sight');
      await nextTurn();
    }
  }

  // Bytes and verdicts.

  #read({ job, id, most, isWhole }: Extract<ToFrame, { kind: 'read' }>): void {
    const found = this.#finder?.media.get(id);
    if (found) this.#reader.read(job, found, most, isWhole);
    else this.#send({ kind: 'unread', job, obstacle: 'changed' });
  }

  async #judge(id: number, verdict: Verdict, own: number | null): Promise<void> {
    const found = this.#finder?.media.get(id);
    if (!found) return;
    this.#verdicts.set(id, verdict);
    const sameness = await this.#reader.compare(found, verdict, own);
    if (this.#verdicts.get(id) !== verdict) return;
    this.#send({ kind: 'shown', id, sameness });
    if (sameness === 'other' || verdict.label === 'none') {
      this.#forget(id);
      return;
    }
    clearTimeout(this.#labelled.get(id)?.timer);
    const display = this.#watch.watch(found);
    this.#labelled.set(id, { verdict, sameness, display, timer: 0 });
    this.#send({ kind: 'display', id, display });
    if (display === 'covered') this.#labels.remove(id);
    else this.#show(id);
  }

  #displayChanged(id: number, display: Display): void {
    const labelled = this.#labelled.get(id);
    if (!labelled) return;
    this.#labels.remove(id);
    clearTimeout(labelled.timer);
    labelled.display = display;
    labelled.timer = window.setTimeout(() => this.#show(id), STEADY);
    this.#send({ kind: 'display', id, display });
  }

  #show(id: number): void {
    const found = this.#finder?.media.get(id), labelled = this.#labelled.get(id);
    if (found && labelled && labelled.display !== 'covered') this.#labels.show(found, labelled.verdict, labelled.sameness, labelled.display);
  }

  #forget(id: number): void {
    const labelled = this.#labelled.get(id);
    if (!labelled) return;
    clearTimeout(labelled.timer);
    this.#labelled.delete(id);
    this.#labels.remove(id);
    this.#watch.unwatch(id);
  }

  // What the reader points at.

  #scrollTo(id: number): void {
    const found = this.#finder?.media.get(id);
    if (!found) return;
    found.element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    this.#focus(id, FRAMES);
  }

  /** Labels are put in their places with the frames that follow; there may be none. */
  #focus(id: number, frames: number): void {
    requestAnimationFrame(() => {
      if (!this.#labels.focus(id) && frames > 0) this.#focus(id, frames - 1);
    });
  }

  #askClicked(url: string | null): void {
    const found = this.#clicks.asked(this.#finder, url);
    if (found) this.#ask([found.medium.id], 'reader');
  }
}
