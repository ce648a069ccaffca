// Changes that a page makes to a medium with a label, each within one turn of an animation frame. The label falls off in that frame.
import { ofCorpus, pictures } from '../harness/media.mjs';

const image = '<img id="m" src="good.jpg" width="400" height="260">';
const element = 'const m = document.querySelector("#m");';
const film = 'c2pa-rs-bench/100kb-signed.mp4';
const films = (room) => {
  room.put('film.mp4', ofCorpus(film));
  room.put('other.mp4', ofCorpus('encypher/signed_test.mp4'));
};

/**
 * Each: `body`, and `change` as the page's own script. `then` is what the engine says of what is shown afterwards, by the end of its address;
 * `display`, how the page shows it; neither: only that the label goes. `ready` says whether what comes over it has been loaded, which takes a while.
 */
export const swaps = [
  // Another file.
  { name: 'src', body: () => image, change: `${element} m.src = "changed.jpg";`, then: ['changed.jpg', 'broken'] },
  { name: 'src_that_is_loaded_already', body: () => `${image}<img src="none.jpg" width="400" height="260">`, change: `${element} m.src = "none.jpg";`, then: ['none.jpg', 'none'] },
  { name: 'src_to_nothing', body: () => image, change: `${element} m.removeAttribute("src");` },
  { name: 'srcset', body: () => image, change: `${element} m.srcset = "changed.jpg 1x";`, then: ['changed.jpg', 'broken'] },
  { name: 'sizes', body: () => '<img id="m" srcset="good.jpg 400w, changed.jpg 4000w" sizes="300px" width="400" height="260">', change: `${element} m.sizes = "3000px";`, then: ['changed.jpg', 'broken'] },
  { name: 'the_source_of_a_picture', body: () => '<picture><source id="s" srcset="good.jpg"><img id="m" src="none.jpg" width="400" height="260"></picture>', change: 'document.querySelector("#s").srcset = "changed.jpg";', then: ['changed.jpg', 'broken'] },
  { name: 'a_source_put_into_a_picture', body: () => '<picture id="p"><img id="m" src="good.jpg" width="400" height="260"></picture>', change: 'const s = document.createElement("source"); s.srcset = "changed.jpg"; document.querySelector("#p").prepend(s);', then: ['changed.jpg', 'broken'] },
  { name: 'a_source_taken_out_of_a_picture', body: () => '<picture><source id="s" srcset="good.jpg"><img id="m" src="changed.jpg" width="400" height="260"></picture>', change: 'document.querySelector("#s").remove();', then: ['changed.jpg', 'broken'] },
  { name: 'poster', body: () => '<video id="m" poster="good.jpg" width="400" height="260"></video>', change: `${element} m.poster = "changed.jpg";`, then: ['changed.jpg', 'broken'] },
  { name: 'a_background_by_style_attribute', body: () => '<div id="m" style="background: url(good.jpg); width: 400px; height: 260px"></div>', change: `${element} m.style.backgroundImage = "url(changed.jpg)";`, then: ['changed.jpg', 'broken'] },
  { name: 'a_background_by_class', body: () => '<style>div { width: 400px; height: 260px } .a { background: url(good.jpg) } .b { background: url(changed.jpg) }</style><div id="m" class="a"></div>', change: `${element} m.className = "b";`, then: ['changed.jpg', 'broken'] },
  { name: 'a_background_by_class_of_an_ancestor', body: () => '<style>div { width: 400px; height: 260px } .a div { background: url(good.jpg) } .b div { background: url(changed.jpg) }</style><section class="a"><div id="m"></div></section>', change: 'document.querySelector("section").className = "b";', then: ['changed.jpg', 'broken'] },
  { name: 'the_source_of_a_video', needs: film, body: (room) => (films(room), '<video id="m" src="film.mp4" width="400" height="300" muted></video>'), change: `${element} m.src = "other.mp4";` },
  { name: 'the_href_of_an_image_of_svg', body: () => '<svg width="400" height="260"><image id="m" href="good.jpg" width="400" height="260"/></svg>', change: `${element} m.setAttribute("href", "changed.jpg");`, then: ['changed.jpg', 'broken'] },
  { name: 'the_element_replaced', body: () => image, change: `${element} const n = new Image(400, 260); n.id = "m"; n.src = "none.jpg"; m.replaceWith(n);`, then: ['none.jpg', 'none'] },
  { name: 'the_element_taken_away', body: () => image, change: `${element} m.remove();` },
  { name: 'all_of_the_body_written_anew', body: () => image, change: 'document.body.innerHTML = "<img id=m src=none.jpg width=400 height=260>";', then: ['none.jpg', 'none'] },
  // Another place: the label is where the picture is, or nowhere.
  { name: 'the_element_moved_in_the_tree', body: () => `${image}<div id="d" style="margin-top: 300px"></div>`, change: `${element} document.querySelector("#d").append(m);`, moves: true },
  { name: 'the_element_moved_by_style', body: () => image, change: `${element} m.style.marginTop = "300px";`, moves: true },
  { name: 'the_element_moved_by_transform', body: () => image, change: `${element} m.style.transform = "translate(300px, 200px)";`, moves: true },
  { name: 'the_element_moved_by_what_comes_before_it', body: () => `<div id="d"></div>${image}`, change: 'document.querySelector("#d").style.height = "300px";', moves: true },
  { name: 'the_element_hidden', body: () => image, change: `${element} m.style.visibility = "hidden";` },
  { name: 'the_element_made_transparent', body: () => image, change: `${element} m.style.opacity = "0";` },
  { name: 'the_element_not_displayed', body: () => image, change: `${element} m.style.display = "none";` },
  // A part of it only, or altered.
  { name: 'object-fit', body: () => image, change: `${element} m.style.cssText = "object-fit: cover; height: 100px";`, display: 'cropped' },
  { name: 'object-position', body: () => image, change: `${element} m.style.cssText = "object-fit: none; object-position: -200px 0";`, display: 'cropped' },
  { name: 'object-view-box', only: 'chromium', body: () => image, change: `${element} m.style.objectViewBox = "inset(0 50% 0 0)";`, display: 'cropped' },
  { name: 'clip-path', body: () => image, change: `${element} m.style.clipPath = "inset(0 50% 0 0)";`, display: 'cropped' },
  { name: 'the_edge_of_its_drawing', body: () => '<svg width="400" height="260"><image id="m" href="good.jpg" width="400" height="260"/></svg>', change: 'document.querySelector("svg").setAttribute("width", 200);', display: 'cropped' },
  { name: 'clip-path_of_an_ancestor', body: () => `<div id="d">${image}</div>`, change: 'document.querySelector("#d").style.clipPath = "inset(0 70% 0 0)";', display: 'cropped' },
  { name: 'overflow_of_an_ancestor', body: () => `<div id="d" style="width: 400px; height: 260px">${image.replace('>', ' style="margin: 0">')}</div>`, change: 'document.querySelector("#d").style.cssText = "width: 200px; height: 260px; overflow: hidden";', display: 'cropped' },
  // No event tells of the rule; it is noticed with whatever happens next.
  { name: 'a_rule_put_into_a_style_sheet_and_a_word_somewhere', body: () => image, change: 'document.styleSheets[0].insertRule("#m { clip-path: inset(0 50% 0 0) }"); document.body.append("word");', display: 'cropped' },
  { name: 'mirrored', body: () => image, change: `${element} m.style.transform = "scaleX(-1)";`, display: 'altered' },
  { name: 'a_filter', body: () => image, change: `${element} m.style.filter = "invert(1)";`, display: 'altered' },
  { name: 'blended', body: () => image, change: `${element} m.style.mixBlendMode = "difference";`, display: 'altered' },
  // Something over it.
  {
    name: 'an_overlay_over_half_of_it', body: () => `<div style="position: relative; width: 400px" id="d">${image.replace('>', ' style="margin: 0">')}</div>`, display: 'covered',
    change: 'const o = document.createElement("div"); o.style.cssText = "position: absolute; left: 0; top: 0; width: 200px; height: 260px; background: red"; document.querySelector("#d").append(o);',
  },
  {
    name: 'another_picture_over_it', ready: 'globalThis.isThere === true', body: () => `<img src="none.jpg" width="100" height="65"><div style="position: relative; width: 400px" id="d">${image.replace('>', ' style="margin: 0">')}</div>`, display: 'covered',
    change: 'const o = new Image(400, 260); o.onload = () => { globalThis.isThere = true; }; o.src = "none.jpg"; o.style.cssText = "position: absolute; left: 0; top: 0; margin: 0"; document.querySelector("#d").append(o);',
  },
  {
    name: 'another_picture_that_comes_over_it', body: () => `<div style="position: relative; width: 400px" id="d">${image.replace('>', ' style="margin: 0">')}<img id="o" width="400" height="260" style="position: absolute; left: 0; top: 0; margin: 0"></div>`, display: 'covered', ready: 'globalThis.isThere === true',
    change: 'const o = document.querySelector("#o"); o.onload = () => { globalThis.isThere = true; }; o.src = "plain.png";',
  },
  {
    name: 'an_overlay_that_was_transparent', display: 'covered', change: 'document.querySelector("#o").style.background = "red";',
    body: () => `<div style="position: relative; width: 400px">${image.replace('>', ' style="margin: 0">')}<div id="o" style="position: absolute; inset: 0"></div></div>`,
  },
];

/** What the browser itself chooses to show, by the width of its frame: the file that is shown counts from when it is. */
const ofFrame = (name, inner, ready) => ({
  name, inner: `<!doctype html><body style="margin: 0">${inner}`, body: () => '<iframe id="f" src="inner.html" width="400" height="700" style="border: 0"></iframe>',
  change: 'document.querySelector("#f").width = 900;', ready, then: ['changed.jpg', 'broken'],
});

swaps.push(
  ofFrame('currentSrc_by_the_width_of_its_frame', '<img id="m" srcset="good.jpg 400w, changed.jpg 900w" sizes="100vw" style="width: 100vw">', 'document.querySelector("#m").currentSrc.endsWith("changed.jpg")'),
  ofFrame('a_source_by_the_width_of_its_frame', '<picture><source media="(min-width: 700px)" srcset="changed.jpg"><img id="m" src="good.jpg" style="width: 100vw"></picture>', 'document.querySelector("#m").currentSrc.endsWith("changed.jpg")'),
  ofFrame(
    'a_background_by_the_width_of_its_frame', '<style>div { width: 100vw; height: 65vw; background: url(good.jpg) 0 0 / cover } @media (min-width: 700px) { div { background-image: url(changed.jpg) } }</style><div id="m"></div>',
    'getComputedStyle(document.querySelector("#m")).backgroundImage.includes("changed.jpg")',
  ),
);
