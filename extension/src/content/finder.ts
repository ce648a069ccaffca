import { MOST_MEDIA } from '../contract/limits.js';
import type { Size } from '../contract/media.js';
import type { Finder, FinderEvents, Found } from '../contract/parts.js';
import { ATTRIBUTES, changeOf, isSheet } from './finder/changes.js';
import { Late } from './finder/late.js';
import { calledOf, isShared, mediaOf, type Seen } from './finder/media.js';
import { isSmall, Near } from './finder/near.js';
import { Pace } from './finder/pace.js';
import { mediumAt } from './finder/place.js';
import { shadowOf } from './roots.js';
import { aboveOf, boxOf, elementsIn, isConnected, isElement, isLeaf, listen, nameOf, parentNodeOf, rootOf } from './tree.js';
import { Walk } from './finder/walk.js';

/** What is told of loading. None of it bubbles or leaves its shadow root: each root is listened to. */
const LOADING = ['load', 'error', 'loadedmetadata', 'emptied', 'suspend', 'play', 'seeking'];

/** Times a second that one element's media are found anew; a page that changes them more often waits (attacks.md K18). */
const MOST_FINDS = 4;

/** Milliseconds within which the first `load` may come of a picture that was found already: it is complete before the event is told. */
const EVENT_DELAY = 1000;

/** Milliseconds of a page's task in which backgrounds are compared; the rest are in slices. */
const MOST_COMPARING = 4;

interface Held extends Seen {
  readonly since: number;
  found: Found;
  isNear: boolean;
  wasLoadTold: boolean;
}

/** Counted within the frame, through all its finders. */
let lastId = 0;

export function createFinder(events: FinderEvents): Finder {
  return new DocumentFinder(events);
}

class DocumentFinder implements Finder {
  readonly media = new Map<number, Found>();
  readonly #events: FinderEvents;
  /** By element, and by which of its media it is. */
  readonly #held = new Map<Element, Map<string, Held>>();
  /** Those whose media came near. */
  readonly #nearby = new Set<Element>();
  readonly #shadows = new WeakMap<Element, ShadowRoot>();
  readonly #loadTold = new WeakSet<Element>();
  readonly #beyond = new WeakSet<Element>();
  readonly #finds = new Pace(MOST_FINDS);
  readonly #walk = new Walk((element) => this.#visit(element), () => this.#tell());
  readonly #near = new Near((elements) => this.#cameNear(elements));
  readonly #changes = new MutationObserver((records) => this.#changed(records));
  readonly #late = new Late({
    addresses: () => new Set([...this.media.values()].map((found) => found.address)),
    look: () => this.look(),
    resized: () => this.#resized(),
  });
  readonly #stopping = new AbortController();
  readonly #onLoading = (event: Event) => this.#loaded(event);
  #found: Found[] = [];
  #gone: Found[] = [];

  constructor(events: FinderEvents) {
    this.#events = events;
    this.#late.listen(this.#stopping.signal);
    this.#open(document);
  }

  at(x: number, y: number): Found | null {
    return mediumAt(x, y, this.media.values(), {
      mediaOf: (element) => [...(this.#held.get(element)?.values() ?? [])].map((held) => held.found),
      shadowOf: (element) => this.#shadows.get(element),
    });
  }

  look(): void {
    this.#walk.below(document);
  }

  stop(): void {
    this.#stopping.abort();
    this.#changes.disconnect();
    this.#walk.stop();
    this.#near.stop();
    this.#late.stop();
  }

  /** A document or shadow root, and everything in it. */
  #open(root: Document | ShadowRoot): void {
    this.#changes.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ATTRIBUTES, attributeOldValue: true });
    for (const type of LOADING) listen(root, type, this.#onLoading, this.#stopping.signal);
    this.#walk.below(root);
  }

  // What the page does. Everything here happens before the frame is painted.

  #changed(records: readonly MutationRecord[]): void {
    const restyled = new Set<Node>();
    for (const { type, target, addedNodes, removedNodes, attributeName, oldValue } of records) {
      if (type === 'attributes') {
        this.#attributeChanged(target as Element, attributeName!, oldValue, restyled);
        continue;
      }
      removedNodes.forEach((node) => this.#removed(node));
      addedNodes.forEach((node) => this.#added(node));
      this.#childrenChanged(target, [...removedNodes, ...addedNodes], restyled);
    }
    if (restyled.size > 0) this.#compareStyles(restyled);
    this.#tell();
  }

  #attributeChanged(element: Element, attribute: string, before: string | null, restyled: Set<Node>): void {
    const change = changeOf(element, attribute, before);
    switch (change?.kind) {
      case 'place':
        this.#endPlace(element, change.place);
        this.#walk.to(element);
        break;
      case 'source':
        this.#sourceChanged(parentNodeOf(element));
        break;
      case 'sheet':
        this.#sheetChanged(element, restyled);
        break;
      case 'style':
        // A class may style what stands beside the element, too.
        restyled.add((change.isDeep && parentNodeOf(element)) || element);
        if (change.isDeep && !isLeaf(element)) this.#walk.below(element);
        else this.#walk.to(element);
    }
  }

  #childrenChanged(target: Node, children: readonly Node[], restyled: Set<Node>): void {
    // `document.open()` takes every listener away.
    if (target === document) {
      this.#late.listen(this.#stopping.signal);
      this.#open(document);
    }
    const elements = children.filter(isElement);
    if (elements.some((child) => nameOf(child) === 'source')) this.#sourceChanged(target);
    if (elements.some(isSheet) || (isElement(target) && isSheet(target))) this.#sheetChanged(target, restyled);
  }

  #sourceChanged(parent: Node | null): void {
    if (!parent || !isElement(parent)) return;
    const elements = nameOf(parent) === 'picture' ? Array.from(elementsIn(parent)) : [parent];
    for (const element of elements) {
      this.#endPlace(element, 'own');
      this.#walk.to(element);
    }
  }

  #sheetChanged(sheet: Node, restyled: Set<Node>): void {
    const root = rootOf(sheet);
    restyled.add(root);
    this.#walk.below(root);
  }

  #added(node: Node): void {
    if (!isElement(node)) return;
    if (isLeaf(node)) this.#walk.to(node);
    else this.#walk.below(node);
  }

  /** Ends what is below a node that was removed, and maybe put in elsewhere since. */
  #removed(node: Node): void {
    if (!isElement(node) || this.#held.size === 0) return;
    const trees: Node[] = [node];
    const end = (element: Element) => {
      this.#end(element);
      const shadow = this.#shadows.get(element);
      if (shadow) trees.push(shadow);
    };
    end(node);
    for (let tree = trees.shift(); tree; tree = trees.shift()) Array.prototype.forEach.call(elementsIn(tree), end);
  }

  #loaded(event: Event): void {
    const { type, isTrusted } = event;
    const target = event.target as Element;
    if (!isTrusted || !isElement(target)) return;
    if (isSheet(target)) {
      const restyled = new Set<Node>();
      this.#sheetChanged(target, restyled);
      this.#compareStyles(restyled);
    } else if (type === 'load' || type === 'error') {
      this.#pictureLoaded(target, type === 'load');
    } else {
      if (type === 'emptied') this.#endPlace(target, 'own');
      this.#compare(target);
      this.#walk.to(target);
    }
    this.#tell();
  }

  #pictureLoaded(element: Element, isThere: boolean): void {
    const held = this.#held.get(element)?.get('own');
    if (!held) {
      if (isThere) this.#loadTold.add(element);
    } else if (isThere && !held.wasLoadTold && performance.now() - held.since < EVENT_DELAY) {
      held.wasLoadTold = true;
      this.#compare(element);
    } else {
      // Loaded again: the same address may have other bytes.
      this.#endPlace(element, 'own');
      if (isThere) this.#loadTold.add(element);
    }
    this.#walk.to(element);
  }

  #resized(): void {
    this.#compareChoices();
    // Asking for styles is what makes browsers choose anew, behind this turn and before the next of the same frame.
    queueMicrotask(() => this.#compareChoices());
    this.#walk.below(document);
  }

  #compareChoices(): void {
    for (const element of this.#nearby) {
      if (nameOf(element) === 'img') this.#compare(element);
    }
    this.#compareStyles(new Set([document]));
    this.#tell();
  }

  /** Ends the backgrounds near the viewport that are no longer drawn, in the shadow too of what was restyled. */
  #compareStyles(restyled: ReadonlySet<Node>): void {
    const until = performance.now() + MOST_COMPARING;
    for (const element of this.#nearby) {
      if (!isStyled(this.#held.get(element)) || !isWithin(element, restyled)) continue;
      if (performance.now() < until) this.#compare(element);
      this.#walk.to(element);
    }
  }

  // What is there.

  #visit(element: Element): void {
    if (!isConnected(element)) return;
    const shadow = shadowOf(element);
    if (shadow && this.#shadows.get(element) !== shadow) {
      this.#shadows.set(element, shadow);
      this.#open(shadow);
    } else if (shadow) {
      this.#walk.below(shadow);
    }
    // `xlink:href`, which the list of attributes cannot hold.
    if (nameOf(element) === 'image') this.#changes.observe(element, { attributes: true });
    const seen = this.#compare(element);
    const places = this.#held.get(element);
    const fresh = seen.filter(({ place }) => !places?.has(place));
    if (fresh.length === 0) {
      if (places) this.#near.again(element);
    } else if (this.#finds.allows(element)) {
      this.#hold(element, fresh);
    } else {
      this.#walk.later(element);
    }
  }

  /** Ends the media of an element that are no longer there as they were; answers with what is there. */
  #compare(element: Element): readonly Seen[] {
    const seen = mediaOf(element);
    for (const held of this.#held.get(element)?.values() ?? []) {
      if (!seen.some((now) => isSame(now, held))) this.#endPlace(element, held.place);
    }
    return seen;
  }

  #hold(element: Element, seen: readonly Seen[]): void {
    // What is beyond is told of once, to be counted, and not kept.
    if (this.media.size + seen.length > MOST_MEDIA) {
      if (!this.#beyond.has(element)) this.#found.push(...seen.map((one) => foundOf(element, one)));
      this.#beyond.add(element);
      return;
    }
    const places = this.#held.get(element) ?? new Map<string, Held>();
    this.#held.set(element, places);
    for (const one of seen) {
      const found = foundOf(element, one);
      places.set(one.place, { ...one, found, since: performance.now(), isNear: false, wasLoadTold: this.#loadTold.delete(element) });
      this.media.set(found.medium.id, found);
      this.#found.push(found);
    }
    this.#near.watch(element);
  }

  #cameNear(elements: readonly Element[]): void {
    const near: Found[] = [];
    for (const element of elements) {
      const shown = sizeOf(element);
      for (const held of this.#held.get(element)?.values() ?? []) {
        if (held.isNear) continue;
        held.isNear = true;
        // It has grown since it was found.
        if (held.found.medium.isSmall) held.found = { ...held.found, medium: { ...held.found.medium, shown, isSmall: false } };
        this.media.set(held.found.medium.id, held.found);
        this.#nearby.add(element);
        near.push(held.found);
      }
    }
    if (near.length > 0) this.#events.near(near);
  }

  #end(element: Element): void {
    for (const place of this.#held.get(element)?.keys() ?? []) this.#endPlace(element, place);
  }

  #endPlace(element: Element, place: string): void {
    const places = this.#held.get(element);
    const held = places?.get(place);
    if (!places || !held) return;
    places.delete(place);
    this.media.delete(held.found.medium.id);
    const untold = this.#found.indexOf(held.found);
    if (untold >= 0) this.#found.splice(untold, 1);
    else this.#gone.push(held.found);
    if (places.size > 0) return;
    this.#held.delete(element);
    this.#nearby.delete(element);
    this.#near.unwatch(element);
  }

  #tell(): void {
    const [gone, found] = [this.#gone, this.#found];
    this.#gone = [];
    this.#found = [];
    if (gone.length > 0) this.#events.gone(gone);
    if (found.length > 0) this.#events.found(found);
  }
}

function foundOf(element: Element, { kind, address, natural }: Seen): Found {
  const shown = sizeOf(element);
  const url = address.startsWith('data:') ? address.slice(0, 64) : address;
  return { medium: { id: ++lastId, kind, url, name: calledOf(element), natural, shown, isSmall: isSmall(shown), isShared: isShared(element, kind) }, element, address };
}

function sizeOf(element: Element): Size {
  const { width, height } = boxOf(element);
  return { width: Math.round(width), height: Math.round(height) };
}

function isSame(now: Seen, held: Seen): boolean {
  return now.place === held.place && now.kind === held.kind && now.address === held.address && now.natural?.width === held.natural?.width && now.natural?.height === held.natural?.height;
}

function isStyled(places: ReadonlyMap<string, Held> | undefined): boolean {
  return [...(places?.values() ?? [])].some((held) => held.kind === 'background');
}

function isWithin(element: Element, nodes: ReadonlySet<Node>): boolean {
  for (let node: Node | null = element; node; node = aboveOf(node)) {
    if (nodes.has(node)) return true;
  }
  return false;
}
