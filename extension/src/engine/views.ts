import { Unread } from '../bytes/unread.js';
import type { EngineSettings } from '../contract/background.js';
import type { FromView, ToView, ViewFailure } from '../contract/views.js';
import type { Checks } from './checks.js';
import type { Judge } from './judge.js';
import { fileNameOf, shownType } from './names.js';
import { goOnline, HostsMissing, Useless } from './online.js';
import type { Registry, Subject } from './registry.js';
import { viewOf } from './tabs.js';

/** Milliseconds between two pictures of a tab; with thousands of media a picture is work. */
const PAUSE = { few: 200, many: 1_000 } as const;

export interface ViewEnd {
  readonly registry: Registry;
  readonly checks: Checks;
  readonly judge: Judge;
  settings(): EngineSettings;
  checkAll(tab: number): void;
}

/** A popup, a side panel or a page of ours that is open. */
export class View {
  #tab: number | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #last = -Infinity;
  #pause: number = PAUSE.few;
  readonly #urls: string[] = [];
  #isOver = false;

  constructor(readonly send: (message: ToView) => void, readonly end: ViewEnd) {}

  receive(message: FromView): void {
    const { registry, checks } = this.end;
    switch (message.kind) {
      case 'watch':
        this.#tab = message.tab;
        this.#last = -Infinity;
        return this.changed(message.tab);
      case 'check':
        return checks.check(registry.find(message.tab, message.frame)?.of(message.ids) ?? [], 'reader');
      case 'check-all':
        return this.end.checkAll(message.tab);
      case 'scroll-to':
        return registry.find(message.tab, message.frame)?.send({ kind: 'scroll-to', id: message.id });
      default:
        void this.#answer(message);
    }
  }

  /** Something of a tab is other than before. */
  changed(tab: number): void {
    if (tab !== this.#tab || this.#timer !== null || this.#isOver)
      return;
    const wait = this.#last + this.#pause - performance.now();
    this.#timer = setTimeout(() => this.#tell(tab), Math.max(wait, 0));
  }

  close(): void {
    this.#isOver = true;
    clearTimeout(this.#timer ?? undefined);
    for (const url of this.#urls)
      URL.revokeObjectURL(url);
  }

  #tell(tab: number): void {
    this.#timer = null;
    if (tab !== this.#tab)
      return this.#tab === null ? undefined : this.changed(this.#tab);
    const view = viewOf(tab, this.end.registry.of(tab), this.end.settings());
    this.#pause = view.entries.length > 1_000 ? PAUSE.many : PAUSE.few;
    this.#last = performance.now();
    this.send({ kind: 'tab', view });
  }

  async #answer(message: Extract<FromView, { request: number }>): Promise<void> {
    const { request } = message;
    const subject = this.end.registry.find(message.tab, message.frame)?.subjects.get(message.id);
    let answer: ToView;
    try {
      answer = subject === undefined ? { kind: 'failed', request, why: 'gone' } : await this.#answerTo(message, subject);
    }
    catch (fault) {
      answer = fault instanceof HostsMissing ? { kind: 'failed', request, why: 'host', hosts: fault.hosts } : { kind: 'failed', request, why: whyOf(fault) };
    }
    if (!this.#isOver)
      this.send(answer);
  }

  async #answerTo(message: Extract<FromView, { request: number }>, subject: Subject): Promise<ToView> {
    const { request } = message;
    const { checks, judge } = this.end;
    if (message.kind === 'online') {
      await goOnline(subject, message.what, checks, judge, this.end.settings());
      return { kind: 'done', request };
    }
    const { verification, blob, digest } = await checks.heldOf(subject);
    const name = fileNameOf(subject.medium.url);
    if (message.kind === 'bytes')
      return { kind: 'bytes', request, url: this.#addressOf(blob, verification.report.mediaType), name, digest };
    const text = await judge.asked(async () => (message.format === 'json' ? (await verification.full()).json : verification.html(message.language)));
    return { kind: 'report', request, text, name: `${name}.credentials.${message.format}` };
  }

  #addressOf(blob: Blob, mediaType: string | null): string {
    const url = this.#isOver ? '' : URL.createObjectURL(new Blob([blob], { type: shownType(mediaType) }));
    this.#urls.push(url);
    return url;
  }
}

function whyOf(fault: unknown): ViewFailure {
  if (fault instanceof Useless)
    return 'unknown';
  if (!(fault instanceof Unread)) {
    console.error(fault);
    return 'unknown';
  }
  return fault.obstacle === 'changed' ? 'changed' : fault.obstacle === 'engine' || fault.obstacle === 'engine-time' ? 'unknown' : 'unreadable';
}
