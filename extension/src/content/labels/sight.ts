/** What is known of whether a label can be seen. */
export interface Sight {
  observe(label: Element): void;
  unobserve(label: Element): void;
  /** The label went to another place of the document. */
  moved(label: Element): void;
  /** Whether the label has been seen for a while, so that nobody can have put it under a moving pointer (attacks.md K03). */
  isSeen(label: Element): boolean;
  stop(): void;
}

interface VisibilityEntry extends IntersectionObserverEntry { readonly isVisible?: boolean }
interface VisibilityOptions extends IntersectionObserverInit { readonly trackVisibility: boolean; readonly delay: number }

/** Milliseconds for which a label must have been seen before it answers; the least that browsers allow to ask about. */
const LEAST_SEEN = 100;

/** Milliseconds for which it must have stood in its place, else a page could put it under a pointer that is about to press. */
const LEAST_STILL = 250;

/**
 * Chromium tells whether an element is covered or made transparent; no other browser does, where its place is hit-tested instead.
 * `hidden` is told of labels that are wholly within the viewport and cannot be seen.
 */
export function createSight(hidden: (label: Element) => void): Sight {
  const since = new WeakMap<Element, number | null>();
  const still = new WeakMap<Element, number>();
  const observer = new IntersectionObserver(entries => {
    for (const { target, isVisible, isIntersecting, intersectionRatio, time } of entries as readonly VisibilityEntry[]) {
      const isSeen = isIntersecting && isVisible !== false;
      since.set(target, isSeen ? since.get(target) ?? time : null);
      if (isVisible === false && intersectionRatio > .99)
        hidden(target);
    }
  }, { threshold: [0, .5, 1], trackVisibility: true, delay: LEAST_SEEN } as VisibilityOptions);
  return {
    observe: label => observer.observe(label),
    unobserve: label => observer.unobserve(label),
    moved: label => still.set(label, performance.now()),
    isSeen(label) {
      const start = since.get(label) ?? null;
      return start !== null && performance.now() - start >= LEAST_SEEN && performance.now() - (still.get(label) ?? 0) >= LEAST_STILL;
    },
    stop: () => observer.disconnect(),
  };
}
