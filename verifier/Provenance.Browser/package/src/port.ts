import { messageOf } from './errors.js';
import type { Reply, Request } from './protocol.js';

/** A worker, of a browser or of Node. */
export interface Port {
  send(request: Request): void;
  stop(): void;
  /** In Node: whether the program stays alive for the sake of the worker's answer. */
  hold(on: boolean): void;
}

/** What a worker tells. */
export interface PortEvents {
  onReply(reply: Reply): void;
  /** It ended, or could not be started. */
  onEnd(why: string): void;
}

/** Starts the worker of a package that lies at a place. */
export async function openPort(base: URL, events: PortEvents): Promise<Port> {
  const script = new URL('worker.js', base);
  if (typeof Worker === 'undefined') return openNodePort(script, events);
  const worker = new Worker(script, { type: 'module', name: 'provenance' });
  worker.addEventListener('message', (event: MessageEvent<Reply>) => events.onReply(event.data));
  worker.addEventListener('error', (event) => events.onEnd(event.message || 'worker.js could not be loaded'));
  worker.addEventListener('messageerror', () => events.onEnd('a message could not be read'));
  return { send: (request) => worker.postMessage(request), stop: () => worker.terminate(), hold: () => undefined };
}

async function openNodePort(script: URL, events: PortEvents): Promise<Port> {
  const threads = await import('node:worker_threads');
  const worker = new threads.Worker(script, { name: 'provenance', execArgv: [] });
  // A program that waits for no answer may end.
  worker.unref();
  worker.on('message', (reply: Reply) => events.onReply(reply));
  worker.on('error', (fault) => events.onEnd(messageOf(fault)));
  worker.on('exit', () => events.onEnd('the worker ended'));
  return { send: (request) => worker.postMessage(request), stop: () => void worker.terminate(), hold: (on) => (on ? worker.ref() : worker.unref()) };
}
