import type { Page } from '@provenance/browser';
import { fill } from '@provenance/page/words/fill.js';
import type { FrameSettings } from '../../contract/frames.js';
import type { Display, Sameness, Verdict } from '../../contract/media.js';
import type { Found, LabelEvents, Labels } from '../../contract/parts.js';
import { labelWordsOf } from '../../words/labels.js';
import { changes, type Change } from '../display-changes.js';
import { doMeet } from '../display-box.js';
import { isAround, Styles } from '../display-tree.js';
import { isOurs } from '../roots.js';
import { bodyOf, boxOf, isShowing, rootElementOf, rootOf, topAt } from '../tree.js';
import { Below, TELLS_VISIBLE } from './below.js';
import { make, shapeOf, text } from './draw.js';
import { createGuard, type Guard } from './guard.js';
import { hostOf } from './host.js';
import { createPanel, type Panel, type Told } from './panel.js';
import { originOf, panelPlaceOf, placeOf, shownPartOf, type Place } from './place.js';
import { createSight } from './sight.js';

/** Milliseconds after the last new label until screen readers are told how many there are; they are told once. */
const TELL_AFTER = 1500;

/** Milliseconds after which a label that was raised is looked at again. */
const RAISED_AFTER = 200;

/** CSS pixels to which shadows of ours reach; browsers take a shadow for a cover. */
const SHADOW = 8;

/** Milliseconds between two times when all labels are placed anew because something changed somewhere. */
const ALL_PAUSE = 200;

/** What happens on labels and panel is the page's business no more than what happens in the browser's own toolbar. */
const SWALLOWED = ['click', 'auxclick', 'dblclick', 'contextmenu', 'pointerdown', 'pointerup', 'mousedown', 'mouseup', 'touchstart', 'touchend',
  'keydown', 'keyup', 'keypress', 'focusin', 'focusout', 'copy', 'selectstart'];

interface Label extends Told {
  readonly button: HTMLButtonElement;
  isNear: boolean;
  place: Place | null;
  /** Where the medium was in the viewport when its label was placed. */
  box: string;
}

/** Puts the host into the document at once, for the page finds a place taken that is taken before it runs. */
export function createLabels(events: LabelEvents): Labels {
  return new PageLabels(events);
}

class PageLabels implements Labels {
  readonly #events: LabelEvents;
  readonly #host = hostOf();
  readonly #guard: Guard;
  readonly #labels = new Map<number, Label>();
  readonly #byButton = new WeakMap<Element, number>();
  readonly #byMedium = new Map<Element, number[]>();
  readonly #told = new Set<number>();
  readonly #status = make('div', 'away');
  readonly #stop = new AbortController();
  readonly #sight = createSight(button => this.#hidden(button));
  readonly #below = TELLS_VISIBLE && !TELLS_COVERS ? new Below(button => this.#sank(button)) : null;
  readonly #resizes = new ResizeObserver(entries => changes.noteSizes(entries));
  readonly #near = new IntersectionObserver(entries => this.#came(entries), { rootMargin: '50%' });
  #shifts: PerformanceObserver | null = null;
  #settings: FrameSettings = { language: 'en', isAutomatic: false, isPaused: false, mark: '' };
  #open: { readonly id: number; readonly panel: Panel } | null = null;
  #telling: ReturnType<typeof setTimeout> | null = null;
  #isTold = false;
  /** A label came, or came near. */
  #isChanged = false;
  /** Labels that nothing seems to have touched are to be placed anew. */
  #isDue = false;
  #lastAll = -Infinity;

  constructor(events: LabelEvents) {
    this.#events = events;
    this.#guard = createGuard(this.#host, () => this.#interfered());
    this.#status.setAttribute('role', 'status');
    this.#status.setAttribute('aria-live', 'polite');
    this.#host.layer.append(this.#status);
    this.#listen();
  }

  readonly #heardByWindow = (event: Event) => event.target === this.#host.element && this.#happened(event, this.#innerTarget(event));
  readonly #heardByRoot = (event: Event) => this.#happened(event, event.target instanceof Element ? event.target : null);
  readonly #pressedElsewhere = (event: Event) => event.isTrusted && event.target !== this.#host.element && this.#close(false);

  /** Again with the first label of each document: `document.open()` takes every listener away. The same listener listens once. */
  #listen(): void {
    const { signal } = this.#stop;
    for (const type of SWALLOWED) {
      // At the window, where we come before the page if we came at `document_start`; in the root, for those that could not be told there.
      window.addEventListener(type, this.#heardByWindow, { capture: true, signal });
      this.#host.root.addEventListener(type, this.#heardByRoot, { capture: true, signal });
    }
    window.addEventListener('pointerdown', this.#pressedElsewhere, { capture: true, passive: true, signal });
  }

  show(found: Found, verdict: Verdict, sameness: Sameness, display: Display): void {
    const { id } = found.medium;
    if (verdict.label === 'none' || sameness === 'other' || display === 'covered' || this.#guard.isOver || this.#settings.isPaused) {
      this.remove(id);
      return;
    }
    const before = this.#labels.get(id);
    const button = before?.button ?? this.#createButton(id);
    const label: Label = { found, verdict, sameness, display, button, isNear: before?.isNear ?? false, place: before?.place ?? null, box: '' };
    if (before === undefined || before.found.element !== found.element)
      this.#attach(id, label, before);
    this.#labels.set(id, label);
    this.#draw(label);
    if (this.#open?.id === id && before !== undefined && !isSameTold(before, label))
      this.#openPanel(id, false);
    this.#isChanged = true;
    changes.note();
    this.#announceLater();
  }

  remove(id: number): void {
    const label = this.#labels.get(id);
    if (label === undefined)
      return;
    if (this.#open?.id === id)
      this.#close(false);
    this.#detach(id, label);
    this.#sight.unobserve(label.button);
    this.#below?.remove(label.button);
    label.button.remove();
    this.#labels.delete(id);
    if (this.#labels.size === 0) {
      changes.unlisten(this.#turn);
      this.#shifts?.disconnect();
    }
  }

  focus(id: number): boolean {
    const button = this.#labels.get(id)?.button;
    if (button === undefined || button.hidden || button.parentNode === null || this.#below?.isBelow(button))
      return false;
    button.focus({ preventScroll: true });
    return true;
  }

  tell(id: number, page: Page | null): void {
    if (this.#open?.id === id) {
      this.#open.panel.tell(page);
      this.#placePanel();
    }
  }

  use(settings: FrameSettings): void {
    this.#settings = settings;
    this.#host.layer.lang = settings.language;
    if (settings.isPaused)
      this.#clear();
    for (const label of this.#labels.values())
      this.#draw(label);
  }

  stop(): void {
    this.#clear();
    this.#stop.abort();
    this.#guard.stop();
    this.#sight.stop();
    this.#below?.stop();
    this.#near.disconnect();
    this.#resizes.disconnect();
    if (this.#telling !== null)
      clearTimeout(this.#telling);
  }

  #clear(): void {
    for (const id of [...this.#labels.keys()])
      this.remove(id);
  }

  #createButton(id: number): HTMLButtonElement {
    const button = make('button', 'label');
    button.type = 'button';
    button.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    this.#byButton.set(button, id);
    return button;
  }

  #draw({ button, verdict, display }: Label): void {
    const words = labelWordsOf(this.#settings.language);
    button.className = verdict.label === 'broken' ? 'label is-broken' : 'label';
    const name = fill(words['label.name'], { sentence: verdict.sentence });
    button.setAttribute('aria-label', display === 'cropped' || display === 'altered' ? `${name} ${words[`label.panel.display.${display}`]}` : name);
    const beside = make('span', 'words', text(words[`label.short.${verdict.label}`]));
    beside.setAttribute('aria-hidden', 'true');
    button.replaceChildren(make('span', 'plate', shapeOf(verdict.label)), beside);
  }

  #attach(id: number, label: Label, before: Label | undefined): void {
    if (before !== undefined)
      this.#detach(id, before);
    if (this.#labels.size === 0) {
      for (const outermost of [rootElementOf(), bodyOf()]) {
        if (outermost !== null)
          this.#resizes.observe(outermost);
      }
      this.#listen();
      this.#guard.listen();
      this.#shifts = observeShifts();
      changes.listen(this.#turn);
    }
    const { element } = label.found;
    this.#byMedium.set(element, [...this.#byMedium.get(element) ?? [], id]);
    this.#near.observe(element);
    this.#resizes.observe(element);
    changes.observe(rootOf(element));
  }

  #detach(id: number, { found: { element } }: Label): void {
    const left = (this.#byMedium.get(element) ?? []).filter(other => other !== id);
    if (left.length > 0) {
      this.#byMedium.set(element, left);
      return;
    }
    this.#byMedium.delete(element);
    this.#near.unobserve(element);
    this.#resizes.unobserve(element);
  }

  #came(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      for (const id of this.#byMedium.get(target) ?? []) {
        const label = this.#labels.get(id);
        if (label !== undefined)
          label.isNear = isIntersecting;
      }
    }
    this.#isChanged = true;
    changes.note();
  }

  /**
   * Before a frame is painted in which something changed: places anew what moved or is within what changed; and all, as a box that cuts it may
   * have changed elsewhere, though not in every frame of a page that keeps changing.
   */
  readonly #turn = ({ elements, isAnywhere }: Change): boolean => {
    if (this.#guard.isOver)
      return false;
    this.#isDue ||= isAnywhere;
    if ((isAnywhere || this.#isChanged) && this.#guard.settle(this.#byMedium.keys()))
      this.#isChanged = true;
    const now = performance.now();
    const isAll = this.#isChanged || this.#isDue && now - this.#lastAll >= ALL_PAUSE;
    if (isAll) {
      this.#isChanged = this.#isDue = false;
      this.#lastAll = now;
    }
    this.#place(isAll ? [...this.#labels] : !isAnywhere && elements.size === 0 ? [] : [...this.#labels].filter(([, label]) =>
      label.isNear && (boxKeyOf(label.found.element) !== label.box || [...elements].some(element => isAround(element, label.found.element)))));
    return this.#isDue;
  };

  #place(touched: readonly (readonly [number, Label])[]): void {
    if (touched.length === 0)
      return;
    const styles = new Styles();
    const origin = originOf(this.#host);
    const edge = matchMedia('(pointer: coarse)').matches ? 44 : 28;
    // All is read before anything is written.
    const places = touched.map(([id, label]) => {
      const { element } = label.found;
      const part = label.isNear && element.isConnected && !this.#guard.isBelowModal(element) ? shownPartOf(element, styles) : null;
      return part === null ? null : placeOf(part, edge, (this.#byMedium.get(element) ?? []).indexOf(id), origin);
    });
    for (const [, label] of touched)
      label.box = boxKeyOf(label.found.element);
    touched.forEach(([id, label], index) => this.#put(id, label, places[index] ?? null));
    this.#lookForCovers();
  }

  #put(id: number, label: Label, place: Place | null): void {
    const { button } = label;
    const isMoved = place !== null && (label.place === null || Math.hypot(place.left - label.place.left, place.top - label.place.top) >= 1);
    if (isMoved)
      this.#sight.moved(button);
    label.place = place;
    if (place === null) {
      if (!button.hidden && this.#open?.id === id)
        this.#close(false);
      button.hidden = true;
      this.#below?.rest(button);
      return;
    }
    moveTo(button, place);
    button.classList.toggle('is-leftmost', place.isLeftmost);
    if (button.parentNode === null) {
      this.#host.layer.append(button);
      this.#sight.observe(button);
    }
    button.hidden = false;
    this.#below?.put(button);
    if (isMoved && this.#open?.id === id)
      this.#placePanel();
  }

  /** Where it is not told what is covered by this document, it is asked what lies at the middle of each label. */
  #lookForCovers(): void {
    if (TELLS_COVERS)
      return;
    for (const { button, place } of this.#labels.values()) {
      if (place === null || this.#below?.isBelow(button))
        continue;
      const { x, y } = middleOf(button);
      const top = topAt(x, y);
      if (top !== null && !isOurs(top)) {
        this.#guard.covered();
        return;
      }
    }
  }

  /** A label in the viewport cannot be seen. What else of ours lies over it is no interference. */
  #hidden(button: Element): void {
    if (!TELLS_COVERS || button.parentNode === null || (button as HTMLElement).hidden || !isShowing() || this.#isBelowOurs(button) || isInTransition())
      return;
    this.#guard.covered();
    // It is told again if it still cannot be seen.
    this.#sight.unobserve(button);
    setTimeout(() => {
      if (button.parentNode !== null)
        this.#sight.observe(button);
    }, RAISED_AFTER);
  }

  /** Something came over the frame. */
  #sank(button: Element): void {
    if (this.#open !== null && this.#open.id === this.#byButton.get(button))
      this.#close(false);
  }

  #isBelowOurs(button: Element): boolean {
    const { left, top, right, bottom } = button.getBoundingClientRect();
    const rect = { left: left - SHADOW, top: top - SHADOW, right: right + SHADOW, bottom: bottom + SHADOW };
    const others = [...this.#labels.values()].filter(label => label.button !== button && !label.button.hidden)
      .flatMap(label => [label.button, ...label.button.matches(':hover, :focus-visible') ? label.button.children : []]);
    return [...others, ...this.#open === null ? [] : [this.#open.panel.element]].some(other => doMeet(rect, other.getBoundingClientRect()));
  }

  #interfered(): void {
    for (const [id, { place }] of this.#labels) {
      if (place !== null && !this.#told.has(id)) {
        this.#told.add(id);
        this.#events.interference(id);
      }
    }
    this.#close(false);
    if (this.#guard.isOver)
      this.#clear();
  }

  /** Where an event happened that the window hears of: what is in our root is told to nobody outside. */
  #innerTarget(event: Event): Element | null {
    const { root } = this.#host;
    const isPointed = event instanceof MouseEvent && !(event.type === 'click' && event.detail === 0);
    return isPointed ? root.elementFromPoint(event.clientX, event.clientY) : root.activeElement;
  }

  #happened(event: Event, target: Element | null): void {
    if (!event.isTrusted || target === null)
      return;
    event.stopImmediatePropagation();
    if (event.type === 'click' && event instanceof MouseEvent)
      this.#clicked(event, target);
    else if (event.type === 'keydown' && event instanceof KeyboardEvent && event.key === 'Escape')
      this.#escaped(event, target);
  }

  #clicked(event: MouseEvent, target: Element): void {
    if (this.#open?.panel.close.contains(target)) {
      this.#close(true);
      return;
    }
    const button = target.closest('.label');
    const id = button === null ? undefined : this.#byButton.get(button);
    if (button === null || id === undefined)
      return;
    if (this.#open?.id === id)
      this.#close(true);
    else if (this.#labels.has(id) && this.#isSeen(button, event)) {
      this.#openPanel(id, event.detail === 0);
      this.#events.opened(id);
    }
  }

  /** What answers a click must be what the reader saw there (attacks.md K03). */
  #isSeen(button: Element, event: MouseEvent): boolean {
    const { x, y } = event.detail === 0 ? middleOf(button) : { x: event.clientX, y: event.clientY };
    return this.#sight.isSeen(button) && isOurs(topAt(x, y));
  }

  #escaped(event: KeyboardEvent, target: Element): void {
    if (this.#open !== null) {
      event.preventDefault();
      this.#close(true);
    }
    else
      target.closest('.label')?.classList.add('is-quiet');
  }

  #openPanel(id: number, isByKeyboard: boolean): void {
    const label = this.#labels.get(id);
    if (label === undefined)
      return;
    this.#close(false);
    const panel = createPanel(label, this.#settings.language, this.#settings.mark);
    this.#open = { id, panel };
    label.button.setAttribute('aria-expanded', 'true');
    label.button.setAttribute('aria-controls', panel.element.id);
    label.button.after(panel.element);
    this.#placePanel();
    if (isByKeyboard)
      panel.element.focus({ preventScroll: true });
  }

  #placePanel(): void {
    const button = this.#open === null ? undefined : this.#labels.get(this.#open.id)?.button;
    if (this.#open === null || button === undefined)
      return;
    const { element } = this.#open.panel;
    const { width, height } = element.getBoundingClientRect();
    moveTo(element, panelPlaceOf(button.getBoundingClientRect(), width, height, originOf(this.#host)));
  }

  #close(isFocused: boolean): void {
    if (this.#open === null)
      return;
    const { id, panel } = this.#open;
    this.#open = null;
    const button = this.#labels.get(id)?.button;
    if (isFocused || panel.element.contains(this.#host.root.activeElement))
      button?.focus({ preventScroll: true });
    panel.element.remove();
    button?.setAttribute('aria-expanded', 'false');
    button?.removeAttribute('aria-controls');
  }

  #announceLater(): void {
    if (this.#isTold)
      return;
    if (this.#telling !== null)
      clearTimeout(this.#telling);
    this.#telling = setTimeout(() => {
      const { size } = this.#labels;
      const words = labelWordsOf(this.#settings.language);
      this.#isTold = size > 0;
      if (this.#isTold)
        this.#status.textContent = size === 1 ? words['label.one'] : fill(words['label.more'], { count: size });
    }, TELL_AFTER);
  }
}

/** In a frame, what is told is of the page around it too (below.ts). */
const TELLS_COVERS = TELLS_VISIBLE && window === window.top;

function isSameTold(one: Told, other: Told): boolean {
  return one.verdict === other.verdict && one.sameness === other.sameness && one.display === other.display && one.found.medium.url === other.found.medium.url;
}

function moveTo(element: HTMLElement, { left, top }: { readonly left: number; readonly top: number }): void {
  // A transform, since browsers count moves by other means as shifts of the page's layout.
  element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

function boxKeyOf(element: Element): string {
  const { left, top, width, height } = boxOf(element);
  return `${left + scrollX} ${top + scrollY} ${width} ${height}`;
}

function middleOf(element: Element): { readonly x: number; readonly y: number } {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

/** A view transition shows pictures of the page, and everything is below them. */
function isInTransition(): boolean {
  return ((document as Document & { readonly activeViewTransition?: unknown }).activeViewTransition ?? null) !== null;
}

/** Chromium tells what moved without having changed, a frame late; elsewhere a shift is found with the next change. */
function observeShifts(): PerformanceObserver | null {
  if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift'))
    return null;
  const observer = new PerformanceObserver(() => changes.note());
  observer.observe({ type: 'layout-shift' });
  return observer;
}
