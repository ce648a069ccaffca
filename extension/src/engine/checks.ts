import type { VerifyOptions } from '@provenance/browser';
import { digestOf } from '@provenance/page/bytes.js';
import { acceptOf } from '../bytes/accept.js';
import { Unread } from '../bytes/unread.js';
import type { EngineSettings } from '../contract/background.js';
import { LOOKED_AT_ONCE, MOST_HASHED } from '../contract/limits.js';
import type { Obstacle, Verdict } from '../contract/media.js';
import type { Caches, Held } from './caches.js';
import { Check } from './check.js';
import type { FrameReads } from './frame-reading.js';
import type { Judge } from './judge.js';
import { Queue, type Urgency } from './queue.js';
import { Readings, type FrameJob, type Outcome } from './readings.js';
import type { Frame, Subject } from './registry.js';
import { routeOf, type Route } from './routes.js';
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

/** Reads and checks media: which, when, by which way, and what comes of it. */
export class Checks {
  readonly #queue = new Queue(LOOKED_AT_ONCE);
  readonly #readings: Readings;
  readonly #open = new Map<string, Check>();
  readonly #checkOf = new WeakMap<Subject, Check>();
  /** What the reader had fetched for a medium besides. */
  readonly #given = new WeakMap<Subject, VerifyOptions>();

  constructor(readonly judge: Judge, readonly end: ChecksEnd) {
    this.#readings = new Readings(judge, end);
  }

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
      const finding = digest === null || this.#given.has(subject) ? undefined : this.end.cachesOf(subject.frame).findings.get(this.judge.keyOf(digest));
      this.#tell(subject, retold(subject.verdict, finding ?? null, language), subject.own, subject.heldKey);
    }
  }

  /** The bytes that were checked, and what the engine says of them; read anew where they are no longer held, if they are the same. */
  async heldOf(subject: Subject): Promise<Held> {
    const caches = this.end.cachesOf(subject.frame);
    const held = subject.heldKey === null ? undefined : caches.held.get(subject.heldKey);
    if (held !== undefined && held.version === this.judge.version)
      return held;
    const blob = held?.blob ?? (await this.#readings.readWhole(subject));
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
    this.#readings.hurry();
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
      const { result, reader, known } = await this.#readings.read(check, over.signal);
      const caches = this.end.cachesOf(check.one.frame);
      if (known !== null)
        return { outcome: known, reader: null };
      if (result.kind !== 'bytes')
        return { outcome: { kind: 'spared' }, reader };
      const finding = await this.#find(result.blob, caches, result.digest);
      if (reader === null && result.validator !== null)
        caches.digests.set(this.#readings.fileKey(check.one, result.validator), finding.digest);
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

  async #find(blob: Blob, caches: Caches, known: string | null = null): Promise<Finding> {
    const digest = known ?? (blob.size <= MOST_HASHED ? await digestOf(await blob.arrayBuffer()) : null);
    const found = digest === null ? undefined : caches.findings.get(this.judge.keyOf(digest));
    if (found !== undefined)
      return found;
    const { held, finding } = await this.#verify(blob, {}, digest);
    caches.findings.set(this.judge.keyOf(finding.digest), finding);
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
