import type { VerifyOptions } from '@provenance/browser';
import { digestOf } from '@provenance/page/bytes.js';
import { acceptOf } from '../bytes/accept.js';
import { release } from '../bytes/pieces.js';
import type { ReadResult } from '../bytes/read.js';
import { Unread } from '../bytes/unread.js';
import type { EngineSettings } from '../contract/background.js';
import { AT_ONCE, LOOKED_AT_ONCE, MOST_BYTES, MOST_HASHED, MOST_READING_TIME } from '../contract/limits.js';
import type { Obstacle, Verdict } from '../contract/media.js';
import type { Caches, Held } from './caches.js';
import { fetchMedium } from './fetching.js';
import type { FrameReads } from './frame-reading.js';
import type { Judge } from './judge.js';
import { Places, Queue, type Task, type Urgency } from './queue.js';
import type { Frame, Subject } from './registry.js';
import { mayFollow, routeOf, type Route } from './routes.js';
import { languageOf } from './tabs.js';
import { findingOf, obstacleVerdict, retold, sparedVerdict, verdictOf, type Finding } from './verdicts.js';

/** What the checks need of what is around them. */
export interface ChecksEnd {
  settings(): EngineSettings;
  cachesOf(frame: Frame): Caches;
  readsOf(frame: Frame): FrameReads;
  sizeOf(blob: Blob, mediaType: string | null): Promise<Verdict['size']>;
  /** Something of a tab is other than before. */
  changed(tab: number): void;
}

/** What is known after a file was read, or before it had to be. */
type Outcome =
  | { readonly kind: 'spared' }
  | { readonly kind: 'found'; readonly finding: Finding };

/** Media that have the same bytes, and are checked at once. */
class Check implements Task {
  readonly subjects = new Set<Subject>();
  readonly stopping = new AbortController();

  constructor(readonly key: string, readonly route: Route, public urgency: Urgency, readonly isAnew: boolean, readonly work: (check: Check) => Promise<void>) {}

  run(): Promise<void> {
    return this.work(this);
  }

  /** A medium in whose place the bytes are read. */
  get one(): Subject {
    for (const subject of this.subjects)
      return subject;
    throw new Unread('changed');
  }
}

/** Reads and checks media: which, when, by which way, and what comes of it. */
export class Checks {
  readonly #queue = new Queue(LOOKED_AT_ONCE);
  /** Of files that are more than looked at. */
  readonly #places = new Places(AT_ONCE);
  readonly #open = new Map<string, Check>();
  readonly #checkOf = new WeakMap<Subject, Check>();
  /** What the reader had fetched for a medium besides. */
  readonly #given = new WeakMap<Subject, VerifyOptions>();

  constructor(readonly judge: Judge, readonly end: ChecksEnd) {}

  get length(): number {
    return this.#open.size;
  }

  /** Has media checked, if nobody did yet; one that the reader asks about, again. */
  check(subjects: readonly Subject[], urgency: Urgency): void {
    const added = [];
    for (const subject of subjects) {
      const open = this.#checkOf.get(subject);
      if (open !== undefined)
        this.#hurry(open, urgency);
      else if (subject.phase !== 'answered' || urgency === 'reader' || (urgency === 'all' && subject.verdict?.obstacle !== null))
        added.push(...this.#begin(subject, urgency));
    }
    this.#queue.add(added, urgency);
  }

  /** Media went away. */
  forget(subjects: readonly Subject[]): void {
    for (const subject of subjects) {
      const check = this.#checkOf.get(subject);
      this.#checkOf.delete(subject);
      check?.subjects.delete(subject);
      if (check?.subjects.size === 0)
        this.#drop(check);
    }
  }

  /** The reader's lists are other ones: what was judged by them is judged anew. */
  renew(subjects: Iterable<Subject>): void {
    const added = new Set<Check>();
    for (const subject of subjects) {
      if (subject.phase !== 'answered' || subject.verdict?.digest == null || subject.verdict.label === 'none')
        continue;
      const held = subject.heldKey === null ? undefined : this.end.cachesOf(subject.frame).held.get(subject.heldKey);
      if (held === undefined)
        this.#begin(subject, 'sight').forEach((check) => added.add(check));
      else
        added.add(this.#join(subject, `held ${subject.frame.place.isPrivate} ${subject.heldKey}`, 'engine', 'sight', (check) => this.#judgeHeld(check, held)));
    }
    this.#queue.add([...added], 'sight');
  }

  /** The reader's language is another one. */
  retell(subjects: Iterable<Subject>): void {
    const language = languageOf(this.end.settings());
    for (const subject of subjects) {
      if (subject.verdict === null)
        continue;
      const { digest } = subject.verdict;
      const finding = digest === null || this.#given.has(subject) ? undefined : this.end.cachesOf(subject.frame).findings.get(this.#findingKey(digest));
      this.#tell(subject, retold(subject.verdict, finding ?? null, language), subject.own, subject.heldKey);
    }
  }

  /** The bytes that were checked, and what the engine says of them; read anew where they are no longer held, if they are the same. */
  async heldOf(subject: Subject): Promise<Held> {
    const caches = this.end.cachesOf(subject.frame);
    const held = subject.heldKey === null ? undefined : caches.held.get(subject.heldKey);
    if (held !== undefined && held.version === this.judge.version)
      return held;
    const blob = held?.blob ?? (await this.#readWhole(subject));
    const digest = subject.verdict?.digest ?? null;
    const given = this.#given.get(subject) ?? {};
    const anew = await this.#verify(blob, given);
    if (digest !== null && anew.held.digest !== digest) {
      anew.held.verification.dispose();
      throw new Unread('changed');
    }
    const key = subject.heldKey ?? anew.held.digest;
    caches.held.set(key, anew.held, blob.size);
    subject.heldKey = key;
    if (digest === null)
      this.#tell(subject, verdictOf(anew.finding, languageOf(this.end.settings())), null, key);
    return anew.held;
  }

  /** Judges bytes that were checked once more, with what the reader had fetched for them. */
  async judgeWith(subject: Subject, given: VerifyOptions, isSame: () => boolean): Promise<void> {
    const held = await this.heldOf(subject);
    const { held: anew, finding } = await this.#verify(held.blob, given);
    if (!isSame()) {
      anew.verification.dispose();
      throw new Unread('changed');
    }
    const key = `${held.digest} online ${++this.#lastGiven}`;
    this.#given.set(subject, given);
    this.end.cachesOf(subject.frame).held.set(key, anew, anew.blob.size);
    this.#tell(subject, verdictOf(finding, languageOf(this.end.settings())), subject.own, key);
  }

  #lastGiven = 0;

  #begin(subject: Subject, urgency: Urgency): Check[] {
    const { frame, medium } = subject;
    const route = routeOf(medium, frame.place.origin, this.end.settings().hosts);
    if ('obstacle' in route) {
      this.#tell(subject, this.#obstacle(route.obstacle), null, null);
      return [];
    }
    const who = route.by === 'frame' ? `frame ${numberOf(frame)}` : `engine ${frame.place.isPrivate}`;
    const file = medium.url.startsWith('data:') ? medium.id : `${acceptOf(medium.kind)} ${medium.url}`;
    const isNew = !this.#open.has(`${who} ${file}`);
    const check = this.#join(subject, `${who} ${file}`, route.by, urgency, (each) => this.#checkBytes(each));
    if (!isNew)
      this.#hurry(check, urgency);
    return isNew ? [check] : [];
  }

  #hurry(check: Check, urgency: Urgency): void {
    this.#queue.hurry(check, urgency);
    this.#places.next();
  }

  #join(subject: Subject, key: string, route: Route, urgency: Urgency, work: (check: Check) => Promise<void>): Check {
    let check = this.#open.get(key);
    if (check === undefined) {
      check = new Check(key, route, urgency, subject.phase === 'answered', work);
      this.#open.set(key, check);
    }
    check.subjects.add(subject);
    this.#checkOf.set(subject, check);
    subject.phase = 'waiting';
    this.end.changed(subject.frame.place.tab);
    return check;
  }

  /** Nobody waits for it any more. */
  #drop(check: Check): void {
    this.#queue.remove(check);
    check.stopping.abort(new Unread('changed'));
    if (this.#open.get(check.key) === check)
      this.#open.delete(check.key);
  }

  async #checkBytes(check: Check): Promise<void> {
    const over = new AbortController();
    await this.#answer(check, async () => {
      const { result, reader, known } = await this.#read(check, over.signal);
      const caches = this.end.cachesOf(check.one.frame);
      if (known !== null)
        return { outcome: known, reader: null };
      if (result.kind !== 'bytes')
        return { outcome: { kind: 'spared' }, reader };
      const finding = await this.#find(result.blob, caches, result.digest);
      if (reader === null && result.validator !== null)
        caches.digests.set(this.#fileKey(check.one, result.validator), finding.digest);
      return { outcome: { kind: 'found', finding }, reader };
    });
    over.abort();
  }

  async #judgeHeld(check: Check, { blob }: Held): Promise<void> {
    await this.#answer(check, async () => ({ outcome: { kind: 'found', finding: await this.#find(blob, this.end.cachesOf(check.one.frame)) }, reader: 'same' }));
  }

  /** Does the work, and tells everybody what came of it. `reader`: who read the bytes, if a frame did; `same`: whoever did before. */
  async #answer(check: Check, work: () => Promise<{ readonly outcome: Outcome; readonly reader: FrameJob | 'same' | null }>): Promise<void> {
    this.#tellChecking(check);
    const language = languageOf(this.end.settings());
    let tell: (subject: Subject) => void;
    try {
      const { outcome, reader } = await work();
      const verdict = outcome.kind === 'spared' ? sparedVerdict(language) : verdictOf(outcome.finding, language);
      tell = (subject) => this.#tell(subject, verdict, reader === 'same' ? subject.own : reader?.frame === subject.frame ? reader.job : null, verdict.digest);
    }
    catch (fault) {
      if (!(fault instanceof Unread))
        console.error(fault);
      const verdict = this.#obstacle(fault instanceof Unread ? fault.obstacle : 'engine');
      tell = (subject) => this.#tell(subject, verdict, null, null);
    }
    if (this.#open.get(check.key) === check)
      this.#open.delete(check.key);
    for (const subject of check.subjects) {
      this.#checkOf.delete(subject);
      this.#given.delete(subject);
      tell(subject);
    }
  }

  #tellChecking(check: Check): void {
    const frames = new Map<Frame, number[]>();
    for (const subject of check.subjects) {
      subject.phase = 'checking';
      frames.set(subject.frame, [...(frames.get(subject.frame) ?? []), subject.medium.id]);
    }
    for (const [frame, ids] of frames) {
      frame.send({ kind: 'checking', ids });
      this.end.changed(frame.place.tab);
    }
  }

  #tell(subject: Subject, verdict: Verdict, own: number | null, heldKey: string | null): void {
    subject.phase = 'answered';
    subject.verdict = verdict;
    subject.own = own;
    subject.sameness = null;
    subject.heldKey = heldKey;
    subject.frame.send({ kind: 'verdict', id: subject.medium.id, verdict, own });
    this.end.changed(subject.frame.place.tab);
  }

  #obstacle(obstacle: Obstacle): Verdict {
    return obstacleVerdict(obstacle, languageOf(this.end.settings()));
  }

  /** Reads as much of the bytes as is needed: more than their start in a place that is free again when all is over. */
  async #read(check: Check, over: AbortSignal): Promise<Reading> {
    const limit = check.urgency === 'reader' ? 'reader' : 'sight';
    const timed = () => setTimeout(() => check.stopping.abort(new Unread('too-slow')), MOST_READING_TIME[limit]);
    let timer = timed();
    let place: Promise<void> | null = null;
    const enter = async (isLikely: boolean) => {
      if (isLikely)
        this.judge.warm();
      clearTimeout(timer);
      await (place ??= this.#places.take(check, AbortSignal.any([check.stopping.signal, over])));
      timer = timed();
      return true;
    };
    const options = { most: MOST_BYTES[limit], isWhole: false, isAnew: check.isAnew, signal: check.stopping.signal, enter };
    try {
      return await (check.route === 'engine' ? this.#fetchOrFollow(check, options) : this.#readOrFetch(check, options));
    }
    finally {
      clearTimeout(timer);
    }
  }

  /** Where an address leads on to another one only the page may follow, if at all. */
  async #fetchOrFollow(check: Check, options: ReadLimits): Promise<Reading> {
    try {
      return await this.#fetch(check, options);
    }
    catch (fault) {
      if (!(fault instanceof Unread) || fault.obstacle !== 'redirect')
        throw fault;
      return await this.#readInFrame(check, options).catch(() => { throw fault; });
    }
  }

  /** What a frame may not read, we may be allowed to: the policy of its page binds it in some browsers, and not us. */
  async #readOrFetch(check: Check, options: ReadLimits): Promise<Reading> {
    const { frame, medium } = check.one;
    try {
      return await this.#readInFrame(check, options);
    }
    catch (fault) {
      if (!(fault instanceof Unread) || fault.obstacle !== 'no-access' || !mayFollow(medium, frame.place.origin, this.end.settings().hosts))
        throw fault;
      return this.#fetch(check, options);
    }
  }

  async #fetch(check: Check, options: ReadLimits): Promise<Reading> {
    let known: Outcome | null = null;
    const { one } = check;
    const caches = this.end.cachesOf(one.frame);
    const result = await fetchMedium(one.medium, {
      ...options,
      isPrivate: one.frame.place.isPrivate,
      opened: async (validator, isLikely) => {
        known = validator === null || options.isAnew ? null : this.#knownOf(this.#fileKey(one, validator), caches);
        return known === null && options.enter(isLikely);
      },
    });
    if (result.kind === 'spared' && result.validator !== null)
      caches.spared.set(this.#fileKey(one, result.validator), result.length);
    return { result, reader: null, known };
  }

  async #readInFrame(check: Check, options: ReadLimits): Promise<Reading> {
    const { frame, medium } = check.one;
    const caches = this.end.cachesOf(frame);
    const keyOf = (validator: string) => `${frame.place.origin} ${medium.url} ${validator}`;
    // Of a file with credentials a frame's word that it is the one we know is not enough: its bytes are looked at.
    const isKept = /^https?:/.test(frame.place.origin) && /^https?:/.test(medium.url);
    let isSpared = false;
    const result = await this.end.readsOf(frame).read({
      ...options,
      id: medium.id,
      opened: async (validator, isLikely) => {
        isSpared = isKept && !options.isAnew && validator !== null && caches.spared.get(keyOf(validator)) !== undefined;
        return !isSpared && options.enter(isLikely);
      },
    });
    if (result.kind === 'spared' && isKept && result.validator !== null)
      caches.spared.set(keyOf(result.validator), result.length);
    return { result, reader: { frame, job: result.job }, known: isSpared ? { kind: 'spared' } : null };
  }

  /** The same bytes again, all of them, whatever the sniffer says. */
  async #readWhole(subject: Subject): Promise<Blob> {
    const { frame, medium } = subject;
    const route = routeOf(medium, frame.place.origin, this.end.settings().hosts);
    if ('obstacle' in route)
      throw new Unread(route.obstacle);
    const stopping = new AbortController();
    const timer = setTimeout(() => stopping.abort(new Unread('too-slow')), MOST_READING_TIME.reader);
    const options = { most: MOST_BYTES.reader, isWhole: true, signal: stopping.signal, opened: async () => true };
    try {
      const result = await (route.by === 'engine'
        ? fetchMedium(medium, { ...options, isAnew: false, isPrivate: frame.place.isPrivate })
        : this.end.readsOf(frame).read({ ...options, id: medium.id }));
      if (result.kind !== 'bytes')
        throw new Unread('changed');
      return result.blob;
    }
    finally {
      clearTimeout(timer);
    }
  }

  #knownOf(fileKey: string, caches: Caches): Outcome | null {
    if (caches.spared.get(fileKey) !== undefined)
      return { kind: 'spared' };
    const digest = caches.digests.get(fileKey);
    const finding = digest === undefined ? undefined : caches.findings.get(this.#findingKey(digest));
    return finding === undefined ? null : { kind: 'found', finding };
  }

  #fileKey({ medium }: Subject, validator: string): string {
    return `${acceptOf(medium.kind)} ${medium.url} ${validator}`;
  }

  #findingKey(digest: string): string {
    return `${digest} ${this.judge.version}`;
  }

  async #find(blob: Blob, caches: Caches, known: string | null = null): Promise<Finding> {
    const digest = known ?? (blob.size <= MOST_HASHED ? await digestOf(await blob.arrayBuffer()) : null);
    const found = digest === null ? undefined : caches.findings.get(this.#findingKey(digest));
    if (found !== undefined)
      return found;
    const { held, finding } = await this.#verify(blob, {}, digest);
    caches.findings.set(this.#findingKey(finding.digest), finding);
    if (finding.label === 'none')
      held.verification.dispose();
    else
      caches.held.set(finding.digest, held, blob.size);
    return finding;
  }

  async #verify(blob: Blob, given: VerifyOptions, known: string | null = null): Promise<{ readonly held: Held; readonly finding: Finding }> {
    const { version } = this.judge;
    const digest = known ?? (blob.size <= MOST_HASHED ? await digestOf(await blob.arrayBuffer()) : null);
    const verification = await this.judge.verify(blob, { ...given, withDigest: digest === null });
    const { report } = verification;
    const [en, ko, size] = await this.judge.asked(() => Promise.all([
      verification.told('en'), verification.told('ko'), report.label === 'none' ? null : this.end.sizeOf(blob, report.mediaType)]));
    const finding = findingOf(report, { en, ko }, { digest: digest ?? report.sha256!, length: blob.size, size });
    return { held: { digest: finding.digest, blob, verification, version }, finding };
  }
}

/** A frame, and the number under which it read and keeps the bytes. */
interface FrameJob {
  readonly frame: Frame;
  readonly job: number;
}

/** What was read. */
interface Reading {
  readonly result: ReadResult;
  /** Who read it; null for us. */
  readonly reader: FrameJob | null;
  /** What was known of the file before it was read. */
  readonly known: Outcome | null;
}

interface ReadLimits {
  readonly most: number;
  readonly isWhole: boolean;
  readonly isAnew: boolean;
  readonly signal: AbortSignal;
  /** Waits until the file may be read on; true. */
  enter(isLikely: boolean): Promise<boolean>;
}

const numbers = new WeakMap<Frame, number>();
let lastNumber = 0;

/** Frames of the browser's number come and go; this one is a frame's alone. */
function numberOf(frame: Frame): number {
  let number = numbers.get(frame);
  if (number === undefined) {
    number = ++lastNumber;
    numbers.set(frame, number);
  }
  return number;
}
