import colours from '@provenance/page/style/colours.css?inline';
import { keepOut } from '../roots.js';
import { createElement } from '../tree.js';
import labels from './labels.css?inline';
import panel from './panel.css?inline';

/**
 * The one element of ours in a frame's document: neutral, in the top layer, all its styles out of the page's reach (in a shadow root's
 * important declarations the inner scope wins, over style attributes and animations too). What is in it stands in the document's
 * coordinates, so that nothing need be done while the document scrolls.
 */
export interface Host {
  readonly element: HTMLElement;
  readonly root: ShadowRoot;
  /** Where labels and panel are put. */
  readonly layer: HTMLElement;
  /** Its size is changed in order to be called before the next frame is painted (frame.ts). */
  readonly probe: HTMLElement;
}

const XHTML = 'http://www.w3.org/1999/xhtml';

/** While sizes are told of, what changes is told of in the same frame only if it stands deeper in its tree than what was told before. */
const PROBE_DEPTH = 100;

let host: Host | null = null;

/** Makes the host at the first call, which is before the page has run if we came at `document_start`. */
export function hostOf(): Host {
  return host ??= makeHost();
}

function makeHost(): Host {
  const make = (name: string) => createElement(XHTML, name) as HTMLElement;
  const element = make('div');
  keepOut(element);
  const root = element.attachShadow({ mode: 'closed' });
  const layer = make('div');
  layer.className = 'layer';
  const probe = make('div');
  probe.className = 'probe';
  let outer = probe;
  for (let depth = 0; depth < PROBE_DEPTH; depth++) {
    const around = make('i');
    around.append(outer);
    outer = around;
  }
  root.append(layer, outer);
  dress(root, [colours.replaceAll(':root', '.layer'), labels, panel].join('\n'));
  return { element, root, layer, probe };
}

/** Constructed sheets are not subject to the page's policy. Firefox refuses them from content scripts, but takes an element's from there. */
function dress(root: ShadowRoot, style: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
  }
  catch {
    const element = createElement(XHTML, 'style');
    element.textContent = style;
    root.prepend(element);
  }
}

/** Puts the host at the end of `home` and to the top of the top layer. */
export function putOnTop({ element }: Host, home: Element): void {
  if (element.parentNode !== home)
    home.append(element);
  if (element.getAttribute('popover') !== 'manual')
    element.setAttribute('popover', 'manual');
  try {
    if (element.matches(':popover-open'))
      element.hidePopover();
    element.showPopover();
  }
  catch {
    // A document that is going away, or one that shows no elements of HTML.
  }
}
