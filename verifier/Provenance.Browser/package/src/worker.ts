import type { Policy } from './api.js';
import { messageOf, VerifierError } from './errors.js';
import type { EngineFiles } from './files.js';
import { EngineLoad, type Engine } from './loader.js';
import { addPolicy } from './policy.js';
import type { Job, Reply, Request } from './protocol.js';
import { addResponses } from './responses.js';
import { bytesOf, Source } from './source.js';
import { takeTurnsAtOnce } from './turns.js';

/** Put here by the build. */
declare const __ENGINE_FILES__: EngineFiles;

/** Told no more often than this, in milliseconds. */
const progressEvery = 80;

takeTurnsAtOnce();

/** Its files are asked for before the page says anything: nobody starts a worker for nothing. */
const load = new EngineLoad(import.meta.url, __ENGINE_FILES__);
let engine: Engine | null = null;
const sources = new Map<number, Source>();

function sourceOf(question: number): Source {
  const source = sources.get(question);
  if (!source) throw new VerifierError('internal', `question ${question} is forgotten`);
  return source;
}

/** Answers one request; the page sends a job when the one before is answered. */
async function answer(request: Job): Promise<string> {
  if (request.kind === 'start') {
    engine = await load.start(request.metadataBase, sourceOf);
    return '';
  }
  if (!engine) throw new VerifierError('internal', 'the engine has not started');
  switch (request.kind) {
    case 'policy':
      return learn(engine, request.policy, request.content);
    case 'verify':
      return verify(engine, request);
    case 'list-signer':
      return engine.calls.ListSigner(request.content, request.signature);
    case 'questions':
      return engine.calls.OpenQuestions(request.question);
    case 'told':
      return engine.calls.Told(request.question, request.language);
    default:
      return withSource(request.question, async () => {
        const { calls } = engine!;
        await engine!.furtherReady();
        switch (request.kind) {
          case 'full':
            return calls.Full(request.question);
          case 'page':
            return calls.Page(request.question, request.language, request.inFull);
          case 'html':
            return calls.Html(request.question, request.language);
          case 'boxes':
            return calls.Boxes(request.question);
        }
      });
  }
}

async function learn(started: Engine, number: number, policy: Policy): Promise<string> {
  try {
    await addPolicy(started.calls, number, policy);
    return '';
  } catch (fault) {
    throw new VerifierError('invalid-policy', messageOf(fault));
  }
}

async function verify(started: Engine, request: Extract<Request, { kind: 'verify' }>): Promise<string> {
  const source = new Source(request.input);
  sources.set(request.question, source);
  if (request.reportsProgress) source.onProgress = throttled((hashed) => post({ kind: 'progress', question: request.question, hashed }));
  const manifest = request.manifest instanceof Blob ? await bytesOf(request.manifest) : request.manifest;
  if (request.responses) addResponses(started.calls, request.question, request.responses);
  return withSource(request.question, () => started.calls.Verify(request.question, source.length, request.policy, request.time, request.name, manifest));
}

/** Keeps a small file in memory while it is worked on. */
async function withSource(question: number, work: () => Promise<string>): Promise<string> {
  const source = sourceOf(question);
  try {
    await source.prepare();
    return await work();
  } catch (fault) {
    if (source.isCancelled) throw new VerifierError('internal', 'cancelled');
    throw fault;
  } finally {
    source.release();
  }
}

function throttled(tell: (hashed: number) => void): (hashed: number) => void {
  let last = 0;
  return (hashed) => {
    const now = performance.now();
    if (now - last < progressEvery) return;
    last = now;
    tell(hashed);
  };
}

function errorOf(job: number, question: number | null, fault: unknown): Reply {
  const source = question === null ? undefined : sources.get(question);
  if (source?.isCancelled) return { kind: 'error', job, code: 'aborted', message: '' };
  const known = source?.fault ?? fault;
  return { kind: 'error', job, code: known instanceof VerifierError ? known.code : 'internal', message: messageOf(known) };
}

function handle(request: Request): void {
  if (request.kind === 'cancel') {
    const source = sources.get(request.question);
    if (!source) return;
    source.isCancelled = true;
    engine?.calls.Cancel(request.question);
  } else if (request.kind === 'forget') {
    engine?.calls.Forget(request.question);
    sources.delete(request.question);
  } else if (request.kind === 'forget-policy') {
    engine?.calls.ForgetPolicy(request.policy);
  } else {
    answer(request).then(
      (text) => post({ kind: 'answer', job: request.job, text }),
      (fault: unknown) => post(errorOf(request.job, 'question' in request ? request.question : null, fault)),
    );
  }
}

let post: (reply: Reply) => void;

if ('WorkerGlobalScope' in globalThis) {
  post = (reply) => globalThis.postMessage(reply);
  globalThis.addEventListener('message', (event: MessageEvent<Request>) => handle(event.data));
} else {
  const { parentPort } = await import('node:worker_threads');
  post = (reply) => parentPort!.postMessage(reply);
  parentPort!.on('message', handle);
}
