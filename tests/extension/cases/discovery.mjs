// Pages with a medium of every kind in every place, and what is found there: for Chromium and for Firefox.
import { base64, ofCorpus, pictures } from '../harness/media.mjs';

/**
 * @typedef {{ kind: string, file: string, label?: string, sameness?: string | string[], phase?: string, obstacle?: string, on?: string, frame?: boolean }} Expected
 * A medium: `on` is where its label stands, in the page or in one of its frames; without it there is none.
 */

const good = (more = {}) => ({ kind: 'image', file: 'good.jpg', label: 'intact-known', sameness: 'same-pixels', on: '#m', ...more });
const cors = { headers: { 'Access-Control-Allow-Origin': '*' } };

/** A frame's document with one good picture. */
const inner = '<!doctype html><body style="margin:20px"><img id="m" src="good.jpg">';

/** Each: the page's body by the room, and the media that the engine tells of. */
export const discovery = [
  { name: 'an_image', body: () => '<img id="m" src="good.jpg">', media: [good()] },
  { name: 'an_image_that_does_not_match_its_credential', body: () => '<img id="m" src="changed.jpg">', media: [good({ file: 'changed.jpg', label: 'broken' })] },
  { name: 'an_image_without_credentials_has_no_label', body: () => '<img id="m" src="none.jpg">', media: [{ kind: 'image', file: 'none.jpg', label: 'none' }] },
  { name: 'the_candidate_of_srcset_that_was_chosen', body: () => '<img id="m" src="none.jpg" srcset="good.jpg 1x, changed.jpg 3x">', media: [good()] },
  { name: 'the_candidate_of_srcset_by_width', body: () => '<img id="m" srcset="good.jpg 400w, changed.jpg 4000w" sizes="300px">', media: [good()] },
  { name: 'the_source_of_a_picture', body: () => '<picture><source srcset="good.jpg" media="(min-width: 1px)"><img id="m" src="none.jpg"></picture>', media: [good()] },
  { name: 'a_data_address', body: () => `<img id="m" src="data:image/jpeg;base64,${base64(pictures['good.jpg'])}">`, media: [good({ file: null, sameness: 'own-bytes' })] },
  {
    name: 'a_blob', media: [good({ file: null, sameness: 'own-bytes' })],
    body: () => '<img id="m"><script>fetch("good.jpg").then(r => r.blob()).then(b => { document.querySelector("#m").src = URL.createObjectURL(b); });</script>',
  },
  {
    name: 'a_background_of_a_class', media: [good({ kind: 'background', sameness: ['same-pixels', 'fresh'] })],
    body: () => '<style>.b { background: url(good.jpg) no-repeat; width: 400px; height: 260px }</style><div id="m" class="b"></div>',
  },
  { name: 'a_background_of_a_style_attribute', body: () => '<div id="m" style="background-image: url(good.jpg); background-repeat: no-repeat; width: 400px; height: 260px"></div>', media: [good({ kind: 'background', sameness: ['same-pixels', 'fresh'] })] },
  { name: 'an_image_of_svg', body: () => '<svg width="400" height="260"><image id="m" href="good.jpg" width="400" height="260"/></svg>', media: [good({ kind: 'svg-image', sameness: ['same-pixels', 'fresh'] })] },
  { name: 'the_poster_of_a_video', body: () => '<video id="m" poster="good.jpg" width="400" height="260"></video>', media: [good({ kind: 'poster', sameness: ['same-pixels', 'fresh'] })] },
  {
    name: 'a_video', needs: 'c2pa-rs-bench/100kb-signed.mp4', media: [{ kind: 'video', file: 'film.mp4', on: '#m', sameness: 'fresh' }],
    body: (room) => (room.put('film.mp4', ofCorpus('c2pa-rs-bench/100kb-signed.mp4')), '<video id="m" src="film.mp4" width="400" height="300" muted></video>'),
  },
  {
    name: 'a_source_of_a_video', needs: 'c2pa-rs-bench/100kb-signed.mp4', media: [{ kind: 'video', file: 'film.mp4', on: '#m', sameness: 'fresh' }],
    body: (room) => (room.put('film.mp4', ofCorpus('c2pa-rs-bench/100kb-signed.mp4')), '<video id="m" width="400" height="300" muted><source src="film.mp4" type="video/mp4"></video>'),
  },
  {
    name: 'an_audio', needs: 'c2pa-rs-bench/100kb-signed.mp3', media: [{ kind: 'audio', file: 'sound.mp3', on: '#m', sameness: 'fresh' }],
    body: (room) => (room.put('sound.mp3', ofCorpus('c2pa-rs-bench/100kb-signed.mp3')), '<audio id="m" src="sound.mp3" controls style="display:block;width:400px;height:80px"></audio>'),
  },
  { name: 'an_image_in_an_open_shadow_root', body: () => '<div id="h"></div><script>document.querySelector("#h").attachShadow({ mode: "open" }).innerHTML = "<img id=m src=good.jpg>";</script>', media: [good({ on: '#h >>> #m' })] },
  { name: 'an_image_in_a_declared_shadow_root', body: () => '<div id="h"><template shadowrootmode="open"><img id="m" src="good.jpg"></template></div>', media: [good({ on: '#h >>> #m' })] },
  { name: 'an_image_in_a_closed_shadow_root', body: () => '<div id="h" data-page style="width:400px;height:260px"></div><script>document.querySelector("#h").attachShadow({ mode: "closed" }).innerHTML = "<img src=good.jpg style=display:block>";</script>', media: [good({ on: '#h' })] },
  { name: 'an_image_put_in_later', body: () => '<script>setTimeout(() => { const image = new Image(); image.id = "m"; image.src = "good.jpg"; document.body.append(image); }, 500);</script>', media: [good()] },
  { name: 'a_lazy_image_comes_with_the_scroll', body: () => '<div style="height:9000px"></div><img id="m" src="good.jpg" loading="lazy" width="400" height="260"><div style="height:900px"></div>', scroll: '#m', media: [good()] },
  { name: 'a_small_image_waits_for_the_reader', body: () => '<img id="m" src="good.jpg" width="60" height="39">', media: [{ kind: 'image', file: 'good.jpg', phase: 'unasked' }], isSmall: true },
  { name: 'an_image_of_another_origin', body: (room) => `<img id="m" src="${room.url('good.jpg', 'cdn.example')}">`, media: [good({ sameness: 'fresh' })] },
  {
    name: 'an_image_that_its_page_may_read', media: [good()],
    body: (room) => (room.put('shared.jpg', pictures['good.jpg'], cors), `<img id="m" crossorigin src="${room.url('shared.jpg', 'cdn.example')}">`), file: 'shared.jpg',
  },
  { name: 'a_frame_of_the_same_origin', body: (room) => (room.put('inner.html', inner), '<iframe src="inner.html" width="500" height="400"></iframe>'), media: [good({ frame: true })] },
  { name: 'a_frame_of_another_origin', body: (room) => (room.put('inner.html', inner), `<iframe src="${room.url('inner.html', 'other.example')}" width="500" height="400"></iframe>`), media: [good({ frame: true })] },
  { name: 'a_frame_of_srcdoc', body: () => `<iframe srcdoc='${inner}' width="500" height="400"></iframe>`, media: [good({ frame: true })] },
  { name: 'a_sandboxed_frame', body: (room) => (room.put('inner.html', inner), '<iframe sandbox src="inner.html" width="500" height="400"></iframe>'), media: [good({ frame: true, sameness: 'fresh' })] },
  { name: 'a_frame_that_was_written', body: () => `<iframe width="500" height="400"></iframe><script>{ const d = document.querySelector("iframe").contentDocument; d.open(); d.write(${JSON.stringify(inner)}); d.close(); }</script>`, media: [good({ frame: true })] },
  { name: 'a_page_with_the_strictest_policy', headers: { 'Content-Security-Policy': "default-src 'none'; img-src 'self'" }, body: () => '<img id="m" src="good.jpg">', media: [good({ sameness: ['same-pixels', 'fresh'] })] },
  { name: 'a_page_that_demands_trusted_types', headers: { 'Content-Security-Policy': "require-trusted-types-for 'script'; trusted-types 'none'" }, body: () => '<img id="m" src="good.jpg">', media: [good()] },
  { name: 'a_page_in_a_sandbox', headers: { 'Content-Security-Policy': 'sandbox' }, body: () => '<img id="m" src="good.jpg">', media: [good({ sameness: 'fresh' })] },
];
