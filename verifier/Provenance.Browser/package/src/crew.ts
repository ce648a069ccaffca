import type { Language, Policy, RevocationResponse } from './api.js';
import { VerifierError } from './errors.js';
import { openPort, type Port } from './port.js';
import type { Job, Reply } from './protocol.js';

/** Answers that a worker keeps at hand. An older one is worked out anew if something is asked of it. */
const mostKept = 8;

/** Policies that a worker keeps. */
const mostPolicies = 16;

/** What is asked. */
export interface Asked {
  readonly input: Blob | Uint8Array;
  readonly policy: Policy;
  readonly name: string | null;
  readonly manifest: Blob | Uint8Array | null;
  readonly responses: readonly RevocationResponse[] | null;
  readonly onProgress: ((hashed: number) => void) | null;
}

/** What may be asked about an answer. */
export type Further =
  | { readonly kind: 'told'; readonly language: Language }
  | { readonly kind: 'questions' }
  | { readonly kind: 'full' }
  | { readonly kind: 'page'; readonly language: Language; readonly inFull: boolean }
  | { readonly kind: 'html'; readonly language: Language }
  | { readonly kind: 'boxes' };

/** Leaves the number of a job to the worker that gets it. */
type Unnumbered<T> = T extends Job ? Omit<T, 'job'> : never;

interface Task {
  readonly work: (worker: CrewWorker) => Promise<string>;
  readonly worker: CrewWorker | null;
  resolve(text: string): void;
  reject(fault: unknown): void;
  /** Called when it waits no more. */
  leaves(): void;
}

/** The workers, and what waits for one that is free. */
export class Crew {
  readonly ready: Promise<void>;
  readonly #workers: CrewWorker[];
  readonly #waiting: Task[] = [];
  readonly #policies = new WeakMap<Policy, number>();
  readonly #idleLimit: number | null;
  #lastNumber = 0;
  #isDisposed = false;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(base: URL, metadataBase: URL, workers: number, timeLimit: number | null, idleLimit: number | null = null) {
    this.#idleLimit = idleLimit;
    this.#workers = Array.from({ length: workers }, () => new CrewWorker(base, metadataBase, timeLimit));
    this.ready = Promise.all(this.#workers.map((worker) => worker.start())).then(() => undefined);
    // Whoever does not wait for it hears of its fault when asking.
    this.ready.catch(() => undefined);
  }

  question(asked: Asked): Question {
    return new Question(this, asked);
  }

  listSigner(content: Uint8Array, signature: Uint8Array): Promise<string> {
    return this.run(null, null, async (worker) => {
      await worker.start();
      return worker.send({ kind: 'list-signer', content, signature });
    });
  }

  nextNumber(): number {
    return ++this.#lastNumber;
  }

  /** A policy's number: one object is one policy. */
  numberOf(policy: Policy): number {
    let number = this.#policies.get(policy);
    if (number === undefined) {
      number = this.nextNumber();
      this.#policies.set(policy, number);
    }
    return number;
  }

  /** Has a worker do something: the one that is named, or the first that is free. One thing at a time each. */
  run(worker: CrewWorker | null, signal: AbortSignal | null, work: (worker: CrewWorker) => Promise<string>): Promise<string> {
    if (this.#isDisposed) return Promise.reject(new VerifierError('disposed', 'the verifier was disposed'));
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(task), 1);
        reject(signal!.reason as Error);
      };
      const task: Task = { work, worker, resolve, reject, leaves: () => signal?.removeEventListener('abort', leave) };
      this.#waiting.push(task);
      clearTimeout(this.#idle);
      signal?.addEventListener('abort', leave, { once: true });
      this.#next();
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#idle);
    const fault = new VerifierError('disposed', 'the verifier was disposed');
    for (const task of this.#waiting.splice(0)) {
      task.leaves();
      task.reject(fault);
    }
    for (const worker of this.#workers) worker.stop(fault);
  }

  #next(): void {
    for (const worker of this.#workers) {
      if (worker.isBusy) continue;
      const place = this.#waiting.findIndex((task) => task.worker === null || task.worker === worker);
      if (place < 0) continue;
      const [task] = this.#waiting.splice(place, 1);
      task!.leaves();
      worker.isBusy = true;
      task!.work(worker).then(task!.resolve, task!.reject).finally(() => {
        worker.isBusy = false;
        this.#next();
        this.#mayIdle();
      });
    }
  }

  /** What an answer that was let go is asked is worked out anew. */
  #mayIdle(): void {
    if (this.#idleLimit === null || this.#isDisposed || this.#workers.some(({ isBusy }) => isBusy)) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      for (const worker of this.#workers) worker.stop(new VerifierError('crashed', 'the worker was let go'));
    }, this.#idleLimit);
  }
}

/** A file that is asked about. It is kept, so that an answer that no worker has at hand any more can be worked out anew. */
export class Question {
  readonly #crew: Crew;
  readonly #asked: Asked;

  /** Seconds since 1970 to judge at where the policy means now: the moment of the question, also when it is answered anew. */
  readonly #time: number;
  #kept: { readonly worker: CrewWorker; readonly number: number; readonly life: number } | null = null;
  #asking = 0;
  #isForgotten = false;

  constructor(crew: Crew, asked: Asked) {
    this.#crew = crew;
    this.#asked = asked;
    this.#time = asked.policy.time === undefined ? Math.floor(Date.now() / 1000) : -1;
  }

  verify(signal: AbortSignal | null): Promise<string> {
    return this.#crew.run(null, signal, (worker) => this.#verifyIn(worker, signal));
  }

  async ask(further: Further): Promise<string> {
    const worker = this.#kept?.worker ?? null;
    this.#asking++;
    try {
      return await this.#crew.run(worker, null, async (free) => {
        if (this.#kept === null || !free.keeps(this.#kept.number, this.#kept.life)) await this.#verifyIn(free, null);
        return free.send({ ...further, question: this.#kept!.number });
      });
    } finally {
      this.#asking--;
      if (this.#isForgotten) this.forget();
    }
  }

  /** Lets the worker forget the answer, once nothing is asked of it any more. */
  forget(): void {
    this.#isForgotten = this.#asking > 0;
    if (this.#isForgotten) return;
    this.#kept?.worker.forget(this.#kept.number);
    this.#kept = null;
  }

  async #verifyIn(worker: CrewWorker, signal: AbortSignal | null): Promise<string> {
    const { input, policy, name, manifest, responses, onProgress } = this.#asked;
    const number = this.#crew.nextNumber();
    await worker.start();
    signal?.throwIfAborted();
    const policyNumber = this.#crew.numberOf(policy);
    await worker.learn(policyNumber, policy);
    const cancel = (): void => worker.cancel(number);
    signal?.addEventListener('abort', cancel);
    try {
      const text = await worker.verify(
        { kind: 'verify', question: number, policy: policyNumber, input, time: this.#time, name, manifest, responses, reportsProgress: onProgress !== null }, onProgress);
      this.#kept = { worker, number, life: worker.life };
      return text;
    } catch (fault) {
      worker.forget(number);
      throw signal?.aborted ? signal.reason : fault;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }
}

interface Open {
  resolve(text: string): void;
  reject(fault: unknown): void;
}

/** A worker: started anew after it crashed or was stopped. */
class CrewWorker {
  isBusy = false;

  /** Rises with each start: what an earlier life knew is gone. */
  life = 0;

  readonly #base: URL;
  readonly #metadataBase: URL;
  readonly #timeLimit: number | null;
  readonly #open = new Map<number, Open>();
  readonly #kept = new Set<number>();
  readonly #policies = new Set<number>();
  #port: Port | null = null;
  #starting: Promise<void> | null = null;

  /** Why the last life ended. */
  #end = new VerifierError('crashed', 'the worker ended');
  #progress: { readonly question: number; readonly tell: (hashed: number) => void } | null = null;
  #lastJob = 0;

  constructor(base: URL, metadataBase: URL, timeLimit: number | null) {
    this.#base = base;
    this.#metadataBase = metadataBase;
    this.#timeLimit = timeLimit;
  }

  start(): Promise<void> {
    this.#starting ??= this.#start().catch((fault: unknown) => {
      this.#starting = null;
      throw fault;
    });
    return this.#starting;
  }

  async #start(): Promise<void> {
    const life = ++this.life;
    const port = await openPort(this.#base, {
      onReply: (reply) => life === this.life && this.#receive(reply),
      onEnd: (why) => life === this.life && this.stop(new VerifierError(this.#kept.size + this.#policies.size > 0 ? 'crashed' : 'load-failed', why)),
    }).catch((fault: Error) => {
      // Browsers refuse a script of another host, or one that the page's policy forbids, before they start it.
      throw new VerifierError('load-failed', fault.message);
    });
    if (life !== this.life) {
      port.stop();
      throw new VerifierError('disposed', 'the verifier was disposed');
    }
    this.#port = port;
    await this.send({ kind: 'start', metadataBase: this.#metadataBase.href }).catch((fault: VerifierError) => {
      // The next start is another worker's.
      if (life === this.life) this.stop(fault);
      throw fault;
    });
  }

  /** Tells a policy, once in a life. */
  async learn(number: number, policy: Policy): Promise<void> {
    if (this.#policies.has(number)) return;
    await this.send({ kind: 'policy', policy: number, content: policy });
    this.#policies.add(number);
    for (const oldest of this.#policies) {
      if (this.#policies.size <= mostPolicies) break;
      this.#policies.delete(oldest);
      this.#port?.send({ kind: 'forget-policy', policy: oldest });
    }
  }

  async verify(request: Unnumbered<Extract<Job, { kind: 'verify' }>>, onProgress: ((hashed: number) => void) | null): Promise<string> {
    this.#progress = onProgress ? { question: request.question, tell: onProgress } : null;
    const limit = this.#timeLimit;
    const timer = limit === null ? null : setTimeout(() => this.stop(new VerifierError('timeout', `not done after ${limit} ms`)), limit);
    try {
      const text = await this.send(request);
      this.#kept.add(request.question);
      for (const oldest of this.#kept) {
        if (this.#kept.size <= mostKept) break;
        this.forget(oldest);
      }
      return text;
    } finally {
      if (timer !== null) clearTimeout(timer);
      this.#progress = null;
    }
  }

  keeps(question: number, life: number): boolean {
    return life === this.life && this.#kept.has(question);
  }

  cancel(question: number): void {
    this.#port?.send({ kind: 'cancel', question });
  }

  forget(question: number): void {
    this.#kept.delete(question);
    this.#port?.send({ kind: 'forget', question });
  }

  send(request: Unnumbered<Job>): Promise<string> {
    const port = this.#port;
    if (!port) return Promise.reject(this.#end);
    const job = ++this.#lastJob;
    return new Promise((resolve, reject) => {
      // First, as it throws where something cannot be sent at all.
      port.send({ ...request, job } as Job);
      this.#open.set(job, { resolve, reject });
      port.hold(true);
    });
  }

  /** Ends this life; what is asked next starts another one. */
  stop(fault: VerifierError): void {
    this.life++;
    this.#end = fault;
    this.#port?.stop();
    this.#port = null;
    this.#starting = null;
    this.#kept.clear();
    this.#policies.clear();
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const { reject } of open) reject(fault);
  }

  #receive(reply: Reply): void {
    if (reply.kind === 'progress') {
      if (this.#progress?.question === reply.question) this.#progress.tell(reply.hashed);
      return;
    }
    const open = this.#open.get(reply.job);
    this.#open.delete(reply.job);
    if (this.#open.size === 0) this.#port?.hold(false);
    if (reply.kind === 'answer') open?.resolve(reply.text);
    else if (reply.code === 'aborted') open?.reject(new DOMException('aborted', 'AbortError'));
    else {
      open?.reject(new VerifierError(reply.code, reply.message));
      // Nobody knows what a fault of ours left behind: the next question goes to a fresh engine.
      if (reply.code === 'internal') this.stop(new VerifierError('crashed', reply.message));
    }
  }
}
