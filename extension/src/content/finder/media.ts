import type { MediaKind, Size } from '../../contract/media.js';
import { attributeOf, baseOf, hasAttribute, isDisplayed, nameOf, namespaceOf } from '../tree.js';
import { addressesOf } from './css.js';
import { pixelsOf } from './pixels.js';

/** A medium of an element as it is now. An element may have several: a film and its poster, pictures behind it, and those of its pseudo-elements. */
export interface Seen {
  /** Which of the element's media it is. */
  readonly place: string;
  readonly kind: MediaKind;
  readonly address: string;
  readonly natural: Size | null;
}

const HTML = 'http://www.w3.org/1999/xhtml';
const SVG = 'http://www.w3.org/2000/svg';

/** Elements that have no box of their own, or none that a style sheet draws in. */
const WITHOUT_STYLE = new Set(['head', 'script', 'style', 'link', 'meta', 'title', 'base', 'template', 'noscript', 'source', 'track', 'param', 'br', 'wbr', 'option', 'area', 'map', 'picture']);

/** Elements that are replaced by their own contents, or that browsers give no `::before` and `::after`. */
const WITHOUT_PSEUDO = new Set(['img', 'video', 'audio', 'canvas', 'iframe', 'embed', 'object', 'input', 'textarea', 'select', 'html', 'svg']);

/** Stands for the address of a stream that the page gave without one. */
const STREAM = 'blob:';

export function mediaOf(element: Element): readonly Seen[] {
  const styled = styledMediaOf(element);
  // `content: url(…)` on an element is drawn in the place of what it holds.
  const own = styled.some((seen) => seen.place === 'content') ? [] : ownMediaOf(element);
  return [...own, ...styled].filter((seen) => isMedia(seen.address));
}

/** What an element is by itself, once it is loaded. */
export function ownMediaOf(element: Element): readonly Seen[] {
  const name = nameOf(element);
  switch (namespaceOf(element)) {
    case HTML:
      switch (name) {
        case 'img': return imageOf(element as HTMLImageElement);
        case 'input': return (element as HTMLInputElement).type === 'image' && isDisplayed(element) ? [{ place: 'own', kind: 'image', address: (element as HTMLInputElement).src, natural: null }] : [];
        case 'video': return [...soundOf(element as HTMLVideoElement, 'video'), ...posterOf(element as HTMLVideoElement)];
        case 'audio': return soundOf(element as HTMLAudioElement, 'audio');
        default: return [];
      }
    case SVG: return name === 'image' && isDisplayed(element) ? [{ place: 'own', kind: 'svg-image', address: hrefOf(element as SVGImageElement), natural: null }] : [];
    default: return [];
  }
}

/** Pictures that style sheets draw in an element: browsers load them only where it is displayed. */
export function styledMediaOf(element: Element): readonly Seen[] {
  const name = nameOf(element);
  const isSvg = namespaceOf(element) === SVG;
  if (isSvg ? name !== 'svg' : WITHOUT_STYLE.has(name)) return [];
  const style = getComputedStyle(element);
  const seen = [...drawn('background', style.backgroundImage), ...drawn('content', style.content)];
  if (!isSvg && !WITHOUT_PSEUDO.has(name)) {
    for (const pseudo of ['::before', '::after']) {
      const style = getComputedStyle(element, pseudo);
      const { content } = style;
      if (content !== 'none' && content !== 'normal') seen.push(...drawn(pseudo, style.backgroundImage), ...drawn(`${pseudo} content`, content));
    }
  }
  return seen.length > 0 && isDisplayed(element) ? seen : [];
}

function drawn(place: string, value: string): readonly Seen[] {
  if (value === 'none' || value === 'normal') return [];
  return addressesOf(value, devicePixelRatio).map((address, layer) => ({ place: layer === 0 ? place : `${place} ${layer}`, kind: 'background', address, natural: null }));
}

function imageOf(image: HTMLImageElement): readonly Seen[] {
  const { currentSrc, naturalWidth } = image;
  // Neither a picture that is not there yet, nor a broken one.
  if (!image.complete || naturalWidth === 0) return [];
  return [{ place: 'own', kind: 'image', address: currentSrc, natural: pixelsOf(image, currentSrc) }];
}

function soundOf(media: HTMLMediaElement, kind: 'video' | 'audio'): readonly Seen[] {
  const address = media.currentSrc || (media.srcObject ? STREAM : '');
  const { videoWidth: width = 0, videoHeight: height = 0 } = media as Partial<HTMLVideoElement>;
  // While it is on its way, its size is waited for; `preload="none"` waits for the reader instead.
  if (media.readyState === HTMLMediaElement.HAVE_NOTHING && media.networkState === HTMLMediaElement.NETWORK_LOADING) return [];
  return media.networkState === HTMLMediaElement.NETWORK_NO_SOURCE ? [] : [{ place: 'own', kind, address, natural: width > 0 ? { width, height } : null }];
}

/** The poster, while nothing was played yet. */
function posterOf(video: HTMLVideoElement): readonly Seen[] {
  const isShown = video.paused && video.played.length === 0 && video.currentTime === 0;
  return video.poster !== '' && isShown && isDisplayed(video) ? [{ place: 'poster', kind: 'poster', address: video.poster, natural: null }] : [];
}

function hrefOf(image: SVGImageElement): string {
  const href = image.href.animVal;
  return href !== '' && URL.canParse(href, baseOf(image)) ? new URL(href, baseOf(image)).href : '';
}

const isMedia = (address: string) => /^(https?|data|blob):/i.test(address);

/** What the page calls it. */
export function calledOf(element: Element): string {
  return (attributeOf(element, 'alt') || attributeOf(element, 'aria-label') || attributeOf(element, 'title')).slice(0, 200);
}

/** Whether the page asks for it with CORS. The poster and what style sheets draw are asked for without. */
export function isShared(element: Element, kind: MediaKind): boolean {
  return kind !== 'background' && kind !== 'poster' && hasAttribute(element, 'crossorigin');
}
