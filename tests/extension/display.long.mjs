// How media are shown: whole, cropped, altered or covered, and that changes are told before they are painted.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { eventually } from '../browser/eventually.mjs';
import { labelCount, openingPages } from './part-pages.mjs';

const img = (style = '', more = '') => `<img id=m src=/light.png style="width:400px;height:300px;display:block;${style}" ${more}>`;
const over = (style, content = '') => `<div style="position:absolute;left:0;top:0;width:400px;height:300px;${style}">${content}</div>`;
const background = (style, content = '') => `<div id=m style="width:400px;height:300px;background:url(/light.png);${style}">${content}</div>`;
const svg = (content, style = '') => `<svg width=400 height=300 viewBox="0 0 400 300" style="display:block;${style}">${content}</svg>`;

/** Bodies with the medium `m`: what is still well, and what no longer is, each beside the other. */
const rules = {
  'object-fit': [
    ['cover of the same proportions', img('object-fit:cover'), 'whole'],
    ['cover of a square', img('object-fit:cover;width:300px'), 'cropped'],
    ['contain in a square', img('object-fit:contain;width:300px'), 'whole'],
    ['none in its size', img('object-fit:none'), 'whole'],
    ['none in half of it', img('object-fit:none;width:200px'), 'cropped'],
    ['cover that cuts 1 %', img('object-fit:cover;width:396px'), 'whole'],
    ['cover that cuts 3 %', img('object-fit:cover;width:388px'), 'cropped'],
  ],
  'object-position': [
    ['in the middle', img('object-fit:contain;object-position:50% 50%;width:600px'), 'whole'],
    ['at an edge', img('object-fit:contain;object-position:right top;width:600px'), 'whole'],
    ['beyond the edge', img('object-fit:contain;object-position:300px 0;width:600px'), 'cropped'],
    ['out of the box', img('object-position:500px 0'), 'covered'],
  ],
  'object-view-box': [
    ['none', img('object-view-box:none'), 'whole'],
    ['of everything', img('object-view-box:inset(0px)'), 'whole'],
    ['of a part', img('object-view-box:inset(10% 20% 10% 20%)'), 'cropped'],
  ],
  'clip-path': [
    ['inset of nothing', img('clip-path:inset(0)'), 'whole'],
    ['inset of a hair', img('clip-path:inset(1px)'), 'whole'],
    ['inset of a part', img('clip-path:inset(20px)'), 'cropped'],
    ['a circle', img('clip-path:circle(40%)'), 'cropped'],
    ['around it', `<div style="clip-path:circle(40%)">${img()}</div>`, 'cropped'],
    ['beside it', `<div style="clip-path:circle(40%)">x</div>${img()}`, 'whole'],
    ['the older property', img('position:absolute;clip:rect(0,200px,200px,0)'), 'cropped'],
  ],
  'mask': [
    ['none', img('mask:none'), 'whole'],
    ['a picture as the border of a mask', img('-webkit-mask-box-image:url(/dark.png) 30'), 'cropped'],
    ['a gradient', img('mask:linear-gradient(black,transparent)'), 'cropped'],
  ],
  'border-radius': [
    ['rounded corners', img('border-radius:16px'), 'whole'],
    ['a circle', img('border-radius:50%'), 'cropped'],
    ['rounded corners of its box', `<div style="width:400px;overflow:hidden;border-radius:20px">${img()}</div>`, 'whole'],
    ['a round box', `<div style="width:400px;overflow:hidden;border-radius:50%">${img()}</div>`, 'cropped'],
  ],
  'overflow': [
    ['hidden, and as large', `<div style="width:400px;height:300px;overflow:hidden">${img()}</div>`, 'whole'],
    ['hidden, and 1 % smaller', `<div style="width:397px;height:300px;overflow:hidden">${img()}</div>`, 'whole'],
    ['hidden, and 5 % smaller', `<div style="width:380px;height:300px;overflow:hidden">${img()}</div>`, 'cropped'],
    ['visible, and smaller', `<div style="width:380px;height:300px">${img()}</div>`, 'whole'],
    ['to be scrolled', `<div style="width:200px;height:320px;overflow:auto">${img()}</div>`, 'whole'],
    ['to be scrolled in the other direction only', `<div style="width:200px;height:150px;overflow:hidden auto">${img()}</div>`, 'cropped'],
    ['hidden, but not of its containing block', `<div style="width:200px;height:150px;overflow:hidden">${img('position:absolute')}</div>`, 'whole'],
    ['hidden, and of its containing block', `<div style="width:200px;height:150px;overflow:hidden;position:relative">${img('position:absolute')}</div>`, 'cropped'],
    ['clipped by paint containment', `<div style="width:200px;height:150px;contain:paint">${img()}</div>`, 'cropped'],
  ],
  'enlargement': [
    ['eight times', '<img id=m src=/tiny.png style="width:80px;height:80px">', 'whole'],
    ['nine times', '<img id=m src=/tiny.png style="width:90px;height:90px">', 'altered'],
    ['nine times, by its zoom', '<img id=m src=/tiny.png style="width:10px;height:10px;zoom:9">', 'altered'],
    ['nine times, by a transform around it', '<div style="transform:scale(9);transform-origin:0 0"><img id=m src=/tiny.png style="width:10px;height:10px"></div>', 'altered'],
    ['by a zoom around it', `<div style="zoom:1.5">${img()}</div>`, 'whole'],
    ['cut by a zoomed box', `<div style="zoom:1.5;overflow:hidden;width:300px">${img()}</div>`, 'cropped'],
  ],
  'proportions': [
    ['kept', img(''), 'whole'],
    ['stretched by a fifth', img('width:480px'), 'whole'],
    ['stretched by a third', img('width:540px'), 'altered'],
    ['stretched by a transform', img('transform:scaleX(1.4)'), 'altered'],
    ['enlarged by a transform', img('transform:scale(1.4)'), 'whole'],
  ],
  'transforms': [
    ['moved', img('transform:translate(20px,10px)'), 'whole'],
    ['mirrored', img('transform:scaleX(-1)'), 'altered'],
    ['mirrored by the property', img('scale:-1 1'), 'altered'],
    ['mirrored around it', `<div style="transform:scaleX(-1)">${img()}</div>`, 'altered'],
    ['mirrored twice', `<div style="transform:scaleX(-1)">${img('transform:scaleX(-1)')}</div>`, 'whole'],
    ['turned by 2 degrees', img('transform:rotate(2deg)'), 'whole'],
    ['turned by 5 degrees', img('transform:rotate(5deg)'), 'altered'],
    ['turned by the property', img('rotate:90deg'), 'altered'],
    ['turned by a path', img('offset-path:path(\'M 200 150 L 300 150\');offset-rotate:180deg'), 'altered'],
    ['moved by a path', img('offset-path:path(\'M 200 150 L 300 150\');offset-rotate:0deg'), 'whole'],
    ['turned to its back', img('rotate:y 180deg'), 'altered'],
    ['upside down', img('transform:rotate(180deg)'), 'altered'],
    ['slanted', img('transform:skewX(20deg)'), 'altered'],
  ],
  'filters': [
    ['a shadow', img('filter:drop-shadow(0 0 4px rgba(0,0,0,.5))'), 'whole'],
    ['a little darker', img('filter:brightness(.8)'), 'whole'],
    ['much darker', img('filter:brightness(.4)'), 'altered'],
    ['inverted', img('filter:invert(1)'), 'altered'],
    ['grey, around it', `<div style="filter:grayscale(1)">${img()}</div>`, 'altered'],
    ['blurred', img('filter:blur(8px)'), 'altered'],
  ],
  'blending': [
    ['normal', img('mix-blend-mode:normal'), 'whole'],
    ['multiplied', img('mix-blend-mode:multiply'), 'altered'],
    ['reflected upon itself', img('-webkit-box-reflect:above -300px'), 'altered'],
    ['difference, around it', `<div style="mix-blend-mode:difference">${img()}</div>`, 'altered'],
  ],
  'opacity': [
    ['nearly opaque', img('opacity:.7'), 'whole'],
    ['half', img('opacity:.5'), 'altered'],
    ['half of two', `<div style="opacity:.7">${img('opacity:.7')}</div>`, 'altered'],
    ['hardly there', img('opacity:.1'), 'covered'],
    ['hidden', img('visibility:hidden'), 'covered'],
  ],
  'another picture in its place': [
    ['padding and border', img('padding:10px;border:2px solid;box-sizing:border-box;width:424px;height:324px'), 'whole'],
    ['a box of padding with a background', img('width:0;height:0;padding:300px 0 0 400px;background:url(/dark.png)'), 'covered'],
    ['by `content`', img('content:url(/dark.png)'), 'covered'],
  ],
  'backgrounds': [
    ['in its size', background(''), 'whole'],
    ['contain', background('background-size:contain;width:600px;background-repeat:no-repeat'), 'whole'],
    ['cover of other proportions', background('background-size:cover;width:600px'), 'cropped'],
    ['a sprite', background('width:50px;height:50px;background-position:-100px -50px'), 'cropped'],
    ['half a size', background('background-size:200px 150px;background-repeat:no-repeat'), 'whole'],
    ['fixed to the viewport', background('background-attachment:fixed'), 'altered'],
    ['below a gradient', background('background-image:linear-gradient(rgba(0,0,0,.5),rgba(0,0,0,.2)),url(/light.png)'), 'altered'],
    ['below another picture', background('background-image:url(/dark.png),url(/light.png)'), 'covered'],
    ['above another picture', background('background-image:url(/light.png),url(/dark.png)'), 'whole'],
    ['blended with a colour', background('background-blend-mode:difference;background-color:#fff'), 'altered'],
    ['clipped to text', background('background-clip:text;color:transparent', 'W'), 'altered'],
    ['with a heading', background('', '<h1 style="margin:0">A heading upon it</h1>'), 'whole'],
    ['with another picture', background('', '<img src=/dark.png style="width:400px;height:280px">'), 'covered'],
  ],
  'pictures in SVG': [
    ['whole', svg('<image id=m href="/light.png" width=400 height=300 />'), 'whole'],
    ['beyond the edge', svg('<image id=m href="/light.png" x=200 width=400 height=300 />'), 'cropped'],
    ['slice of other proportions', svg('<image id=m href="/light.png" width=200 height=300 preserveAspectRatio="xMidYMid slice" />'), 'cropped'],
    ['a mirror', svg('<image id=m href="/light.png" width=400 height=300 transform="translate(400,0) scale(-1,1)" />'), 'altered'],
    ['stretched', svg('<image id=m href="/light.png" width=400 height=150 preserveAspectRatio="none" />'), 'altered'],
    ['stretched by its drawing', '<svg width=400 height=150 viewBox="0 0 400 300" preserveAspectRatio="none" style="display:block"><image id=m href="/light.png" width=400 height=300 /></svg>', 'altered'],
    ['enlarged by its drawing', '<svg width=800 height=600 viewBox="0 0 400 300" style="display:block"><image id=m href="/light.png" width=400 height=300 /></svg>', 'whole'],
    ['a shape over it', svg('<image id=m href="/light.png" width=400 height=300 /><rect width=400 height=200 />'), 'covered'],
    ['a shape below it', svg('<rect width=400 height=200 /><image id=m href="/light.png" width=400 height=300 />'), 'whole'],
  ],
  'covers': [
    ['nothing', img(), 'whole'],
    ['a link that paints nothing', img() + over('', '<a href="/" style="position:absolute;inset:0"></a>'), 'whole'],
    ['a caption of 18 %', img() + over('top:246px;height:54px;background:#000'), 'whole'],
    ['a caption of 30 %', img() + over('top:210px;height:90px;background:#000'), 'covered'],
    ['a translucent veil', img() + over('background:rgba(0,0,0,.1)'), 'covered'],
    ['a veil that is hardly there', img() + over('background:rgba(0,0,0,.02)'), 'whole'],
    ['a veil of a hidden group', img() + `<div style="opacity:0">${over('background:#000')}</div>`, 'whole'],
    ['another picture', img() + '<img src=/dark.png style="position:absolute;left:0;top:0;width:400px;height:300px">', 'covered'],
    ['another picture behind it', img('position:relative;z-index:1') + '<img src=/dark.png style="position:absolute;left:0;top:0;width:400px;height:300px">', 'whole'],
    ['a frame that is empty inside', img() + over('box-sizing:border-box;border:8px solid red'), 'whole'],
    ['a frame that fills it', img() + over('box-sizing:border-box;border:80px solid red'), 'covered'],
    ['a little text', img() + over('', '<p style="margin:0">Text in one line</p>'), 'whole'],
    ['much text', img() + over('font-size:20px', 'Text in many lines. '.repeat(40)), 'covered'],
    ['what is blurred behind glass', img() + over('backdrop-filter:blur(20px)'), 'covered'],
    ['what CSS adds to something else', `<style>#c::after{content:"";position:absolute;inset:0;background:#000}</style>${img()}${over('').replace('<div', '<div id=c')}`, 'covered'],
    ['what CSS adds around it', `<style>#c{position:relative}#c::after{content:"";position:absolute;inset:0;background:#000}</style><div id=c>${img()}</div>`, 'covered'],
    ['what CSS adds behind it', `<style>#c{position:relative;z-index:0}#c::before{content:"";position:absolute;inset:0;background:#000;z-index:-1}</style><div id=c>${img()}</div>`, 'whole'],
    ['a background around it, with the picture behind', `<div style="background:#fff">${img('position:relative;z-index:-1')}</div>`, 'covered'],
  ],
  'what is painted without a background': [
    ['a picture as a border', img() + over('box-sizing:border-box;border:1px solid transparent;border-image:url(/dark.png) 1 fill'), 'covered'],
    ['a picture as a border, not within it', img() + over('box-sizing:border-box;border:8px solid transparent;border-image:url(/dark.png) 30'), 'whole'],
    ['an outline drawn inwards', img('outline:150px solid #000;outline-offset:-150px'), 'covered'],
    ['a thin outline', img('outline:3px solid #000'), 'whole'],
    ['a thin outline drawn inwards', img('outline:3px solid #000;outline-offset:-3px'), 'whole'],
    ['an outline of something over it', img() + over('outline:150px solid #000;outline-offset:-150px'), 'covered'],
    ['an outline of something beside it', img() + over('left:450px;width:10px;outline:300px solid #000'), 'covered'],
    ['a shadow of something beside it', img() + over('left:450px;width:10px;box-shadow:0 0 0 400px #000'), 'covered'],
    ['a shadow that is thrown upon it', img() + over('left:450px;box-shadow:-450px 0 0 #000'), 'covered'],
    ['a shadow of something behind it', img('position:relative;z-index:1') + over('left:450px;width:10px;box-shadow:0 0 0 400px #000'), 'whole'],
    ['a small shadow beside it', img() + over('left:450px;width:100px;background:#fff;box-shadow:0 0 12px #000'), 'whole'],
    ['text of nothing but its shadow', img() + over('font-size:20px;color:transparent;text-shadow:0 0 #000', 'Text in many lines. '.repeat(40)), 'covered'],
    ['text of nothing at all', img() + over('font-size:20px;color:transparent', 'Text in many lines. '.repeat(40)), 'whole'],
  ],
  'what CSS adds that has no place of its own': [
    ['in a grid', `<style>#c{display:inline-grid}#c>*,#c::after{grid-area:1/1}#c::after{content:"";background:#000}</style><div id=c>${img()}</div>`, 'covered'],
    ['in a grid, and paints nothing', `<style>#c{display:inline-grid}#c>*,#c::after{grid-area:1/1}#c::after{content:""}</style><div id=c>${img()}</div>`, 'whole'],
    ['in a grid, behind it', `<style>#c{display:inline-grid}#c>*,#c::before{grid-area:1/1}#c::before{content:"";background:#000}</style><div id=c>${img()}</div>`, 'whole'],
    ['drawn up by a margin', `<style>#c::after{content:"";display:block;position:relative;height:300px;margin-top:-300px;background:#000}</style><div id=c style="width:400px">${img()}</div>`, 'covered'],
    ['below it', `<style>#c::after{content:"";display:block;height:300px;background:#000}</style><div id=c style="width:400px">${img()}</div>`, 'whole'],
    ['in a grid, and lets the pointer through', `<style>#c{display:inline-grid}#c>*,#c::after{grid-area:1/1}#c::after{content:"";background:#000;pointer-events:none}</style><div id=c>${img()}</div>`, 'covered'],
  ],
  'what is shown in place of it': [
    ['the background of what hides its content', `<div style="content-visibility:hidden;width:400px;height:300px;background:url(/dark.png)">${img()}</div>`, 'covered'],
    ['itself, where content is hidden when it is far', `<div style="content-visibility:auto;width:400px;height:300px">${img()}</div>`, 'whole'],
    ['its own background, beside it', img('background:url(/dark.png);object-fit:contain;object-position:right;width:1600px'), 'covered'],
    ['its own background, behind it', img('background:url(/dark.png)'), 'whole'],
    ['a plain ground beside it', img('background:#000;object-fit:contain;width:800px'), 'whole'],
    ['its own padding, with a background', img('box-sizing:border-box;padding-left:330px;object-fit:contain;background:url(/dark.png)'), 'covered'],
  ],
  'covers that let the pointer through': [
    ['a picture', img() + '<img src=/dark.png style="pointer-events:none;position:absolute;left:0;top:0;width:400px;height:300px">', 'covered'],
    ['a picture behind it', img('position:relative') + '<img src=/dark.png style="pointer-events:none;position:absolute;left:0;top:0;width:400px;height:300px;z-index:-1">', 'whole'],
    ['nothing painted', img() + over('pointer-events:none'), 'whole'],
    ['in a shadow root', `${img()}<x-cover><template shadowrootmode=open>${over('pointer-events:none;background:#000')}</template></x-cover>`, 'covered'],
    ['added around it', `<style>#c{position:relative}#c::after{content:"";pointer-events:none;position:absolute;inset:0;background:#000}</style><div id=c>${img()}</div>`, 'covered'],
    ['added around it, behind it', `<style>#c{position:relative}#c::before{content:"";pointer-events:none;position:absolute;inset:0;background:#000}</style><div id=c>${img('position:relative')}</div>`, 'whole'],
    ['over a picture that lets it through too', img('pointer-events:none') + over('background:#000'), 'covered'],
    ['under a picture that lets it through', `<div style="height:0">${over('background:#000')}</div>${img('pointer-events:none;position:relative')}`, 'whole'],
  ],
};

describe('how media are shown', { skip: isAbsent('chromium'), timeout: 900_000 }, () => {
  const openPage = openingPages();

  for (const [rule, cases] of Object.entries(rules)) {
    test(rule, async () => {
      const view = await openPage('');
      const wrong = [];
      for (const [name, body, expected] of cases) {
        const answer = await view.evaluate(async ([body, expected]) => {
          document.body.setHTMLUnsafe(body);
          await Promise.all([...document.images, Object.assign(new Image(), { src: '/light.png' }), Object.assign(new Image(), { src: '/dark.png' })].map((image) => image.decode()));
          const element = document.querySelector('#m');
          const kind = element.localName === 'img' ? 'image' : element.localName === 'image' ? 'svg-image' : 'background';
          const natural = { width: element.naturalWidth ?? 400, height: element.naturalHeight ?? 300 };
          const { told, watch } = globalThis;
          told.changed.length = 0;
          const first = watch.watch(globalThis.found(1, element, kind, { natural }));
          const answer = () => told.changed.at(-1)?.slice(2) ?? first;
          // What lets the pointer through is found by a walk that takes its time.
          for (let wait = 0; wait < (expected === 'whole' ? 5 : 3000) && answer() === 'whole'; wait++) await new Promise((done) => setTimeout(done, 20));
          watch.unwatch(1);
          return answer();
        }, [body, expected]);
        if (answer !== expected) wrong.push(`${name}: ${answer} and not ${expected}`);
      }
      await view.close();
      assert.deepEqual(wrong, []);
    });
  }

  const styles = `<style>
    .cut { object-fit: cover; width: 200px !important; }
    .cover { background: #000; height: 300px; left: 0; pointer-events: none; position: absolute; top: 0; width: 400px; }
    #later { height: 300px; left: 0; position: absolute; top: 0; width: 400px; }
    #later.shown, .all #later, #switch:checked ~ #later, #hover:hover ~ #later, #focus:focus ~ #later { background: #000; }
    #slow { background: #000; height: 300px; left: 0; opacity: 0; position: absolute; top: 0; transition: opacity .3s linear; width: 400px; }
    #slow.shown { opacity: 1; }
    #around { width: 400px; } #around.narrow { overflow: hidden; width: 200px; }
    #scroller { height: 310px; overflow: auto; width: 420px; } #sticky { height: 150px; position: sticky; top: 0; }
    @keyframes cover { to { background: #000 } } .run { animation: cover .2s linear forwards; }
  </style>`;
  const scene = `${styles}<div id=around>${img()}</div><div id=later></div><div id=slow></div><p style="margin-top:40px"><input id=switch type=checkbox><button id=hover style="height:40px;width:100px">Hover</button><button id=focus>Focus</button><span id=x></span></p>`;

  /** What a page does, and whether the label must go at once. `later` comes after the siblings that switch it. */
  const changes = {
    'object-fit by a class': () => m.classList.add('cut'),
    'object-position': () => (m.style.objectPosition = '200px 0'),
    'object-view-box': () => (m.style.objectViewBox = 'inset(0 50% 0 0)'),
    'clip-path': () => (m.style.clipPath = 'inset(50px)'),
    'transform': () => (m.style.transform = 'scaleX(-1)'),
    'transform around it': () => (around.style.transform = 'rotate(30deg)'),
    'overflow around it': () => around.classList.add('narrow'),
    'opacity of the whole document': () => (document.documentElement.style.opacity = '.1'),
    'hidden': () => (around.hidden = true),
    'size': () => (m.style.width = '1200px'),
    'an element over it': () => document.body.insertAdjacentHTML('beforeend', '<div class=cover style="pointer-events:auto"></div>'),
    'an element over it that lets the pointer through': () => document.body.insertAdjacentHTML('beforeend', '<div><p><i class=cover></i></p></div>'),
    'an element over it in a shadow root': () => {
      const host = document.createElement('div');
      host.attachShadow({ mode: 'open' }).innerHTML = '<div style="background:#000;position:absolute;left:0;top:0;width:400px;height:300px"></div>';
      document.body.append(host);
    },
    'an element that gets a background': () => later.classList.add('shown'),
    'an element that gets a background by a class far above': () => document.documentElement.classList.add('all'),
    'an element that is moved over it': () => {
      const cover = document.createElement('div');
      cover.className = 'cover';
      cover.style.top = '0px';
      around.append(cover);
    },
    'a dialog': () => {
      const dialog = document.createElement('dialog');
      dialog.style.cssText = 'width:800px;height:600px;max-width:none;max-height:none;margin:0;background:#fff';
      document.body.append(dialog);
      dialog.showModal();
    },
    'a popover': () => {
      later.popover = 'auto';
      later.style.cssText = 'inset:0 auto auto 0;margin:0;border:0;background:#fff';
      later.showPopover();
    },
    'an observer of sizes': () => new ResizeObserver(() => later.classList.add('shown')).observe(around),
    'a style sheet': () => document.head.append(Object.assign(document.createElement('style'), { textContent: '#later{background:#000}' })),
  };
  const harmless = {
    'a class of no effect': () => m.classList.add('nothing'),
    'a moved picture': () => (around.style.marginTop = '30px'),
    'an element beside it': () => document.body.insertAdjacentHTML('beforeend', '<div class=cover style="top:400px"></div>'),
    'a small element over it': () => document.body.insertAdjacentHTML('beforeend', '<div class=cover style="height:50px"></div>'),
    'a button that paints nothing': () => document.body.insertAdjacentHTML('beforeend', '<div class=cover style="background:none"></div>'),
  };

  /** Puts a label on the picture of a scene. */
  const labelled = async (body = scene) => {
    const view = await openPage(body);
    await view.waitForFunction(() => document.readyState === 'complete');
    await view.evaluate(async () => {
      globalThis.show = () => {
        const found = globalThis.found(1, document.querySelector('#m'));
        globalThis.labels.show(found, globalThis.verdict(), 'fresh', globalThis.watch.watch(found));
      };
      globalThis.show();
      await globalThis.frames(20);
    });
    await labelCount(view, 1);
    return view;
  };

  for (const when of ['in a task', 'in the page’s own frame callback']) {
    test(`the label is gone from the frame that shows the change, made ${when}`, async () => {
      const late = [];
      for (const [name, change] of Object.entries({ ...changes, ...harmless })) {
        const view = await labelled();
        const left = await view.evaluate(async ([change, isInFrame]) => {
          const frame = () => new Promise((done) => requestAnimationFrame(done));
          // Callbacks of frames come before what we do in the same frame: after the frame that shows the change comes the beginning of the next one.
          await (isInFrame ? frame() : new Promise((done) => setTimeout(done, 5)));
          eval(`(${change})()`);
          if (!isInFrame) await frame();
          await frame();
          return globalThis.told.failed[0] ?? globalThis.buttons().length;
        }, [String(change), when !== 'in a task']);
        if (left !== (name in changes ? 0 : 1)) late.push(`${name}: ${left}`);
        await view.close();
      }
      assert.deepEqual(late, []);
    });
  }

  test('what changes by the pointer, the focus, a transition or an animation is seen too', async () => {
    /** Does it; the label goes, or is still there in the end. */
    const gone = async (what, isGone = true) => {
      const view = await labelled(scene.replace('<div id=later></div>', '').replace('<span id=x></span>', '<b id=later></b>'));
      await what(view);
      if (isGone) await labelCount(view, 0);
      else {
        await new Promise((done) => setTimeout(done, 100));
        assert.equal(await view.evaluate(() => globalThis.buttons().length), 1);
      }
      await view.close();
    };
    await gone((view) => view.click('#switch'));
    await gone((view) => view.hover('#hover'));
    await gone((view) => view.focus('#focus'));
    await gone((view) => view.evaluate(() => document.querySelector('#slow').classList.add('shown')));
    await gone((view) => view.evaluate(() => document.querySelector('#later').classList.add('run')));
    await gone((view) => view.mouse.move(100, 100), false);
  });

  test('a transition hides the label once more than a twentieth is to be seen of what covers it, frame by frame', async () => {
    const view = await labelled();
    const seen = await view.evaluate(async () => {
      document.querySelector('#slow').classList.add('shown');
      const opacities = [];
      for (;;) {
        await new Promise((done) => requestAnimationFrame(done));
        opacities.push(Number(getComputedStyle(document.querySelector('#slow')).opacity));
        if (globalThis.buttons().length === 0) return opacities;
      }
    });
    // Two frames at most, after 5 %.
    const more = seen.filter((opacity) => opacity > .05).length;
    assert.ok(more >= 1 && more <= 3, seen.join());
    await view.close();
  });

  test('what ends is told as well', async () => {
    const view = await labelled();
    const tells = async (change, ...expected) => {
      await view.evaluate(change);
      await eventually(async () => assert.deepEqual(await view.evaluate(() => globalThis.told.changed), expected));
    };
    await tells(() => document.querySelector('#later').classList.add('shown'), '1 covered');
    await tells(() => document.querySelector('#later').classList.remove('shown'), '1 covered', '1 whole');
    await tells(() => document.querySelector('#m').classList.add('cut'), '1 covered', '1 whole', '1 cropped');
    await tells(async () => {
      globalThis.watch.unwatch(1);
      document.querySelector('#m').classList.remove('cut');
      await globalThis.frames(3);
    }, '1 covered', '1 whole', '1 cropped');
    await view.close();
  });

  // By script, so that no observer and no event tells of it.
  const untold = {
    'an animation of what lies over it': ['<b id=o style="background:#000;height:300px;left:0;opacity:0;position:absolute;top:0;width:400px"></b>', () => o.animate([{ opacity: 1 }, { opacity: 1 }], { duration: 1e9 }), 'covered'],
    'an animation of what lies over it and lets the pointer through': ['<b id=o style="background:#000;height:300px;left:0;opacity:0;pointer-events:none;position:absolute;top:0;width:400px"></b>', () => o.animate([{ opacity: 1 }, { opacity: 1 }], { duration: 1e9 }), 'covered'],
    'an animation that moves something over it': ['<b id=o style="background:#000;height:300px;left:0;position:absolute;top:0;transform:translate(2000px);width:400px"></b>', () => o.animate([{ transform: 'none' }, { transform: 'none' }], { duration: 1e9 }), 'covered'],
    'an animation that mirrors it': ['', () => m.animate([{ transform: 'scaleX(-1)' }, { transform: 'scaleX(-1)' }], { duration: 1e9 }), 'altered'],
    'an animation that crops it': ['', () => m.animate([{ clipPath: 'inset(0 50% 0 0)' }, { clipPath: 'inset(0 50% 0 0)' }], { duration: 1e9 }), 'cropped'],
    'a rule that crops it': ['<style id=s></style>', () => s.sheet.insertRule('#m { object-view-box: inset(0 50% 0 0) }'), 'cropped'],
    'a rule that covers it': ['<style id=s></style>', () => s.sheet.insertRule('#later { background: #000 }'), 'covered'],
    'a sheet that is adopted': ['', () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('#later { background: #000 }');
      document.adoptedStyleSheets = [sheet];
    }, 'covered'],
  };
  for (const [name, [more, change, expected]] of Object.entries(untold)) {
    test(`${name} is seen though nothing tells of it`, async () => {
      const view = await labelled(scene + more);
      await view.evaluate(change);
      await labelCount(view, 0);
      assert.deepEqual(await view.evaluate(() => globalThis.told.changed), [`1 ${expected}`]);
      await view.close();
    });
  }

  test('little is done while nothing changes: a look a second', async () => {
    const view = await labelled();
    // What was begun ends some time.
    await view.evaluate(() => {
      globalThis.count = 0;
      const real = globalThis.requestAnimationFrame;
      globalThis.requestAnimationFrame = (...given) => (globalThis.count++, real(...given));
    });
    // Each look asks for two frames. A page that changes with each frame has sixty a second.
    const count = () => view.evaluate(() => globalThis.count);
    await eventually(async () => {
      const before = await count(), start = performance.now();
      await new Promise((done) => setTimeout(done, 3000));
      const looks = (await count() - before) / 2;
      assert.ok(looks <= 1 + (performance.now() - start) / 1000, `${looks} looks`);
    });
    await view.close();
  });
});
