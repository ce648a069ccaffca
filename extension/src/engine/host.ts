import type { Verifier } from '@provenance/browser';
import { Burst } from '../burst.js';
import { Unread } from '../bytes/unread.js';
import type { EngineHost, EngineServices, EngineSettings, ToEngine } from '../contract/background.js';
import { FRAME_PORT, type FromFrame, type ToFrame } from '../contract/frames.js';
import type { Size } from '../contract/media.js';
import { DEFAULT_SETTINGS } from '../contract/settings.js';
import { VIEW_PORT, type ToView } from '../contract/views.js';
import { Caches } from './caches.js';
import { Checks } from './checks.js';
import { FrameReads } from './frame-reading.js';
import { Judge } from './judge.js';
import { placeOf, isOurPage, type Ours } from './senders.js';
import { fromFrame, fromView } from './schema.js';
import { Frame, Registry, type Subject } from './registry.js';
import { badgeOf, languageOf, modeOf, settingsFor } from './tabs.js';
import { View } from './views.js';

/** Milliseconds without anybody connected after which the background may let us go. */
const IDLE = 60_000;

/** Milliseconds for which media that are found are checked because the reader asked for all of the tab: its scripts may only just have started. */
const ALL = 5_000;

/** Milliseconds for a frame to find what the reader clicked on. */
const CLICK = 5_000;

/** Milliseconds between two words to the toolbar's button. */
const BADGE = 250;

export interface HostEnd {
  readonly services: EngineServices;
  createVerifier(): Verifier;
  sizeOf(blob: Blob, mediaType: string | null): Promise<Size | null>;
  readonly ours: Ours;
}

/** The engine's end of all ports: of frames, which are pages' and get what they need only, and of our own pages, which hear everything of a tab. */
export class Host implements EngineHost {
  readonly registry = new Registry();
  readonly judge: Judge;
  readonly checks: Checks;
  readonly #end: HostEnd;
  readonly #views = new Set<View>();
  readonly #reads = new WeakMap<Frame, FrameReads>();
  readonly #caches = new Caches();
  readonly #privateCaches = new Caches();
  readonly #allUntil = new Map<number, number>();
  readonly #badges = new Map<number, ReturnType<typeof setTimeout>>();
  readonly #shownBadges = new Map<number, string>();
  /** Who waits for what the reader clicked on, by frame. */
  readonly #clicks = new Map<Frame, (id: number | null) => void>();
  readonly #ready: Promise<void>;
  #settings: EngineSettings = { ...DEFAULT_SETTINGS, hosts: [] };
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(end: HostEnd) {
    this.#end = end;
    this.judge = new Judge(end.createVerifier);
    this.checks = new Checks(this.judge, {
      settings: () => this.#settings,
      cachesOf: ({ place }) => (place.isPrivate ? this.#privateCaches : this.#caches),
      readsOf: (frame) => this.#reads.get(frame)!,
      sizeOf: end.sizeOf,
      changed: (tab) => this.#changed(tab),
    });
    this.#ready = end.services.settings().then((settings) => this.#use(settings), (fault: unknown) => console.error(fault));
    this.#mayIdle();
  }

  /** What the background tells. */
  async receive(message: ToEngine): Promise<unknown> {
    if (message.kind === 'settings') {
      await this.#ready;
      return this.#use(message.settings);
    }
    if (message.what === 'check-all')
      return this.checkAll(message.tab);
    return this.#checkClicked(message.tab, message.frame, message.url);
  }

  accept(port: chrome.runtime.Port): void {
    if (port.name === FRAME_PORT)
      this.#acceptFrame(port);
    else if (port.name === VIEW_PORT)
      this.#acceptView(port);
  }

  checkAll(tab: number): void {
    this.#allUntil.set(tab, Date.now() + ALL);
    this.checks.check(this.registry.of(tab).flatMap(({ subjects }) => [...subjects.values()]), 'all');
  }

  #acceptFrame(port: chrome.runtime.Port): void {
    const place = placeOf(port.sender, this.#end.ours);
    if (place === null)
      return port.disconnect();
    const burst = new Burst<ToFrame>((messages) => post(port, messages), () => true);
    const frame = new Frame(place, (message) => burst.send(message));
    const reads = new FrameReads(frame.send);
    this.#reads.set(frame, reads);
    this.registry.frames.add(frame);
    clearTimeout(this.#idle);
    // In their order, and none before we know what the reader chose.
    let turn = this.#ready;
    let isOver = false;
    const end = () => {
      if (isOver)
        return;
      isOver = true;
      burst.drop();
      this.#endFrame(frame, reads);
    };
    port.onDisconnect.addListener(end);
    port.onMessage.addListener((messages: unknown) => {
      const checked = fromFrame(messages);
      if (checked === null) {
        port.disconnect();
        return end();
      }
      turn = turn.then(() => {
        for (const message of checked) {
          if (!isOver)
            this.#fromFrame(frame, reads, message);
        }
      });
    });
  }

  #endFrame(frame: Frame, reads: FrameReads): void {
    this.registry.frames.delete(frame);
    this.checks.forget([...frame.subjects.values()]);
    reads.end();
    this.#clicks.get(frame)?.(null);
    if (frame.place.isPrivate && ![...this.registry.frames].some(({ place }) => place.isPrivate))
      this.#privateCaches.clear();
    this.#changed(frame.place.tab);
    this.#mayIdle();
  }

  #fromFrame(frame: Frame, reads: FrameReads, message: FromFrame): void {
    const { tab } = frame.place;
    switch (message.kind) {
      case 'frame':
        frame.isLate = message.isLate;
        frame.send({ kind: 'settings', settings: settingsFor(frame, this.#settings) });
        break;
      case 'media': {
        const added = frame.add(message.media);
        if ((this.#allUntil.get(tab) ?? 0) > Date.now())
          this.checks.check(added, 'all');
        break;
      }
      case 'gone':
        this.checks.forget(frame.remove(message.ids));
        break;
      case 'check':
        return this.#checkAsked(frame, message.ids, message.by);
      case 'shown': case 'display': case 'interference':
        frame.tell(message);
        break;
      case 'page':
        return void this.#tellPage(frame, message.id);
      default:
        return reads.take(message);
    }
    this.#changed(tab);
  }

  #checkAsked(frame: Frame, ids: readonly number[], by: 'sight' | 'reader'): void {
    const click = this.#clicks.get(frame);
    if (by === 'reader' && click !== undefined)
      click(ids[0] ?? null);
    if (by === 'reader' || modeOf(frame.place, this.#settings) === 'automatic')
      this.checks.check(frame.of(ids), by);
  }

  /** Has a frame find what the context menu was opened on. Its number, or null. */
  async #checkClicked(tab: number, id: number, url: string | null): Promise<number | null> {
    const frame = await this.#frameOf(tab, id);
    if (frame === null)
      return null;
    this.#clicks.get(frame)?.(null);
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(null), CLICK);
      const done = (found: number | null) => {
        clearTimeout(timer);
        this.#clicks.delete(frame);
        resolve(found);
      };
      this.#clicks.set(frame, done);
      frame.send({ kind: 'ask-clicked', url });
    });
  }

  /** A frame whose script may only just have been put in. */
  async #frameOf(tab: number, id: number): Promise<Frame | null> {
    for (const until = Date.now() + CLICK; this.registry.find(tab, id) === null && Date.now() < until;)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return this.registry.find(tab, id);
  }

  async #tellPage(frame: Frame, id: number): Promise<void> {
    const subject = frame.subjects.get(id);
    const page = subject === undefined ? null : await this.#pageOf(subject).catch((fault: unknown) => {
      if (!(fault instanceof Unread))
        console.error(fault);
      return null;
    });
    frame.send({ kind: 'page', id, page });
  }

  async #pageOf(subject: Subject) {
    if (subject.verdict === null || subject.verdict.obstacle !== null)
      return null;
    const { verification } = await this.checks.heldOf(subject);
    return this.judge.asked(() => verification.page(languageOf(this.#settings)));
  }

  #acceptView(port: chrome.runtime.Port): void {
    if (!isOurPage(port.sender, this.#end.ours))
      return port.disconnect();
    const view = new View((message: ToView) => post(port, message), {
      registry: this.registry, checks: this.checks, judge: this.judge, settings: () => this.#settings, checkAll: (tab) => this.checkAll(tab),
    });
    this.#views.add(view);
    clearTimeout(this.#idle);
    port.onMessage.addListener((message: unknown) => {
      const checked = fromView(message);
      if (checked !== null)
        void this.#ready.then(() => view.receive(checked));
    });
    port.onDisconnect.addListener(() => {
      this.#views.delete(view);
      view.close();
      this.#mayIdle();
    });
  }

  #use(settings: EngineSettings): void {
    const language = languageOf(this.#settings);
    this.#settings = settings;
    const subjects = [...this.registry.frames].flatMap(({ subjects: each }) => [...each.values()]);
    if (this.judge.use(settings))
      this.checks.renew(subjects);
    if (languageOf(settings) !== language)
      this.checks.retell(subjects);
    for (const frame of this.registry.frames) {
      frame.send({ kind: 'settings', settings: settingsFor(frame, settings) });
      this.#changed(frame.place.tab);
    }
  }

  #changed(tab: number): void {
    for (const view of this.#views)
      view.changed(tab);
    if (!this.#badges.has(tab))
      this.#badges.set(tab, setTimeout(() => this.#tellBadge(tab), BADGE));
  }

  #tellBadge(tab: number): void {
    this.#badges.delete(tab);
    const frames = this.registry.of(tab);
    const badge = badgeOf(frames), text = JSON.stringify(badge);
    if (frames.length === 0) {
      this.#shownBadges.delete(tab);
      this.#allUntil.delete(tab);
    }
    // The browser takes the badge of a tab that goes elsewhere away by itself.
    else if (this.#shownBadges.get(tab) !== text && (this.#shownBadges.has(tab) || badge.withCredentials > 0)) {
      this.#shownBadges.set(tab, text);
      this.#end.services.badge(tab, badge);
    }
  }

  #mayIdle(): void {
    clearTimeout(this.#idle);
    if (this.registry.frames.size === 0 && this.#views.size === 0)
      this.#idle = setTimeout(() => this.#end.services.idle(), IDLE);
  }
}

/** The other end may be gone, which its port tells a moment later. */
function post(port: chrome.runtime.Port, message: readonly ToFrame[] | ToView): void {
  try {
    port.postMessage(message);
  }
  catch {
    // It is.
  }
}
