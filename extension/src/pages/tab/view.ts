import type { Language } from '@provenance/browser';
import type { TabView } from '../../contract/media.js';
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
  constructor(readonly why: ViewFailure) {
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

/** Milliseconds before the engine is asked for again after it went away; doubled each time. */
const FIRST_PAUSE = 200, LONGEST_PAUSE = 5000;

/** Opens the port to the engine, and again whenever it breaks; the engine may be stopped and started at any time. */
export function openView(receive: (view: TabView) => void): View {
  let port: chrome.runtime.Port | null = null;
  let watched: number | null = null;
  let isClosed = false;
  let pause = FIRST_PAUSE;
  let next = 1;
  const waiting = new Map<number, Waiting>();
  const unsent: FromView[] = [];

  async function open(): Promise<void> {
    try {
      await chrome.runtime.sendMessage({ to: 'background', kind: 'wake' });
      if (isClosed)
        return;
      const opened = chrome.runtime.connect({ name: VIEW_PORT });
      opened.onMessage.addListener(hear);
      opened.onDisconnect.addListener(() => {
        // Asked for so that the browser does not complain of an error nobody looked at.
        void chrome.runtime.lastError;
        port = null;
        again();
      });
      port = opened;
      if (watched !== null)
        opened.postMessage({ kind: 'watch', tab: watched } satisfies FromView);
      for (const message of unsent.splice(0))
        opened.postMessage(message);
    }
    catch {
      again();
    }
  }

  function again(): void {
    for (const { reject } of waiting.values())
      reject(new ViewError('gone'));
    waiting.clear();
    unsent.length = 0;
    if (isClosed)
      return;
    setTimeout(() => void open(), pause);
    pause = Math.min(LONGEST_PAUSE, 2 * pause);
  }

  function hear(message: ToView): void {
    pause = FIRST_PAUSE;
    if (message.kind === 'tab') {
      if (message.view.tab === watched)
        receive(message.view);
      return;
    }
    const asked = waiting.get(message.request);
    waiting.delete(message.request);
    if (message.kind === 'failed')
      asked?.reject(new ViewError(message.why));
    else
      asked?.resolve(message);
  }

  function send(message: FromView): void {
    if (port === null)
      unsent.push(message);
    else
      port.postMessage(message);
  }

  function ask<Kind extends Answer['kind']>(question: Question, kind: Kind): Promise<Extract<Answer, { kind: Kind }>> {
    const request = next++;
    return new Promise<Extract<Answer, { kind: Kind }>>((resolve, reject) => {
      waiting.set(request, {
        resolve: answer => answer.kind === kind ? resolve(answer as Extract<Answer, { kind: Kind }>) : reject(new ViewError('unknown')),
        reject,
      });
      send({ ...question, request } as FromView);
    });
  }

  void open();
  return {
    watch(tab) {
      watched = tab;
      port?.postMessage({ kind: 'watch', tab } satisfies FromView);
    },
    check: (tab, frame, ids) => send({ kind: 'check', tab, frame, ids }),
    checkAll: tab => send({ kind: 'check-all', tab }),
    scrollTo: place => send({ kind: 'scroll-to', ...place }),
    bytes: place => ask({ kind: 'bytes', ...place }, 'bytes'),
    report: (place, format, language) => ask({ kind: 'report', ...place, format, language }, 'report'),
    online: async (place, what) => void await ask({ kind: 'online', ...place, what }, 'done'),
    close() {
      isClosed = true;
      port?.disconnect();
      for (const { reject } of waiting.values())
        reject(new ViewError('gone'));
      waiting.clear();
    },
  };
}
