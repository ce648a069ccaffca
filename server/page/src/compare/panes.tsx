import { type ComponentChildren, createContext } from 'preact';
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import type { Size } from './difference.js';

export type Zoom = 'fit' | 1 | 2;

/** Panes that scroll together: all show the same place, whatever the sizes of what they hold, and the next one begins there. */
export class ScrollTogether {
  readonly #panes = new Set<HTMLElement>();
  /** Where a pane was put by us; the event that follows must not move the others, or roundings would add up. */
  readonly #put = new WeakMap<HTMLElement, { left: number; top: number }>();
  #x = 0.5;
  #y = 0.5;

  attach(pane: HTMLElement): () => void {
    this.#panes.add(pane);
    return () => this.#panes.delete(pane);
  }

  place(pane: HTMLElement): void {
    pane.scrollTo({
      left: this.#x * pane.scrollWidth - pane.clientWidth / 2,
      top: this.#y * pane.scrollHeight - pane.clientHeight / 2,
      behavior: 'instant',
    });
    this.#put.set(pane, { left: pane.scrollLeft, top: pane.scrollTop });
  }

  scrolled(pane: HTMLElement): void {
    const put = this.#put.get(pane);
    if (put !== undefined && Math.abs(put.left - pane.scrollLeft) < 1 && Math.abs(put.top - pane.scrollTop) < 1) return;
    this.#put.delete(pane);
    this.#x = (pane.scrollLeft + pane.clientWidth / 2) / pane.scrollWidth;
    this.#y = (pane.scrollTop + pane.clientHeight / 2) / pane.scrollHeight;
    for (const other of this.#panes) {
      if (other !== pane) this.place(other);
    }
  }
}

export interface View {
  readonly zoom: Zoom;
  readonly together: ScrollTogether;
}

export const ViewContext = createContext<View>({ zoom: 'fit', together: new ScrollTogether() });

/** A picture's frame in a box that scrolls when the picture is larger. */
export function Pane(props: { readonly label: string; readonly size: Size; readonly children: ComponentChildren }) {
  const { zoom, together } = useContext(ViewContext);
  const pane = useRef<HTMLDivElement>(null);
  const { width, height } = props.size;
  useLayoutEffect(() => together.attach(pane.current!), [together]);
  useLayoutEffect(() => together.place(pane.current!), [together, zoom, width, height]);
  return (
    <div
      ref={pane}
      class={`compare-pane zoom-${zoom}`}
      tabIndex={0}
      role="group"
      aria-label={props.label}
      onScroll={() => together.scrolled(pane.current!)}
    >
      <div class="compare-frame" style={frameStyle(props.size, zoom)}>{props.children}</div>
    </div>
  );
}

/** One pixel of the picture is one of the screen at 1:1. Set through the object model, which a strict policy allows. */
function frameStyle({ width, height }: Size, zoom: Zoom) {
  const scale = zoom === 'fit' ? 1 : zoom / window.devicePixelRatio;
  return { '--width': String(width), '--height': String(height), '--scale': String(scale) };
}
