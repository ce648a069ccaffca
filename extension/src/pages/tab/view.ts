import type { Language } from '@provenance/browser';
import type { TabView } from '../../contract/media.js';
import { EnginePort } from '../../connect.js';
import type { Place } from '../../contract/pages.js';
import { VIEW_PORT, type FromView, type ToView, type ViewFailure } from '../../contract/views.js';

/** What an extension page hears from the engine, and asks of it. */
export interface View {
  watch(tab: number): void;
  check(tab: number, frame: number, ids: readonly number[]): void;
  checkAll(tab: number): void;
  scrollTo(place: Place): void;
  bytes(place: Place): Promise<{ readonly url: string; readonly name: string; readonly digest: string }>;
  report(place: Place, format: 'json' | 'html', language: Language): Promise<{ readonly text: string; readonly name: string }>;
  online(place: Place, what: 'manifest' | 'revocation'): Promise<void>;
  close(): void;
}

/** Why the engine did not answer a request. */
export class ViewError extends Error {
  constructor(readonly why: ViewFailure, /** What the browser must be asked for first. */ readonly hosts: readonly string[] = []) {
    super(why);
    this.name = 'ViewError';
  }
}

type Answer = Exclude<ToView, { kind: 'tab' | 'failed' }>;
type Request = Extract<FromView, { request: number }>;
type Question = Request extends infer One ? One extends Request ? Omit<One, 'request'> : never : never;

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: ViewError): void;
}

/** Opens the way to the engine, which may be stopped and started at any time. */
export function openView(receive: (view: TabView) => void): View {
  let watched: number | null = null;
  let next = 1;
  const waiting = new Map<number, Waiting>();
  const port = new EnginePort<FromView, ToView>(VIEW_PORT, { receive: hear, again, ended: dropAll });

  function hear(message: ToView): void {
    if (message.kind === 'tab') {
      if (message.view.tab === watched)
        receive(message.view);
      return;
    }
    const asked = waiting.get(message.request);
    waiting.delete(message.request);
    if (message.kind === 'failed')
      asked?.reject(new ViewError(message.why, message.hosts));
    else
      asked?.resolve(message);
  }

  function again(): void {
    dropAll();
    if (watched !== null)
      port.send({ kind: 'watch', tab: watched });
  }

  /** What was asked of an engine that is gone. */
  function dropAll(): void {
    for (const { reject } of waiting.values())
      reject(new ViewError('gone'));
    waiting.clear();
  }

  function ask<Kind extends Answer['kind']>(question: Question, kind: Kind): Promise<Extract<Answer, { kind: Kind }>> {
    const request = next++;
    return new Promise<Extract<Answer, { kind: Kind }>>((resolve, reject) => {
      waiting.set(request, {
        resolve: answer => answer.kind === kind ? resolve(answer as Extract<Answer, { kind: Kind }>) : reject(new ViewError('unknown')),
        reject,
      });
      port.send({ ...question, request } as FromView);
    });
  }

  port.open();
  return {
    watch(tab) {
      watched = tab;
      port.send({ kind: 'watch', tab });
    },
    check: (tab, frame, ids) => port.send({ kind: 'check', tab, frame, ids }),
    checkAll: tab => port.send({ kind: 'check-all', tab }),
    scrollTo: place => port.send({ kind: 'scroll-to', ...place }),
    bytes: place => ask({ kind: 'bytes', ...place }, 'bytes'),
    report: (place, format, language) => ask({ kind: 'report', ...place, format, language }, 'report'),
    online: async (place, what) => void await ask({ kind: 'online', ...place, what }, 'done'),
    close() {
      port.close();
      dropAll();
    },
  };
}
