import type { Display, Size } from '../contract/media.js';
import type { Found } from '../contract/parts.js';
import { areaOf, clipsOf, meet, pixelsOf, type Clip, type Rect } from './display-box.js';
import { isFiltered } from './display-filter.js';
import { fitOf, layerOf, type Fit, type Layer } from './display-fit.js';
import { parentOf, type Styles } from './display-tree.js';
import { attributeOf, boxOf, isDisplayed, nameOf, rootElementOf } from './tree.js';

/** Share of a picture that may be cut off before it counts as cropped: borders that round to pixels. */
export const CROPPED = 0.02;

/** The same for rounded corners, where little is to be seen; circles cut off more than twice this. */
export const ROUNDED = 0.1;

/** Enlarged by more, nothing of a picture can be made out. */
export const ENLARGED = 8;

/** Stretched in one direction by more, people look like others. */
export const STRETCHED = 1.25;

/** Degrees by which it may be turned or slanted. */
export const TURNED = 3;

/** Less opaque, what lies behind is seen as well; and still less, hardly the picture itself. */
export const FAINT = 0.6;
export const GONE = 0.25;

/** Share of its box that a picture may leave to another one behind it. */
export const GROUND = 0.2;

/** How styles and boxes show a medium, whatever lies over it. */
export function mannerOf(found: Found, styles: Styles): Display {
  const { element, medium: { kind } } = found;
  const style = styles.of(element);
  if (style.visibility !== 'visible' || style.display === 'none' || styles.opacityOf(element) < GONE)
    return 'covered';
  if (kind === 'audio')
    return 'whole';
  // `content-visibility` shows the background of what is around it in its place.
  if (!isDisplayed(element))
    return 'covered';
  const layer = kind === 'background' ? layerOf(style, found.medium.url, found.medium.natural, element) : null;
  // `content` shows another picture in its place, of which the element itself knows nothing.
  if (layer?.isCovered || nameOf(element) === 'img' && !/^(normal|none|)$/.test(style.content))
    return 'covered';
  const fit = layer?.fit ?? fitOfElement(found, style);
  if (layer === null && isMostlyGround(style, fit))
    return 'covered';
  const shown = shownShareOf(element, style, fit, styles);
  if (shown === 0)
    return 'covered';
  if (isAltered(element, fit, layer, styles))
    return 'altered';
  return shown < 1 - CROPPED || isShaped(element, styles) ? 'cropped' : 'whole';
}

/** Whether its own background, another picture, is seen beside it. */
function isMostlyGround({ backgroundImage }: CSSStyleDeclaration, { part }: Fit): boolean {
  return backgroundImage !== 'none' && (part.right - part.left) * (part.bottom - part.top) < 1 - GROUND;
}

/** How the content box of an image or film holds it. */
function fitOfElement({ element, medium }: Found, style: CSSStyleDeclaration): Fit {
  if (medium.kind === 'svg-image') {
    const aspect = attributeOf(element, 'preserveAspectRatio');
    return { shown: /slice/.test(aspect) && !hasProportionsOf(element, medium.natural) ? 0.5 : 1, stretch: stretchOf(element as SVGImageElement, /none/.test(aspect) ? medium.natural : null), scale: 0, part: { left: 0, top: 0, right: 1, bottom: 1 } };
  }
  const { naturalWidth = 0, naturalHeight = 0 } = element as Partial<HTMLImageElement>;
  const { videoWidth = 0, videoHeight = 0 } = element as Partial<HTMLVideoElement>;
  const live: Size = medium.kind === 'video' ? { width: videoWidth, height: videoHeight } : { width: naturalWidth, height: naturalHeight };
  const natural = live.width > 0 && live.height > 0 ? live : medium.natural;
  const across = pixelsOf(style.paddingLeft) + pixelsOf(style.paddingRight), down = pixelsOf(style.paddingTop) + pixelsOf(style.paddingBottom);
  const { width, height } = outerSizeOf(element, style);
  const box = { width: Math.max(0, width - across), height: Math.max(0, height - down) };
  // A box that is all padding shows its background and nothing of the picture.
  if (box.width < 1 || box.height < 1)
    return { shown: 0, stretch: 1, scale: 0, part: { left: 0, top: 0, right: 0, bottom: 0 } };
  const fit = fitOf(style, natural, box);
  // Shares of the content box become shares of the border box.
  const left = (pixelsOf(style.borderLeftWidth) + pixelsOf(style.paddingLeft)) / (width + bordersOf(style, 'x')), top = (pixelsOf(style.borderTopWidth) + pixelsOf(style.paddingTop)) / (height + bordersOf(style, 'y'));
  const x = box.width / (width + bordersOf(style, 'x')), y = box.height / (height + bordersOf(style, 'y'));
  return { ...fit, part: { left: left + fit.part.left * x, top: top + fit.part.top * y, right: left + fit.part.right * x, bottom: top + fit.part.bottom * y } };
}

/** How much wider than high a picture of a drawing becomes: by the drawing's own measures, and by its own where it fills its box whatever that is. */
function stretchOf(element: SVGImageElement, filling: Size | null): number {
  const { a = 1, b = 0, c = 0, d = 1 } = element.getScreenCTM() ?? {};
  const drawing = Math.hypot(a, b) / Math.hypot(c, d) || 1;
  const { width, height } = { width: element.width.baseVal.value, height: element.height.baseVal.value };
  return filling === null || width === 0 || height === 0 ? drawing : drawing * (width / filling.width) / (height / filling.height);
}

/** The padding box before transforms. */
function outerSizeOf(element: Element, style: CSSStyleDeclaration): Size {
  const { offsetWidth = 0, offsetHeight = 0 } = element as Partial<HTMLElement>;
  return { width: offsetWidth - bordersOf(style, 'x'), height: offsetHeight - bordersOf(style, 'y') };
}

function bordersOf(style: CSSStyleDeclaration, axis: 'x' | 'y'): number {
  return axis === 'x' ? pixelsOf(style.borderLeftWidth) + pixelsOf(style.borderRightWidth) : pixelsOf(style.borderTopWidth) + pixelsOf(style.borderBottomWidth);
}

function hasProportionsOf(element: Element, natural: Size | null): boolean {
  const { width, height } = boxOf(element);
  return natural !== null && Math.abs(width * natural.height / (height * natural.width) - 1) < CROPPED;
}

/** How much of the picture is left by its own box, and by all that cut it. */
function shownShareOf(element: Element, style: CSSStyleDeclaration, fit: Fit, styles: Styles): number {
  const box = boxOf(element);
  const part: Rect = {
    left: box.left + fit.part.left * box.width, top: box.top + fit.part.top * box.height,
    right: box.left + fit.part.right * box.width, bottom: box.top + fit.part.bottom * box.height,
  };
  const whole = areaOf(part);
  if (whole === 0)
    return 0;
  const { clips } = clipsOf(element, styles);
  const left = clips.reduce((rect, clip) => meet(rect, openOf(clip)), part);
  // What was scrolled or slid out of a clip as a whole is not being shown as something else.
  const share = areaOf(left) / whole;
  const corners = Math.max(cornersOf(style, box, left), ...clips.map(clip => cornersOf(styles.of(clip.element), clip.rect, left)));
  return (share === 0 ? 1 : share) * fit.shown * (corners > ROUNDED ? 1 - corners : 1) * insetOf(element, style);
}

/** What can be scrolled into sight is not cut off. */
function openOf({ rect, scrollsX, scrollsY }: Clip): Rect {
  return {
    left: scrollsX ? -Infinity : rect.left, right: scrollsX ? Infinity : rect.right,
    top: scrollsY ? -Infinity : rect.top, bottom: scrollsY ? Infinity : rect.bottom,
  };
}

/** Share of `part` that the rounded corners of a box cut off; none where the box is much larger. */
function cornersOf(style: CSSStyleDeclaration, box: Rect, part: Rect): number {
  const width = box.right - box.left, height = box.bottom - box.top;
  const radii = [style.borderTopLeftRadius, style.borderTopRightRadius, style.borderBottomRightRadius, style.borderBottomLeftRadius];
  if (radii.every(radius => radius === '0px') || areaOf(part) < areaOf(box) * 0.8)
    return 0;
  const cut = radii.map(radius => {
    const [x = '0', y = x] = radius.split(' ');
    return Math.min(lengthOf(x, width), width / 2) * Math.min(lengthOf(y, height), height / 2);
  });
  return (1 - Math.PI / 4) * cut.reduce((sum, area) => sum + area, 0) / areaOf(part);
}

function lengthOf(value: string, whole: number): number {
  return value.endsWith('%') ? pixelsOf(value) / 100 * whole : pixelsOf(value);
}

/** What `object-view-box` and a `clip-path` of the form `inset()` leave of an element. */
function insetOf(element: Element, style: CSSStyleDeclaration): number {
  const { width, height } = boxOf(element);
  return [style.clipPath, (style as { readonly objectViewBox?: string }).objectViewBox ?? 'none'].reduce((share, shape) => {
    const inset = /^inset\(([^()]*?)(?: round .*)?\)$/.exec(shape ?? '')?.[1];
    if (inset === undefined)
      return share;
    const [top = '0', right = top, bottom = top, left = right] = inset.trim().split(/\s+/);
    return share * Math.max(0, 1 - (lengthOf(top, height) + lengthOf(bottom, height)) / height) * Math.max(0, 1 - (lengthOf(left, width) + lengthOf(right, width)) / width);
  }, 1);
}

/** Whether it, or something around it, is cut to a shape. */
function isShaped(element: Element, styles: Styles): boolean {
  for (let outer: Element | null = element; outer !== null; outer = parentOf(outer)) {
    const style = styles.of(outer);
    if (isShape(style.clipPath, outer === element) || (style.maskImage ?? 'none') !== 'none' || !/^(none|)$/.test(style.webkitMaskBoxImageSource ?? '') || style.clip !== 'auto' && style.clip !== '' && /absolute|fixed/.test(style.position) || SVG_CUTS.has(nameOf(outer)))
      return true;
  }
  return isShape((styles.of(element) as { readonly objectViewBox?: string }).objectViewBox ?? 'none', true);
}

/** An `inset()` of the element itself is measured; of what is around it, any shape cuts it. */
function isShape(value: string | undefined, isOwn: boolean): boolean {
  return value !== undefined && value !== 'none' && value !== '' && !(isOwn && value.startsWith('inset(')) && !/^inset\(0(px|%)?\)$/.test(value);
}

/** Elements of SVG whose content is drawn elsewhere, in parts or many times. */
const SVG_CUTS: ReadonlySet<string> = new Set(['pattern', 'mask', 'clipPath', 'marker', 'symbol']);

/** Whether it looks like another picture: mirrored, turned, stretched, enlarged, faint, blended or filtered, by itself or by what is around it. */
function isAltered(element: Element, fit: Fit, layer: Layer | null, styles: Styles): boolean {
  if (layer?.isAltered || fit.scale * growthOf(element) > ENLARGED || styles.opacityOf(element) < FAINT || styles.of(element).imageOrientation === 'none')
    return true;
  let matrix = new DOMMatrix();
  for (let outer: Element | null = element; outer !== null; outer = parentOf(outer)) {
    const style = styles.of(outer);
    if (isFiltered(style.filter) || style.mixBlendMode !== 'normal' || isTurnedByPath(style) || !/^(none|)$/.test(style.getPropertyValue('-webkit-box-reflect')))
      return true;
    const own = transformOf(style);
    if (own !== null)
      matrix = own.multiply(matrix);
    if (outer === rootElementOf())
      break;
  }
  return isDistorted(matrix, fit.stretch);
}

/** How much larger than laid out it is shown, by transforms and by zoom. */
function growthOf(element: Element): number {
  const { offsetWidth = 0, offsetHeight = 0 } = element as Partial<HTMLElement>;
  const { width, height } = boxOf(element);
  return offsetWidth > 0 && offsetHeight > 0 ? Math.max(width / offsetWidth, height / offsetHeight) : 1;
}

function isTurnedByPath({ offsetPath, offsetRotate }: CSSStyleDeclaration): boolean {
  return (offsetPath ?? 'none') !== 'none' && offsetPath !== '' && offsetRotate !== '0deg';
}

/** Only its linear part; where it moves to does not matter. */
function transformOf({ transform, rotate, scale, offsetPath }: CSSStyleDeclaration): DOMMatrix | null {
  if (transform === 'none' && (rotate ?? 'none') === 'none' && (scale ?? 'none') === 'none' && (offsetPath ?? 'none') === 'none')
    return null;
  let matrix = new DOMMatrix();
  if (rotate !== undefined && rotate !== 'none') {
    const numbers = rotate.match(/-?[\d.]+(?:e-?\d+)?/g)?.map(Number) ?? [];
    const angle = numbers.at(-1) ?? 0;
    const [x = 0, y = 0, z = 1] = rotate.startsWith('x') ? [1, 0, 0] : rotate.startsWith('y') ? [0, 1, 0] : numbers.length === 4 ? numbers : [0, 0, 1];
    matrix = matrix.rotateAxisAngle(x, y, z, angle);
  }
  if (scale !== undefined && scale !== 'none') {
    const [x = 1, y = x] = scale.split(' ').map(Number);
    matrix = matrix.scale(x, y);
  }
  return transform === 'none' || transform === '' ? matrix : matrix.multiply(new DOMMatrix(transform));
}

function isDistorted({ m11, m12, m21, m22 }: DOMMatrix, stretch: number): boolean {
  const x = Math.hypot(m11, m12), y = Math.hypot(m21, m22);
  if (m11 * m22 - m12 * m21 <= 0)
    return true;
  const most = Math.sin(TURNED * Math.PI / 180);
  const proportion = x / y * stretch;
  return Math.abs(m12) / x > most || m11 < 0 || Math.abs(m11 * m21 + m12 * m22) / (x * y) > most || proportion > STRETCHED || proportion < 1 / STRETCHED;
}
