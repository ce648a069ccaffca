import { acceptOf } from '../bytes/accept.js';
import type { ReadResult } from '../bytes/read.js';
import { Unread } from '../bytes/unread.js';
import { AT_ONCE, MOST_BYTES, MOST_READING_TIME } from '../contract/limits.js';
import type { Caches } from './caches.js';
import type { Check } from './check.js';
import type { ChecksEnd } from './checks.js';
import { fetchMedium } from './fetching.js';
import type { Judge } from './judge.js';
import { Places } from './queue.js';
import type { Frame, Subject } from './registry.js';
import { mayFollow, routeOf } from './routes.js';
import type { Finding } from './verdicts.js';

/** What is known after a file was read, or before it had to be. */
export type Outcome =
  | { readonly kind: 'spared' }
  | { readonly kind: 'found'; readonly finding: Finding };

/** A frame, and the number under which it read and keeps the bytes. */
export interface FrameJob {
  readonly frame: Frame;
  readonly job: number;
}

/** What was read. */
export interface Reading {
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

/** Reads the bytes of media, by the way that is open for each. */
export class Readings {
  /** Of files that are more than looked at. */
  readonly #places = new Places(AT_ONCE);
  readonly #judge: Judge;
  readonly #end: ChecksEnd;

  constructor(judge: Judge, end: ChecksEnd) {
    this.#judge = judge;
    this.#end = end;
  }

  /** A check is more urgent than it was. */
  hurry(): void {
    this.#places.next();
  }

  /** What is known of a file is kept under this key: the server's word that it has not changed is part of it. */
  fileKey({ medium }: Subject, validator: string): string {
    return `${acceptOf(medium.kind)} ${medium.url} ${validator}`;
  }

  /** Reads as much of the bytes as is needed: more than their start in a place that is free again when all is over. */
  async read(check: Check, over: AbortSignal): Promise<Reading> {
    const limit = check.urgency === 'reader' ? 'reader' : 'sight';
    const timed = () => setTimeout(() => check.stopping.abort(new Unread('too-slow')), MOST_READING_TIME[limit]);
    let timer = timed();
    let place: Promise<void> | null = null;
    const enter = async (isLikely: boolean) => {
      if (isLikely)
        this.#judge.warm();
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
      if (!(fault instanceof Unread) || fault.obstacle !== 'no-access' || !mayFollow(medium, frame.place.origin, this.#end.settings().hosts))
        throw fault;
      return this.#fetch(check, options);
    }
  }

  async #fetch(check: Check, options: ReadLimits): Promise<Reading> {
    let known: Outcome | null = null;
    const { one } = check;
    const caches = this.#end.cachesOf(one.frame);
    const result = await fetchMedium(one.medium, {
      ...options,
      isPrivate: one.frame.place.isPrivate,
      opened: async (validator, isLikely) => {
        known = validator === null || options.isAnew ? null : this.#knownOf(this.fileKey(one, validator), caches);
        return known === null && options.enter(isLikely);
      },
    });
    if (result.kind === 'spared' && result.validator !== null)
      caches.spared.set(this.fileKey(one, result.validator), result.length);
    return { result, reader: null, known };
  }

  async #readInFrame(check: Check, options: ReadLimits): Promise<Reading> {
    const { frame, medium } = check.one;
    const caches = this.#end.cachesOf(frame);
    const keyOf = (validator: string) => `${frame.place.origin} ${medium.url} ${validator}`;
    // Of a file with credentials a frame's word that it is the one we know is not enough: its bytes are looked at.
    const isKept = /^https?:/.test(frame.place.origin) && /^https?:/.test(medium.url);
    let isSpared = false;
    const result = await this.#end.readsOf(frame).read({
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
  async readWhole(subject: Subject): Promise<Blob> {
    const { frame, medium } = subject;
    const route = routeOf(medium, frame.place.origin, this.#end.settings().hosts);
    if ('obstacle' in route)
      throw new Unread(route.obstacle);
    const stopping = new AbortController();
    const timer = setTimeout(() => stopping.abort(new Unread('too-slow')), MOST_READING_TIME.reader);
    const options = { most: MOST_BYTES.reader, isWhole: true, signal: stopping.signal, opened: async () => true };
    try {
      const result = await (route.by === 'engine'
        ? fetchMedium(medium, { ...options, isAnew: false, isPrivate: frame.place.isPrivate })
        : this.#end.readsOf(frame).read({ ...options, id: medium.id }));
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
    const finding = digest === undefined ? undefined : caches.findings.get(this.#judge.keyOf(digest));
    return finding === undefined ? null : { kind: 'found', finding };
  }
}
