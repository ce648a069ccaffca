/** How urgent something is: the reader asked for this one, for all, or it came into sight. */
export type Urgency = 'reader' | 'all' | 'sight';

export interface Task {
  urgency: Urgency;
  run(): Promise<void>;
}

const RANK: Readonly<Record<Urgency, number>> = { reader: 0, all: 1, sight: 2 };

/**
 * What waits to be done, a few things at a time. What the reader asks for waits for nobody but others of its kind. Of what came into sight the
 * last comes first: a reader who scrolled on looks at that.
 */
export class Queue {
  readonly #waiting: Readonly<Record<Urgency, Task[]>> = { reader: [], all: [], sight: [] };
  readonly #running = { reader: 0, rest: 0 };

  constructor(readonly atOnce: number) {}

  /** Adds tasks, which are begun in their order. */
  add(tasks: readonly Task[], urgency: Urgency): void {
    const lane = this.#waiting[urgency];
    if (urgency === 'sight')
      lane.unshift(...tasks);
    else
      lane.push(...tasks);
    this.#next();
  }

  /** Takes one away that has not begun. */
  remove(task: Task): void {
    this.#take(task);
  }

  /** What already began goes on where it is. */
  hurry(task: Task, urgency: Urgency): void {
    if (RANK[urgency] >= RANK[task.urgency])
      return;
    const waits = this.#take(task);
    task.urgency = urgency;
    if (waits)
      this.add([task], urgency);
  }

  get length(): number {
    return this.#waiting.reader.length + this.#waiting.all.length + this.#waiting.sight.length;
  }

  #take(task: Task): boolean {
    const lane = this.#waiting[task.urgency];
    const at = lane.indexOf(task);
    if (at >= 0)
      lane.splice(at, 1);
    return at >= 0;
  }

  #next(): void {
    for (let task = this.#first(); task !== undefined; task = this.#first())
      this.#run(task);
  }

  #first(): Task | undefined {
    const asked = this.#running.reader < this.atOnce ? this.#waiting.reader.shift() : undefined;
    return asked ?? (this.#running.rest < this.atOnce ? (this.#waiting.all.shift() ?? this.#waiting.sight.shift()) : undefined);
  }

  #run(task: Task): void {
    const kind = task.urgency === 'reader' ? 'reader' : 'rest';
    this.#running[kind]++;
    void task.run().finally(() => {
      this.#running[kind]--;
      this.#next();
    });
  }
}

/** Places for a few of the tasks that were begun: the reader's among themselves, and the rest. */
export class Places {
  readonly #taken = { reader: 0, rest: 0 };
  readonly #waiting: { readonly task: Task; enter(kind: 'reader' | 'rest'): void }[] = [];

  constructor(readonly atOnce: number) {}

  /** Waits for a place, which is free again when `left` says so. Never ends where that comes before. */
  take(task: Task, left: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiting = {
        task,
        enter: (kind: 'reader' | 'rest') => {
          left.removeEventListener('abort', leave);
          left.addEventListener('abort', () => {
            this.#taken[kind]--;
            this.next();
          });
          resolve();
        },
      };
      const leave = () => { this.#waiting.splice(this.#waiting.indexOf(waiting), 1); };
      left.addEventListener('abort', leave);
      this.#waiting.push(waiting);
      this.next();
    });
  }

  /** Lets in whom there is a place for; also to be called when one that waits became more urgent. */
  next(): void {
    for (const waiting of [...this.#waiting]) {
      const kind = waiting.task.urgency === 'reader' ? 'reader' : 'rest';
      if (this.#taken[kind] === this.atOnce)
        continue;
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      this.#taken[kind]++;
      waiting.enter(kind);
    }
  }
}
