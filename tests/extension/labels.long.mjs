// Labels on the media of a page, and the panel beside one.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { eventually } from '../browser/eventually.mjs';
import { labelCount, middle, openingPages, press } from './part-pages.mjs';

const two = '<p>Text</p><img id=a src=/light.png width=300 alt="A wall"><img id=b src=/dark.png width=300 alt="">';
const pause = (time) => new Promise((done) => setTimeout(done, time));

describe('labels on the page', { skip: isAbsent('chromium'), timeout: 900_000 }, () => {
  const openPage = openingPages();

  /** A check on a page of its own, whose scripts do not fail. */
  const check = (name, options, what) => test(name, async () => {
    const view = await openPage(options.body ?? two, options);
    const errors = [];
    view.on('pageerror', (error) => errors.push(String(error)));
    try {
      await view.waitForFunction(() => document.readyState === 'complete');
      await what(view);
      assert.deepEqual([errors, (await told(view)).failed], [[], []]);
    } finally {
      await view.close();
    }
  });

  /** Puts a label, or none where none belongs. */
  const put = async (view, id, selector, label = 'intact-known', sameness = 'fresh', display = 'whole', more = {}) => {
    await view.evaluate(async ([id, selector, label, sameness, display, more]) => {
      globalThis.labels.show(globalThis.found(id, document.querySelector(selector)), globalThis.verdict(label, more), sameness, display);
      await globalThis.frames(4);
    }, [id, selector, label, sameness, display, more]);
    if (label !== 'none' && sameness !== 'other' && display !== 'covered') await view.waitForFunction(() => globalThis.buttons().length > 0);
  };
  /** Presses the key until there is a panel: no label answers before it was seen for a while. */
  const pressKey = (view, key) => eventually(async () => {
    await view.keyboard.press(key);
    assert.notEqual(await panel(view), null);
  });
  const panel = (view) => view.evaluate(() => globalThis.root.querySelector('.panel')?.textContent ?? null);

  check('stand at the upper right corner, over its edge, and nothing stands for `none`, `other` or what is covered', {}, async (view) => {
    await put(view, 1, '#a');
    await put(view, 2, '#b', 'none');
    await labelCount(view, 1);
    const [label, picture] = await view.evaluate(() => [globalThis.buttons()[0], document.querySelector('#a')].map((element) => element.getBoundingClientRect().toJSON()));
    assert.ok(label.right > picture.right && label.left < picture.right && label.top < picture.top && label.bottom > picture.top, JSON.stringify({ label, picture }));
    assert.ok(label.width >= 24 && label.height >= 24);
    await put(view, 2, '#b', 'broken', 'other');
    await put(view, 2, '#b', 'broken', 'fresh', 'covered');
    await labelCount(view, 1);
    await put(view, 2, '#b', 'broken');
    await labelCount(view, 2);
    await view.evaluate(() => globalThis.labels.remove(1));
    await labelCount(view, 1);
  });

  check('open their panel at a click of the reader and at no other', {}, async (view) => {
    await put(view, 1, '#a');
    await view.evaluate(() => {
      globalThis.buttons()[0].click();
      globalThis.buttons()[0].dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
    });
    assert.equal(await panel(view), null);
    assert.deepEqual((await told(view)).opened, []);
    await press(view);
    assert.match(await panel(view), /Unchanged since Example News signed it/);
    assert.deepEqual((await told(view)).opened, [1]);
  });

  check('are the host’s only element: no class, no name, in the top layer, its root closed', {}, async (view) => {
    await put(view, 1, '#a');
    assert.deepEqual(await view.evaluate(() => {
      const host = document.documentElement.lastElementChild;
      return [host.localName, host.getAttributeNames().join(), host.shadowRoot, host.matches(':popover-open'), host.parentNode === document.documentElement];
    }), ['div', 'popover', null, true, true]);
  });

  check('say their state and sentence to screen readers, and that a page crops', {}, async (view) => {
    await put(view, 1, '#a', 'broken', 'fresh', 'cropped', { sentence: 'The file does not match its credential.' });
    assert.equal(await attribute(view, 'aria-label'), 'Content Credentials: The file does not match its credential. The page shows it cropped.');
    assert.equal(await attribute(view, 'aria-expanded'), 'false');
    await view.evaluate(() => globalThis.labels.use({ language: 'ko', isAutomatic: true, isPaused: false, mark: '' }));
    assert.match(await attribute(view, 'aria-label'), /^콘텐츠 자격 증명: .* 페이지가 일부를 잘라서 보여 줍니다\.$/);
  });

  check('are opened and closed by the keyboard; the focus goes in and comes back', {}, async (view) => {
    await put(view, 1, '#a');
    await put(view, 2, '#b', 'broken');
    await view.keyboard.press('Tab');
    assert.equal(await focused(view), 'label');
    await pressKey(view, 'Enter');
    assert.equal(await focused(view), 'panel');
    assert.equal(await attribute(view, 'aria-expanded'), 'true');
    assert.equal(await view.evaluate(() => globalThis.root.getElementById(globalThis.buttons()[0].getAttribute('aria-controls')).getAttribute('role')), 'dialog');
    await view.keyboard.press('Tab');
    assert.equal(await focused(view), 'close');
    await view.keyboard.press('Escape');
    assert.equal(await focused(view), 'label');
    assert.equal(await panel(view), null);
    assert.equal(await attribute(view, 'aria-expanded'), 'false');
    await pressKey(view, 'Space');
    await view.keyboard.press('Tab');
    await view.keyboard.press('Enter');
    assert.equal(await panel(view), null);
    assert.equal(await focused(view), 'label');
    await view.keyboard.press('Tab');
    assert.equal(await attribute(view, 'aria-label', 1), await view.evaluate(() => globalThis.root.activeElement.getAttribute('aria-label')));
    assert.deepEqual((await told(view)).opened, [1, 1]);
  });

  check('show their short words beside them under pointer and focus, until Escape', {}, async (view) => {
    await put(view, 1, '#a', 'revoked');
    const words = () => view.evaluate(() => {
      const words = globalThis.root.querySelector('.words');
      return getComputedStyle(words).visibility === 'visible' ? words.textContent : null;
    });
    assert.equal(await words(), null);
    await view.mouse.move(...await middle(view));
    assert.equal(await words(), 'certificate withdrawn');
    await view.mouse.move(10, 600);
    assert.equal(await words(), null);
    await view.keyboard.press('Tab');
    assert.equal(await words(), 'certificate withdrawn');
    await view.keyboard.press('Escape');
    assert.equal(await words(), null);
  });

  check('tell what was checked, how, and what the engine adds', {}, async (view) => {
    await put(view, 1, '#a', 'intact-known', 'fresh', 'altered');
    await view.evaluate(() => globalThis.labels.use({ language: 'en', isAutomatic: true, isPaused: false, mark: 'Heron 🪶' }));
    await press(view);
    const first = await panel(view);
    for (const part of ['Unchanged since Example News', 'AI-edited', 'page.example', '/light.png', '400 × 300', '0123456789abcdef', '2026', 'A fresh download', 'altered', 'Reading the details', 'a page can imitate a label', 'Heron 🪶'])
      assert.ok(first.includes(part), `${part} in ${first}`);
    await view.evaluate((page) => globalThis.labels.tell(2, page), page);
    assert.match(await panel(view), /Reading the details/);
    await view.evaluate((page) => globalThis.labels.tell(1, page), page);
    const then = await panel(view);
    for (const part of ['Issued by', 'Example News', 'History', 'Opened in an editor', 'Not checked', 'revocation']) assert.ok(then.includes(part), `${part} in ${then}`);
    for (const part of ['Reading the details', 'A metadata field']) assert.ok(!then.includes(part), part);
    assert.equal(await view.evaluate(() => globalThis.root.querySelectorAll('.panel b, .panel img, .panel a, .panel script').length), 0);
    await put(view, 1, '#a', 'intact-known', 'same-pixels');
    assert.match(await panel(view), /this is the picture shown/);
    await view.evaluate(() => globalThis.labels.tell(1, null));
    assert.match(await panel(view), /could not be worked out/);
  });

  check('draw recorded pictures of three formats, told by their bytes, whatever the page’s policy says', { policy: "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'" }, async (view) => {
    await put(view, 1, '#a');
    await press(view);
    await view.evaluate(async () => {
      const canvas = new OffscreenCanvas(64, 48);
      canvas.getContext('2d').fillRect(0, 0, 40, 40);
      const encode = async (type) => btoa(String.fromCharCode(...new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer())));
      const svg = btoa('<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><rect width="64" height="48"/></svg>');
      const picture = (mediaType, data) => ({ text: mediaType, picture: { mediaType, width: 64, height: 48, data } });
      globalThis.labels.tell(1, {
        language: 'en', label: 'intact-known', name: '', sentence: '', lines: [], further: [],
        sections: [{
          topic: 'history', title: 'History', rows: [],
          nodes: [picture('image/jpeg', await encode('image/jpeg')), picture('image/png', await encode('image/png')), picture('image/webp', await encode('image/webp')),
            picture('image/svg+xml', svg), picture('image/png', svg), picture('image/png', 'iVBORw0KGgo='), picture('image/png', '%%%')],
        }],
      });
    });
    await eventually(async () => assert.deepEqual(await view.evaluate(() => [...globalThis.root.querySelectorAll('.node')].map((node) => `${node.querySelector('.what').textContent} ${node.querySelectorAll('canvas').length}`)),
      ['image/jpeg 1', 'image/png 1', 'image/webp 1', 'image/svg+xml 0', 'image/png 0', 'image/png 0', 'image/png 0']));
  });

  check('cut what strangers wrote, and keep its direction to itself', {}, async (view) => {
    const long = `‮drow\n\n${'x'.repeat(100_000)}`;
    await put(view, 1, '#a', 'intact-known', 'fresh', 'whole', { sentence: long, lines: [long] });
    await press(view);
    const { length, isolated, high } = await view.evaluate(() => {
      const panel = globalThis.root.querySelector('.panel');
      return { length: panel.textContent.length, isolated: panel.querySelector('.sentence > bdi') !== null, high: panel.getBoundingClientRect().height };
    });
    assert.ok(length < 3000 && isolated && high <= 700, JSON.stringify({ length, isolated, high }));
  });

  check('are the reader’s alone: the page hears of no pointer and no key in them', {}, async (view) => {
    await put(view, 1, '#a');
    await view.evaluate(() => {
      globalThis.heard = [];
      for (const type of ['click', 'pointerdown', 'mousedown', 'keydown', 'focusin']) addEventListener(type, (event) => event.isTrusted && globalThis.heard.push(type), true);
    });
    await press(view);
    await view.keyboard.press('Escape');
    assert.deepEqual(await view.evaluate(() => globalThis.heard), []);
    await view.mouse.click(500, 600);
    assert.deepEqual(await view.evaluate(() => globalThis.heard), ['pointerdown', 'mousedown', 'click']);
  });

  check('answer no click before they have been seen for a while', {}, async (view) => {
    await put(view, 1, '#a');
    const [x, y] = await middle(view);
    // A machine that was too slow for the click to come soon enough tries again.
    for (let isSlow = true; isSlow;) {
      const start = performance.now();
      // Moves the picture, and its label with it, to where the pointer is.
      await view.evaluate(async () => {
        document.querySelector('#a').style.marginLeft = document.querySelector('#a').style.marginLeft === '400px' ? '390px' : '400px';
        await globalThis.frames(2);
      });
      await view.mouse.click(x, y);
      await view.mouse.click(x + 395, y);
      const isOpen = (await told(view)).opened.length > 0;
      isSlow = performance.now() - start > 250;
      assert.ok(isSlow || !isOpen);
      if (isOpen) await view.evaluate(() => (globalThis.told.opened.length = 0));
    }
    await eventually(async () => {
      await view.mouse.click(x + 395, y);
      assert.equal((await told(view)).opened.length, 1);
    });
  });

  test('screen readers are told once how many there are', async () => {
    const view = await openPage(two);
    await view.waitForFunction(() => document.readyState === 'complete');
    await view.evaluate(() => {
      const status = globalThis.root.querySelector('[aria-live=polite]');
      globalThis.heard = [];
      new MutationObserver(() => globalThis.heard.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
      for (const [index, name] of ['a', 'b'].entries()) globalThis.labels.show(globalThis.found(index + 1, document.getElementById(name)), globalThis.verdict(), 'fresh', 'whole');
    });
    await view.waitForFunction(() => globalThis.heard.length > 0);
    await view.evaluate(() => globalThis.labels.remove(1));
    await put(view, 1, '#a');
    await pause(1700);
    const heard = await view.evaluate(() => globalThis.heard);
    assert.equal(heard.length, 1, heard.join());
    assert.match(heard[0], /^2 pictures/);
    await view.close();
  });
});

describe('labels follow their media', { skip: isAbsent('chromium'), timeout: 900_000 }, () => {
  const openPage = openingPages();

  const places = {
    'as the document scrolls': ['<div style="height:300px"></div><img id=a src=/light.png><div style="height:3000px"></div>', () => scrollTo(0, 200)],
    'as something inside scrolls': ['<div id=s style="height:400px;width:500px;overflow:auto"><div style="height:100px"></div><img id=a src=/light.png><div style="height:900px"></div></div>', () => (s.scrollTop = 150)],
    'when something above it grows': ['<div id=s></div><img id=a src=/light.png>', () => (s.style.height = '120px')],
    'when something above it arrives': ['<p>One</p><img id=a src=/light.png>', () => document.body.prepend(Object.assign(new Image(), { src: '/wide.png' }))],
    'when the page is zoomed by its own style': ['<img id=a src=/light.png>', () => (document.documentElement.style.zoom = '1.5')],
    'when the root is moved': ['<img id=a src=/light.png>', () => (document.documentElement.style.transform = 'translate(50px, 60px)')],
    'when it moves by a transition': ['<img id=a src=/light.png style="transition:transform .2s">', () => (a.style.transform = 'translate(200px,100px)')],
    'when it is fixed and the document scrolls': ['<img id=a src=/light.png style="position:fixed;top:50px;left:40px"><div style="height:3000px"></div>', () => scrollTo(0, 500)],
    'when its size changes': ['<img id=a src=/light.png>', () => (a.style.width = '200px')],
    'in a shadow root': ['<x-one><template shadowrootmode=open><p>One</p><img id=a src=/light.png></template></x-one>', () => document.querySelector('x-one').shadowRoot.querySelector('p').remove()],
    'in a document written from right to left': ['<div dir=rtl style="width:1200px"><img id=a src=/light.png></div>', () => (document.documentElement.dir = 'rtl')],
  };
  for (const [name, [body, change]] of Object.entries(places)) {
    test(name, async () => {
      const view = await openPage(body);
      await view.waitForFunction(() => document.readyState === 'complete');
      const off = await view.evaluate(async (change) => {
        const a = document.querySelector('#a') ?? document.querySelector('x-one').shadowRoot.querySelector('#a');
        globalThis.labels.show(globalThis.found(1, a), globalThis.verdict(), 'fresh', 'whole');
        const distance = () => {
          const [label, picture] = [globalThis.buttons()[0], a].map((element) => element?.getBoundingClientRect());
          if (label === undefined) return 1e6;
          return Math.max(Math.abs(label.right - Math.min(picture.right + 5, Math.max(innerWidth, picture.right))), Math.abs(label.top - Math.max(picture.top - 5, -scrollY)));
        };
        const near = async () => {
          const end = performance.now() + 60_000;
          while (distance() > 8 && performance.now() < end) await globalThis.frames(1);
          return distance();
        };
        const before = await near();
        eval(`(${change})()`);
        // What the page does takes its time.
        await new Promise((done) => setTimeout(done, 600));
        return [before, await near()];
      }, String(change));
      assert.ok(off.every((distance) => distance <= 8), `${off}`);
      await view.close();
    });
  }

  test('stand at the corner of what is seen, and go where nothing is', async () => {
    const view = await openPage('<div id=s style="height:300px;width:200px;overflow:auto"><div style="width:900px"><img id=a src=/light.png style="margin-left:100px"></div></div>');
    await view.waitForFunction(() => document.readyState === 'complete');
    const label = (right) => view.waitForFunction((right) => (globalThis.buttons()[0]?.getBoundingClientRect().right ?? null) === right, right);
    await view.evaluate(() => globalThis.labels.show(globalThis.found(1, document.querySelector('#a')), globalThis.verdict(), 'fresh', 'whole'));
    await label(205);
    await view.evaluate(() => (document.querySelector('#s').scrollLeft = 600));
    await label(null);
    await view.evaluate(() => (document.querySelector('#s').scrollLeft = 0));
    await label(205);
    await view.evaluate(() => document.querySelector('#a').remove());
    await label(null);
    await view.close();
  });

  test('add nothing to the size of the document', async () => {
    const view = await openPage('<img id=a src=/light.png style="width:100%;height:700px;display:block">');
    await view.waitForFunction(() => document.readyState === 'complete');
    await view.evaluate(() => {
      globalThis.labels.show(globalThis.found(1, document.querySelector('#a')), globalThis.verdict(), 'fresh', 'whole');
    });
    await labelCount(view, 1);
    const size = await view.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
    assert.deepEqual(size, [900, 700]);
    await view.close();
  });

  test('can be reached in a modal dialog, and go where one is open above their media', async () => {
    const view = await openPage(`${two}<dialog id=d><img id=c src=/light.png width=300></dialog>`);
    await view.waitForFunction(() => document.readyState === 'complete');
    const names = (expected) => eventually(async () => assert.deepEqual(await view.evaluate(() => globalThis.buttons().map((button) => button.getAttribute('aria-label'))), expected));
    await view.evaluate(() => {
      globalThis.labels.show(globalThis.found(1, a), globalThis.verdict('intact-known', { sentence: 'One' }), 'fresh', 'whole');
      globalThis.labels.show(globalThis.found(3, c), globalThis.verdict('intact-known', { sentence: 'Three' }), 'fresh', 'whole');
    });
    await names(['Content Credentials: One']);
    await view.evaluate(() => d.showModal());
    await names(['Content Credentials: Three']);
    await press(view);
    assert.deepEqual((await told(view)).opened, [3]);
    await view.keyboard.press('Escape');
    assert.equal(await view.evaluate(() => d.open), true);
    assert.equal(await focused(view), 'label');
    await view.evaluate(() => d.close());
    await names(['Content Credentials: One']);
    assert.deepEqual([(await told(view)).interference, (await told(view)).failed], [[], []]);
    await view.close();
  });

  test('stand above what fills the screen', async () => {
    const view = await openPage('<div id=f style="background:#fff"><img id=a src=/light.png width=300></div><button id=go>Go</button>');
    await view.waitForFunction(() => document.readyState === 'complete');
    await view.evaluate(() => {
      globalThis.labels.show(globalThis.found(1, a), globalThis.verdict(), 'fresh', 'whole');
      go.addEventListener('click', () => f.requestFullscreen());
    });
    await labelCount(view, 1);
    await view.click('#go');
    await view.waitForFunction(() => document.fullscreenElement?.id === 'f');
    await labelCount(view, 1);
    await press(view);
    assert.deepEqual(await told(view), { opened: [1], interference: [], changed: [], failed: [] });
    await view.close();
  });
});

describe('a page that interferes with labels', { skip: isAbsent('chromium'), timeout: 900_000 }, () => {
  const openPage = openingPages();

  /** What a page does to the host, and what must become of it: what is told, how many labels are left. */
  const run = async (act, expected, head = '') => {
    const view = await openPage(two, { head });
    await view.waitForFunction(() => document.readyState === 'complete');
    await put(view, 1, '#a');
    await put(view, 2, '#b', 'broken');
    await labelCount(view, 2);
    await view.evaluate(async (act) => {
      const host = [...document.documentElement.children].find((element) => element.popover === 'manual');
      await eval(`(${act})`)(host);
      await new Promise((done) => setTimeout(done, 700));
    }, String(act));
    await eventually(async () => {
      const { interference } = await told(view);
      const left = await view.evaluate(() => globalThis.buttons().filter((button) => button.isConnected && button.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        && document.elementFromPoint(button.getBoundingClientRect().x + 14, button.getBoundingClientRect().y + 14) === globalThis.root.host).length);
      assert.deepEqual({ interference, left }, expected);
    });
    await view.close();
  };

  const tampering = {
    'removes the host': (host) => host.remove(),
    'moves the host': (host) => document.body.append(host),
    'hides the popover': (host) => host.hidePopover(),
    'takes its attribute': (host) => host.removeAttribute('popover'),
    'gives it a style': (host) => (host.style.opacity = '0'),
    'gives it a class': (host) => (host.className = 'ad'),
    'makes it inert': (host) => (host.inert = true),
    'hides it from screen readers': (host) => (host.ariaHidden = 'true'),
  };
  for (const [name, act] of Object.entries(tampering)) {
    test(`${name}: it is told once of each label, and the host is put back`, async () => {
      await run(act, { interference: [1, 2], left: 2 });
    });
  }

  test('does so again and again: we give up, and say nothing any more', async () => {
    await run(async (host) => {
      for (let time = 0; time < 6; time++) {
        host.remove();
        await new Promise((done) => setTimeout(done, 50));
      }
    }, { interference: [1, 2], left: 0 });
    await run(async (host) => {
      for (let time = 0; time < 3; time++) {
        host.remove();
        await new Promise((done) => setTimeout(done, 50));
      }
    }, { interference: [1, 2], left: 2 });
  });

  test('keeps a label under a cover that comes back: it is told, and we give up', async () => {
    await run(async () => {
      const cover = document.createElement('div');
      cover.popover = 'manual';
      cover.style.cssText = 'inset:0;margin:0;border:0;padding:0;width:900px;height:700px;background:#fff';
      document.body.append(cover);
      for (let time = 0; time < 100; time++) {
        if (cover.matches(':popover-open')) cover.hidePopover();
        cover.showPopover();
        await new Promise((done) => setTimeout(done, 30));
      }
    }, { interference: [1, 2], left: 0 });
  });

  const harmless = {
    'clones the host': (host) => document.body.append(host.cloneNode(true)),
    'leaves a mark on it, as other tools of the reader do': (host) => (host.dataset.tool = 'x'),
    'changes its own elements': () => (document.body.className = 'x'),
    'puts an element at the end of the root': () => document.documentElement.append(document.createElement('div')),
    'opens a popover of its own over them': () => {
      const menu = document.createElement('div');
      menu.popover = 'manual';
      menu.style.cssText = 'inset:0 auto auto 0;width:600px;height:100px;margin:0';
      document.body.append(menu);
      menu.showPopover();
    },
    'animates the host': (host) => host.animate({ opacity: [0, 0], transform: ['translate(999px)', 'translate(999px)'] }, { duration: 1e9 }),
    'sends events to the host': (host) => ['beforetoggle', 'toggle'].forEach((type) => host.dispatchEvent(new ToggleEvent(type, { newState: 'closed', oldState: 'open' }))),
  };
  for (const [name, act] of Object.entries(harmless)) {
    test(`${name}: nothing is told, and labels are seen`, async () => {
      await run(act, { interference: [], left: 2 });
    });
  }

  test('has style sheets for everything: they do not reach labels', async () => {
    const style = '<style>* , div, [popover] { display: none !important; opacity: 0 !important; visibility: hidden !important; transform: scale(0) !important; filter: opacity(0) !important; pointer-events: none !important; left: -999px !important; animation: x 1s infinite !important; clip-path: circle(0) !important } html, body, p, img { display: block !important; opacity: 1 !important; visibility: visible !important; transform: none !important; filter: none !important; left: auto !important; clip-path: none !important } button { all: unset !important }</style>';
    await run(() => {}, { interference: [], left: 2 }, style);
  });

  const put = async (view, id, selector, label = 'intact-known') => {
    await view.evaluate(async ([id, selector, label]) => {
      globalThis.labels.show(globalThis.found(id, document.querySelector(selector)), globalThis.verdict(label), 'fresh', 'whole');
      await globalThis.frames(4);
    }, [id, selector, label]);
  };
});

const told = (view) => view.evaluate(() => globalThis.told);
const focused = (view) => view.evaluate(() => globalThis.root.activeElement?.className.split(' ')[0] ?? null);
const attribute = (view, name, index = 0) => view.evaluate(([name, index]) => globalThis.buttons()[index].getAttribute(name), [name, index]);

/** What the engine says of a file, as a page has it. */
const page = {
  language: 'en', label: 'intact-known', name: 'a.jpg', sentence: '', lines: [], further: [],
  sections: [
    { topic: 'credential', title: 'Credential', rows: [{ name: 'Issued by', text: 'Example News <b>bold</b>' }, { name: 'Serial', text: '0a:1b', isCode: true }], nodes: [] },
    { topic: 'history', title: 'History', rows: [], nodes: [{ text: 'a.jpg', label: 'intact-known', note: 'unchanged', children: [{ text: 'Opened in an editor', when: '3 May 2026' }, { text: 'Cropped' }] }, { text: 'source.jpg', label: 'broken', note: 'does not match its credential' }] },
    { topic: 'not-checked', title: 'Not checked', rows: [], nodes: [{ text: 'Whether the certificate was withdrawn (revocation)' }] },
    { topic: 'metadata', title: 'Metadata', rows: [{ name: 'A metadata field', text: 'x' }], nodes: [] },
  ],
};
