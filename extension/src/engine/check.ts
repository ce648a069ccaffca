import { Unread } from '../bytes/unread.js';
import type { Task, Urgency } from './queue.js';
import type { Subject } from './registry.js';
import type { Route } from './routes.js';

/** Media that have the same bytes, and are checked at once. */
export class Check implements Task {
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
