import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isAbsent, launch } from '../browser/browsers.mjs';
import { bundle, recordFilm, serveSite } from './finder-site.mjs';

const skip = isAbsent('chromium');

let site, browser, script;
const pages = new Map();
before(async () => {
  if (skip) return;
  [site, script, browser] = await Promise.all([serveSite(), bundle(), launch.chromium().then((launched) => launched.browser)]);
  site.pages.set('/blank.html', '<!doctype html>');
  const page = await browser.newPage();
  await page.goto(`${site.origin}/blank.html`);
  site.film = Buffer.from(await page.evaluate(recordFilm));
  await page.close();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const style = '<!doctype html><meta charset="utf-8"><style>body { margin: 0 } img, video, audio, svg, input, div { display: block } .box { width: 100px; height: 80px }</style>';

/** A page with the finder in it: from the start, or `isLate`, once the page is there. */
async function open(html, { isLate = false, size = { width: 800, height: 600 }, density = 1 } = {}) {
  const kind = `${isLate} ${density}`;
  const page = pages.get(kind) ?? await make(isLate, density);
  pages.set(kind, page);
  page.faults.length = 0;
  await page.setViewportSize(size);
  site.pages.set('/page.html', `${style}${html}`);
  await page.goto(`${site.origin}/page.html`);
  if (isLate) await page.evaluate('startFinder()');
  return page;
}

async function make(isLate, density) {
  const page = Object.assign(await browser.newPage({ deviceScaleFactor: density }), { faults: [] });
  page.on('pageerror', (fault) => page.faults.push(fault.stack));
  await page.addInitScript(isLate ? script : `${script}; startFinder();`);
  return page;
}

/** Kinds and addresses of what is held now, in order of address, once `count` are; or after a while. */
async function media(page, count) {
  await page.waitForFunction((count) => globalThis.finder.media.size === count, count, { timeout: 5000 }).catch(() => {});
  // What should not be there has had its time, too.
  await page.waitForTimeout(150);
  assert.deepEqual(page.faults, []);
  const found = await page.evaluate(() => [...globalThis.finder.media.values()].map(({ medium }) => `${medium.kind} ${medium.url.replace(location.origin, '').replace(/^(blob:).+/, '$1')}`));
  return found.toSorted();
}

const mediumOf = (page, end) => page.evaluate((end) => [...globalThis.finder.media.values()].find(({ medium }) => medium.url.endsWith(end))?.medium, end);

/** Every row of what is found, and what is not: HTML, and what is held then. */
const discovery = [
  ['an img', '<img src="/a.png">', ['image /a.png']],
  ['no broken img, and none without an address', '<img src="/broken.png"><img src="/none"><img>', []],
  ['the candidate of srcset that the browser chose', '<img srcset="/a.png 1x, /b.png?w=200 2x" src="/c.png">', ['image /a.png']],
  ['the candidate for the width that sizes tells', '<img srcset="/a.png?w=100 100w, /b.png?w=400 400w" sizes="300px">', ['image /b.png?w=400']],
  ['the source of picture that applies', '<picture><source media="(min-width: 5000px)" srcset="/a.png"><source media="(min-width: 10px)" srcset="/b.png"><img src="/c.png"></picture>', ['image /b.png']],
  ['the img of picture where no source applies', '<picture><source media="(min-width: 5000px)" srcset="/a.png"><img src="/c.png"></picture>', ['image /c.png']],
  ['input type=image', '<input type="image" src="/a.png">', ['image /a.png']],
  ['no input of another type', '<input type="text" src="/a.png">', []],
  ['svg image by href and by xlink:href', '<svg><image width="80" height="80" href="/a.png"/><image width="80" height="80" xlink:href="b.png"/></svg>', ['svg-image /a.png', 'svg-image /b.png']],
  ['no svg image without an address, or to a place in the page', '<svg><image width="80" height="80"/><image width="80" height="80" href="about:blank"/></svg>', []],
  ['a video by src', '<video src="/a.webm"></video>', ['video /a.webm']],
  ['a video by source', '<video><source src="/a.xyz" type="video/never"><source src="/b.webm"></video>', ['video /b.webm']],
  ['a video that waits to be played', '<video preload="none" src="/a.webm"></video>', ['video /a.webm']],
  ['no video that cannot be loaded', '<video src="/broken.png"></video><video></video>', []],
  ['a poster, as a medium of its own', '<video poster="/a.png" preload="none" src="/a.webm"></video>', ['poster /a.png', 'video /a.webm']],
  ['no poster of a video that is not displayed', '<video poster="/a.png" style="display: none"></video>', []],
  ['an audio, with controls and without', '<audio controls src="/a.wav"></audio><audio src="/b.wav"></audio>', ['audio /a.wav', 'audio /b.wav']],
  ['a background of an element', '<div class="box" style="background: url(/a.png)"></div>', ['background /a.png']],
  ['no gradient, and no background where nothing is displayed', '<div class="box" style="background: linear-gradient(red, blue)"></div><div class="box" style="background: url(/a.png); display: none"></div>', []],
  ['the layers of a background', '<div class="box" style="background-image: url(/a.png), linear-gradient(red, blue), url(\'/b,).png\')"></div>', ['background /a.png', 'background /b,).png']],
  ['the picture of an image set for this density', '<div class="box" style="background-image: image-set(url(/b.png) 2x, url(/c.png) 1x type(\'image/never\'), \'/a.png\' 1x)"></div>', ['background /a.png']],
  ['a background before and behind', '<style>.b::before { content: ""; background: url(/a.png) } .b::after { content: "x"; background: url(/b.png) }</style><div class="box b"></div>', ['background /a.png', 'background /b.png']],
  ['no background of a pseudo-element that has no content', '<style>.b::before { background: url(/a.png) }</style><div class="box b"></div>', []],
  ['a picture that style sheets draw in place of an img, and not the img', '<style>img { content: url(/b.png) }</style><img class="box" src="/a.png">', ['background /b.png']],
  ['a background of the page itself', '<style>body { background: url(/a.png) }</style>', ['background /a.png']],
  ['data: and blob:', '<img src="data:image/svg+xml,<svg xmlns=\'http://www.w3.org/2000/svg\' width=\'80\' height=\'80\'/>"><script>fetch("/a.png").then((answer) => answer.blob()).then((blob) => (document.body.append(Object.assign(new Image(), { src: URL.createObjectURL(blob) }))))</script>', ["image data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width", 'image blob:'].toSorted()],
  ['a stream without an address', '<video autoplay muted></video><script>const context = document.createElement("canvas").getContext("2d"); document.querySelector("video").srcObject = context.canvas.captureStream(10); setInterval(() => context.fillRect(0, 0, 9, 9), 50)</script>', ['video blob:']],
  ['no canvas', '<canvas width="100" height="80"></canvas>', []],
  ['what is in open shadow roots within each other', '<div id="a"></div><script>const root = document.querySelector("#a").attachShadow({ mode: "open" }); root.innerHTML = "<p>"; root.firstChild.attachShadow({ mode: "open" }).innerHTML = "<img src=/a.png>"</script>', ['image /a.png']],
  ['what is in a declarative shadow root', '<section><template shadowrootmode="open"><img src="/a.png?wait=300"></template></section>', ['image /a.png?wait=300']],
  ['what is added to a shadow root', '<div id="a"></div><script>const root = document.querySelector("#a").attachShadow({ mode: "open" }); setTimeout(() => (root.innerHTML = "<img src=/a.png?wait=100>"), 300)</script>', ['image /a.png?wait=100']],
  ['what stands in a form that names its own parts', '<form id="f" class="box" style="background: url(/a.png)"><input name="localName"><input name="querySelectorAll"><input name="getAttribute"><input name="parentNode"><input name="isConnected"><img src="/b.png" name="documentElement"><img src="/c.png" name="querySelectorAll"></form>', ['background /a.png', 'image /b.png', 'image /c.png']],
];

describe('what is found', { skip }, () => {
  for (const [name, html, expected] of discovery) {
    for (const isLate of [false, true]) {
      test(`${name}, ${isLate ? 'when the page was there before' : 'from the start'}`, async () => {
        const page = await open(html, { isLate });
        assert.deepEqual(await media(page, expected.length), expected);
      });
    }
  }
});
