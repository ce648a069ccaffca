// The rows K01 to K26 of the attack catalogue: each is a page, or several, with an outcome. What no row may do is make the popup, which alone
// is the authority, say something untrue; and in the on-demand mode no page is asked for anything that it did not ask for itself.
//
// | row | page | outcome |
// |---|---|---|
// | K01 | paints our label, copied, on a picture of its own | popup lists what was checked and no more; the help page says that labels can be imitated |
// | K02 | moves, hides, restyles, clones, covers our element, opens dialogs, popovers and full screen over it | the label comes back or goes; popup: the page interfered |
// | K03 | puts a button of its own over the label, or makes it transparent | a click opens nothing of ours |
// | K04 | sends clicks and keys of its own making | nothing of ours answers |
// | K05 | posts our messages by every channel a page has | nothing changes |
// | K06 | another extension sends our messages | no answer |
// | K07 | asks for our files, frames our pages | nothing is reachable |
// | K08 | changes every prototype before we come | same label, and none of its functions is called by us |
// | K09 | hooks attachShadow and chooses hosts | our root is not among them |
// | K10 | shows a file whose strings are markup and script | they are text in popup, panel and file page |
// | K11 | shows a file whose strings turn, hide, imitate | isolated and cut, and the state stands outside of them |
// | K12 | changes the picture after it was checked | swap.test.mjs; canvas, same address with new bytes, service worker: below |
// | K13 | gives us other bytes | wrong-bytes.test.mjs |
// | K14 | crops, alters, mirrors, enlarges | shown as cropped or altered, or no label |
// | K15 | lays a picture or text over it | no label; the popup opens the file that was checked |
// | K16 | counts who checks | no request before the reader asks; none for manifests elsewhere; no cookie and no referrer across sites |
// | K17 | waits for uploads | nothing is sent anywhere |
// | K18 | has 10,000 pictures, and one beyond 32 MiB | nothing is asked for out of sight; the large one says why |
// | K19 | shows a file that hangs the engine | stopped after 10 s; the others go on: frames.test.mjs |
// | K20 | is open while the service worker dies, the network goes, the extension is renewed | the check ends, or says why not: frames.test.mjs |
// | K21 | strict policies, sandboxes, shadow roots, frames, posters | discovery.test.mjs, frames.test.mjs |
// | K22 | manifest | the permissions, word by word |
// | K23 | carries a pin of its own | nothing of the page's own elements changes |
// | K24 | the host of a trust list answers with something else | nothing is taken over: options.test.mjs |
// | K25 | leads us to a private address by redirect, name or number | not asked for |
// | K26 | imitates the popup's words | the popup names the real origin and the file's digest |
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isAbsent } from '../browser/browsers.mjs';
import { eventually, patience } from '../browser/eventually.mjs';
import { hostileStrings, labelFiles } from '../browser/files.mjs';
import { inRepository } from '../browser/repository.mjs';
import { sampleLists } from './harness/copy.mjs';
import { launchExtension, launchPlain } from './harness/extension.mjs';
import { countLabels, isOn } from './harness/labels.mjs';
import { answers, furnished, pictures } from './harness/media.mjs';
import { openPopup, readPopup, unfold } from './harness/popup.mjs';
import { addLater } from './harness/run.mjs';
import { choose, redirect, serveSite } from './harness/site.mjs';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const good = '<img id="m" src="good.jpg" width="400" height="260">';
const answered = ({ entries }) => entries.length > 0 && entries.every((entry) => entry.phase === 'answered' && (entry.verdict.label === 'none' || entry.verdict.obstacle || entry.sameness !== null));

describe('the attacks on an extension, in Chromium', { skip: isAbsent('chromium'), timeout: 600_000 }, () => {
  let site, labels, automatic, demand, stranger;
  before(async () => {
    [site, labels] = await Promise.all([serveSite(), labelFiles()]);
    stranger = await otherExtension();
    const lists = [...await sampleLists(), ...await sampleLists(labels.folder)];
    automatic = await launchExtension({ settings: { lists, mark: 'plum 7' }, more: [stranger] });
    demand = await launchExtension({ sites: [], settings: { lists } });
  });
  after(async () => {
    await Promise.all([automatic?.close(), demand?.close()]);
    await site?.close();
    await labels?.remove();
    if (stranger) await rm(stranger, { recursive: true });
  });

  /** A page with scripts of its own that run first. */
  const open = async (body, { head, browser = automatic, room = furnished(site), ...more } = {}) => {
    const page = await browser.open(room.page('page.html', body, { head, ...more }));
    page.room = room;
    return page;
  };
  const labelled = async (page, selector = '#m') => {
    const view = await automatic.view(page, answered);
    return { view, label: await automatic.labels.wait(page, selector) };
  };
  /** The popup says of every medium what is true of the bytes under its address, and no more. */
  async function popupIsTrue(page, browser = automatic) {
    const popup = await openPopup(browser, page, ({ rows }) => rows.every(({ state }) => !['waiting', 'checking'].includes(state)));
    await unfold(popup);
    const { entries } = await browser.view(page);
    for (const entry of entries) {
      const name = path.basename(new URL(entry.url).pathname);
      if (name in answers && entry.phase === 'answered' && entry.verdict.obstacle === null) assert.equal(entry.verdict.label, answers[name], name);
    }
    const said = await readPopup(popup);
    await popup.close();
    return said;
  }

  test('K01: a label that the page paints is not in the popup', async () => {
    const page = await open(`${good}<img id="own" src="none.jpg" width="400" height="260" style="margin:0"><button class="label" aria-label="Unchanged since Example signed it">✓ plum?</button>`);
    const { label } = await labelled(page);
    // The page copies what it could see of ours: its words and its place.
    await page.evaluate(({ name, text }) => {
      const copy = document.createElement('button');
      copy.className = 'label';
      copy.style.cssText = 'position:absolute;left:50px;top:360px';
      copy.textContent = text;
      copy.setAttribute('aria-label', name);
      document.body.append(copy);
    }, label);
    const { rows, text } = await popupIsTrue(page);
    assert.deepEqual(rows.map(({ state }) => state).sort(), ['intact-known', 'none']);
    assert.match(text, /plum 7/, 'the mark that only the reader knows');
    assert.doesNotMatch(await page.content(), /plum 7/);
    const help = await automatic.context.newPage();
    await help.goto(automatic.inside('help.html#imitation'));
    await help.waitForSelector('#imitation');
    await help.close();
    await page.close();
  });

  const ours = 'const ours = document.querySelector("html > [popover=manual]");';
  const tamperings = {
    'takes it away': `${ours} ours.remove();`,
    'takes it away for ever': `new MutationObserver(() => document.querySelector("html > [popover=manual]")?.remove()).observe(document.documentElement, { childList: true }); ${ours} ours.remove();`,
    'moves it': `${ours} ours.style.cssText = "transform: translate(200px, 200px) !important";`,
    'hides it by style': `${ours} ours.style.setProperty("display", "none", "important");`,
    'hides it by attribute': `${ours} ours.hidden = true;`,
    'closes its popover': `${ours} ours.hidePopover();`,
    'takes its popover away': `${ours} ours.removeAttribute("popover");`,
    'makes it inert': `${ours} ours.inert = true;`,
    'moves it into an element of its own': `${ours} const box = document.createElement("div"); box.style.display = "none"; document.body.append(box); box.append(ours);`,
    'covers it by a popover': 'const cover = document.createElement("div"); cover.popover = "manual"; cover.style.cssText = "inset: 0; width: 100vw; height: 100vh; margin: 0; background: white"; document.body.append(cover); cover.showPopover();',
    'covers it again and again': 'setInterval(() => { const cover = document.createElement("div"); cover.popover = "manual"; cover.style.cssText = "inset: 0; width: 100vw; height: 100vh; margin: 0; background: white"; document.body.append(cover); cover.showPopover(); }, 50);',
    'opens a modal dialog': 'const dialog = document.createElement("dialog"); dialog.textContent = "Subscribe"; document.body.append(dialog); dialog.showModal();',
    'makes the root transparent': 'document.documentElement.style.opacity = "0.01";',
    'turns the root': 'document.documentElement.style.transform = "rotate(20deg)";',
    'filters the root': 'document.documentElement.style.filter = "blur(20px)";',
    'hides the root by content-visibility': 'document.documentElement.style.contentVisibility = "hidden";',
    'clones it': `${ours} document.body.append(ours.cloneNode(true));`,
  };
  // Those that leave the label as it was, since it can still be seen or is only dimmed with all the rest of the page, are not interference.
  const harmless = ['clones it'];
  describe('K02: the page', { concurrency: 6 }, () => {
    for (const [name, change] of Object.entries(tamperings)) {
      test(name, async () => {
        const page = await open(`${good}<script>globalThis.change = () => { ${change} };</script>`);
        const { label } = await labelled(page);
        await page.evaluate(() => globalThis.change());
        // For so long the page may go on.
        await pause(1500);
        const entry = await eventually(async () => {
          const seen = await automatic.labels.all(page);
          const { entries: [now] } = await automatic.view(page, answered);
          assert.equal(now.verdict.label, 'intact-known');
          const isWhereItWas = seen.some(({ name: said, x, y }) => said === label.name && Math.hypot(x - label.x, y - label.y) < 3);
          if (harmless.includes(name)) assert.ok(isWhereItWas && !now.interference);
          // It is where it was, or on the picture wherever that is and says that it is altered, or nowhere.
          const box = await page.evaluate(() => { const { x, y, width, height } = document.querySelector('#m').getBoundingClientRect(); return { x, y, width, height }; });
          for (const each of seen) assert.ok(isWhereItWas || (isOn(each, box) && /altered|cropped/.test(each.name)), `a label elsewhere: ${JSON.stringify(each)}`);
          // It is gone: then the popup says that the page interfered, or covers the picture. A dialog, and a root that is not painted, cover all.
          if (seen.length === 0 && !name.includes('root') && !name.includes('dialog')) assert.ok(now.interference || now.display === 'covered', 'the popup says why there is none');
          return now;
        });
        const { text } = await popupIsTrue(page);
        if (entry.interference) assert.match(text, /label/i);
        await page.close();
      });
    }
  });

  const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];

  test('K03: a click on a label that the reader cannot see opens nothing', async () => {
    const covers = {
      'a button with pointer-events none over it': 'const lure = document.createElement("div"); lure.popover = "manual"; lure.style.cssText = "inset: 0; width: 100vw; height: 100vh; margin: 0; background: white; pointer-events: none"; document.body.append(lure); setInterval(() => { lure.hidePopover(); lure.showPopover(); }, 20);',
      'a transparent root': 'document.documentElement.style.opacity = "0.02";',
    };
    for (const [name, cover] of Object.entries(covers)) {
      const page = await open(`${good}<script>globalThis.change = () => { ${cover} };</script>`);
      const { label } = await labelled(page);
      await page.evaluate(() => globalThis.change());
      await pause(400);
      await page.mouse.click(...middle(label));
      await pause(100);
      const count = await automatic.labels.panels(page).catch(() => 0);
      assert.equal(count, 0, name);
      await page.close();
    }
    // The same click where nothing covers it.
    const page = await open(good);
    await labelled(page);
    await automatic.labels.press(page, '#m');
    await page.close();
  });

  test('K04: clicks and keys of a page’s making are not heard', async () => {
    const page = await open(good);
    const { label } = await labelled(page);
    // Until now it could not have answered anybody.
    await automatic.labels.press(page, '#m');
    await page.keyboard.press('Escape');
    await eventually(async () => assert.equal(await automatic.labels.panels(page), 0));
    await page.evaluate(([x, y]) => {
      const target = document.elementFromPoint(x, y);
      const common = { bubbles: true, composed: true, cancelable: true, clientX: x, clientY: y, detail: 1, view: window };
      for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) target.dispatchEvent(new MouseEvent(type, common));
      target.click();
      target.focus();
      for (const key of ['Tab', 'Enter', ' ']) for (const type of ['keydown', 'keyup']) target.dispatchEvent(new KeyboardEvent(type, { ...common, key }));
    }, middle(label));
    // An answer would have come at once.
    assert.equal(await automatic.labels.panels(page), 0);
    await page.close();
  });

  test('K10, K11: the strings of a file are text, isolated and cut', async () => {
    const room = furnished(site).put('hostile.jpg', await readFile(labels.at('hostile.jpg')));
    const page = await open('<img id="m" src="hostile.jpg" alt="&lt;img src=x onerror=globalThis.ran=1&gt;\u202egpj.exe" width="400" height="300">', { room });
    const { view } = await labelled(page);
    await automatic.labels.press(page, '#m');
    await eventually(async () => assert.doesNotMatch(await automatic.labels.call(page, (root) => root.querySelector('[role=dialog]').textContent), /Reading the details/));
    const inPanel = await automatic.labels.call(page, (root) => {
      const panel = root.querySelector('[role=dialog]');
      return { strange: [...panel.querySelectorAll('script, iframe, img:not([src^="blob:"]), a, style, object, link')].map((element) => element.outerHTML), text: panel.textContent };
    });
    assert.deepEqual(inPanel.strange, []);
    assert.equal(await page.evaluate(() => globalThis.ran), undefined);
    const popup = await openPopup(automatic, page);
    await unfold(popup);
    const { strange, ran } = await popup.evaluate(() => ({ strange: [...document.querySelectorAll('script:not([src]), iframe, img[onerror], [onmouseover], object, a[href^="javascript:"], a[href^="http"]')].map((element) => element.outerHTML), ran: globalThis.ran }));
    assert.deepEqual(strange, []);
    assert.equal(ran, undefined);
    const { issuer } = view.entries[0].verdict;
    if (issuer) assert.ok(issuer.length <= 400);
    // Nothing of the file's stands outside an element that ends what it does to the direction of writing.
    const loose = await popup.evaluate((strings) => {
      const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const { nodeValue, parentElement } = walk.currentNode;
        if (strings.some((string) => nodeValue.includes(string)) && !parentElement.closest('bdi, [dir=auto], input, code')) found.push(nodeValue);
      }
      return found;
    }, hostileStrings.filter((string) => /[\u202a-\u202e\u2066-\u2069]/.test(string)));
    assert.deepEqual(loose, []);
    await popup.close();
    await page.close();
  });

  test('K12: a picture that a canvas redraws or that comes anew under its address keeps the address and the time of what was checked', async () => {
    const room = furnished(site);
    room.put('same.jpg', choose(({ query }) => (query.has('new') ? 1 : 0), [pictures['good.jpg'], { type: 'image/jpeg' }], [pictures['changed.jpg'], { type: 'image/jpeg' }]));
    let isNew = false;
    room.put('turning.jpg', choose(() => (isNew ? 1 : 0), [pictures['good.jpg'], { type: 'image/jpeg' }], [pictures['none.jpg'], { type: 'image/jpeg' }]));
    const page = await open('<img id="m" src="turning.jpg" width="400" height="260">', { room });
    const { view: { entries: [before] } } = await labelled(page);
    await automatic.labels.press(page, '#m');
    const panel = await automatic.labels.call(page, (root) => root.querySelector('[role=dialog]').innerText);
    assert.match(panel, /turning\.jpg/, 'the address that was checked');
    assert.ok(Math.abs(before.verdict.at - Date.now()) < 2 * patience, 'when it was checked');
    isNew = true;
    await automatic.tell({ kind: 'check', tab: page.tab, frame: before.frame, ids: [before.id] });
    const { entries: [after_] } = await automatic.view(page, ({ entries: [entry] }) => entry.phase === 'answered' && entry.verdict.at > before.verdict.at);
    assert.ok(after_.verdict.label === 'none' || after_.sameness === 'other', 'checked again, it is the new bytes that are told of');
    await page.close();
  });

  describe('side by side', { concurrency: 4 }, () => {
    test('K05: messages of a page reach nobody', async () => {
      const page = await open('<img id="m" src="none.jpg" width="400" height="260"><iframe src="lies.html"></iframe>', {
        room: furnished(site).put('lies.html', '<!doctype html><script>for (const to of [parent, top]) to.postMessage({ kind: "verdict", id: 1, own: 1, verdict: { label: "intact-known", sentence: "Unchanged" } }, "*");</script>'),
      });
      const first = await automatic.view(page, answered);
      const reach = await page.evaluate(async (id) => {
        const verdict = { label: 'intact-known', sentence: 'Unchanged since X signed it.', lines: [], digest: null, length: 1, size: null, issuer: 'X', obstacle: null, remote: null, at: 1 };
        for (const message of [
          { kind: 'verdict', id: 1, own: 1, verdict }, { to: 'engine', kind: 'menu', tab: 1, frame: 0, what: 'check-all' }, { to: 'background', kind: 'badge', tab: 1, badge: { withCredentials: 9, broken: 0 } }, { kind: 'shown', id: 1, sameness: 'own-bytes' },
        ]) {
          window.postMessage(message, '*');
          document.dispatchEvent(new CustomEvent('message', { detail: message }));
          document.documentElement.dispatchEvent(new MessageEvent('message', { data: message }));
          new BroadcastChannel('frame').postMessage(message);
        }
        try {
          await chrome.runtime.sendMessage(id, { to: 'background', kind: 'wake' });
          return 'answered';
        } catch (fault) {
          return String(fault);
        }
      }, automatic.id);
      assert.match(reach, /TypeError|Could not establish|undefined/);
      // What came later has its label.
      await addLater(page);
      await automatic.labels.wait(page, '#later');
      const { entries } = await automatic.view(page, (view) => view.entries.length === 2 && answered(view));
      assert.deepEqual(entries.map(({ verdict }) => verdict.label), ['none', 'intact-known']);
      assert.equal(entries[0].sameness, first.entries[0].sameness);
      await countLabels(automatic.labels, page, 1);
      await page.close();
    });

    test('K06: another extension gets no answer', async () => {
      const manifest = await automatic.worker().evaluate(() => chrome.runtime.getManifest());
      assert.equal(manifest.externally_connectable, undefined);
      const other = automatic.context.serviceWorkers().find((worker) => !worker.url().includes(automatic.id)) ?? await automatic.context.waitForEvent('serviceworker');
      const said = await other.evaluate(async (id) => {
        const tried = [];
        for (const message of [{ to: 'background', kind: 'wake' }, { to: 'background', kind: 'settings' }, { to: 'engine', kind: 'menu', tab: 1, frame: 0, what: 'check-all' }])
          tried.push(await chrome.runtime.sendMessage(id, message).then((answer) => `answered ${JSON.stringify(answer)}`, () => 'nobody'));
        for (const name of ['frame', 'view']) {
          tried.push(await new Promise((resolve) => {
            const port = chrome.runtime.connect(id, { name });
            port.onMessage.addListener((message) => resolve(`told ${JSON.stringify(message)}`));
            port.onDisconnect.addListener(() => resolve(chrome.runtime.lastError ? 'nobody' : 'hung up'));
            try {
              port.postMessage({ kind: 'watch', tab: 1 });
            } catch {
              resolve('nobody');
            }
            setTimeout(() => resolve('silence'), 1000);
          }));
        }
        return tried;
      }, automatic.id);
      for (const each of said) assert.doesNotMatch(each, /answered (?!undefined|null)|told/, said.join('; '));
    });

    test('K07: a page reaches none of our files', async () => {
      const page = await open(good);
      await labelled(page);
      const reached = await page.evaluate(async (id) => {
        const seen = [];
        for (const name of ['content.js', 'popup.html', 'help.html', 'manifest.json', 'icons/48.png', 'engine/browser/worker.js', 'defaults.json']) {
          const url = `chrome-extension://${id}/${name}`;
          seen.push(await fetch(url).then(() => name, () => null));
          seen.push(await new Promise((resolve) => {
            const image = new Image();
            image.onload = () => resolve(name);
            image.onerror = () => resolve(null);
            image.src = url;
          }));
        }
        const frame = document.createElement('iframe');
        frame.src = `chrome-extension://${id}/popup.html`;
        // A frame that may not load what it should loads an error.
        const isLoaded = new Promise((resolve) => frame.addEventListener('load', resolve));
        document.body.append(frame);
        await isLoaded;
        return seen.filter((name) => name !== null);
      }, automatic.id);
      assert.deepEqual(reached, []);
      assert.ok(!page.frames().some((frame) => frame.url().endsWith('popup.html') && frame.url().startsWith('chrome-extension:')));
      const { web_accessible_resources: open_ = [] } = await automatic.worker().evaluate(() => chrome.runtime.getManifest());
      assert.deepEqual(open_, []);
      await page.close();
    });

    test('K08: prototypes that the page changed are not ours', async () => {
      const page = await open(good, {
        head: `<script>globalThis.called = [];
          for (const [name, proto] of Object.entries({ Element: Element.prototype, Document: Document.prototype, Node: Node.prototype, Array: Array.prototype, Promise: Promise.prototype, String: String.prototype, Map: Map.prototype, JSON, window: globalThis })) {
            for (const key of ['attachShadow', 'getBoundingClientRect', 'querySelectorAll', 'append', 'appendChild', 'map', 'then', 'stringify', 'parse', 'fetch', 'set', 'get', 'setAttribute', 'textContent', 'createElement', 'createElementNS', 'elementFromPoint', 'getComputedStyle']) {
              const found = Object.getOwnPropertyDescriptor(proto, key);
              if (!found?.value || !found.writable) continue;
              const real = found.value;
              proto[key] = function (...given) { const stack = new Error().stack; if (stack.includes('chrome-extension')) globalThis.called.push(name + '.' + key); return real.apply(this, given); };
            }
          }
          HTMLImageElement.prototype.__defineGetter__('currentSrc', () => 'https://elsewhere.example/lie.jpg');
          HTMLImageElement.prototype.__defineGetter__('naturalWidth', () => 1);</script>`,
      });
      const { view, label } = await labelled(page);
      assert.ok(view.entries[0].url.endsWith('/good.jpg'));
      assert.deepEqual(view.entries[0].natural, { width: 400, height: 260 });
      assert.ok(label.name.includes(view.entries[0].verdict.sentence));
      assert.deepEqual(await page.evaluate(() => globalThis.called), []);
      await page.close();
    });

    test('K09: our root is not among those that a page sees made', async () => {
      const page = await open(good, {
        head: '<script>globalThis.roots = []; const attach = Element.prototype.attachShadow; Element.prototype.attachShadow = function (how) { const root = attach.call(this, { ...how, mode: "open" }); globalThis.roots.push(this.outerHTML); return root; };</script>',
      });
      await labelled(page);
      const { roots, open: opened } = await page.evaluate(() => ({ roots: globalThis.roots, open: [...document.querySelectorAll('*')].filter((element) => element.shadowRoot !== null).length }));
      assert.deepEqual(roots, []);
      assert.equal(opened, 0);
      await page.close();
    });

    test('K14: what is not the whole picture is said to be cropped or altered, or has no label', async () => {
      const styles = {
        cropped: ['object-fit: cover; height: 100px', 'object-fit: none; width: 200px', 'object-view-box: inset(10% 50% 10% 0)', 'clip-path: circle(30%)', 'object-fit: cover; width: 100px', 'mask: linear-gradient(90deg, black 40%, transparent 40%)'],
        altered: ['transform: scaleX(-1)', 'transform: rotate(180deg)', 'filter: grayscale(1) contrast(3)', 'mix-blend-mode: difference', 'width: 900px; height: 100px; object-fit: fill'],
      };
      const page = await open([...Object.entries(styles)].flatMap(([kind, all]) => all.map((style, i) => `<div style="height: 270px; overflow: visible"><img id="${kind}${i}" src="good.jpg" width="400" height="260" style="margin: 0; ${style}"></div>`)).join(''));
      await page.setViewportSize({ width: 1000, height: 3600 });
      await automatic.view(page, (view) => view.entries.length === 11 && answered(view) && view.entries.every(({ display }) => display !== 'whole'));
      for (const label of await automatic.labels.all(page)) assert.match(label.name, /crop|alter|part/i);
      await page.close();
      const sprite = await open('<style>.s { width: 100px; height: 100px; background: url(good.jpg) -50px -50px }</style><div class="s" id="m"></div><svg width="200" height="100" viewBox="0 0 200 100"><image href="good.jpg" width="400" height="260"/></svg>');
      const view = await automatic.view(sprite, ({ entries: all }) => all.length === 2);
      await automatic.tell({ kind: 'check-all', tab: sprite.tab });
      assert.deepEqual(view.entries.map(({ kind }) => kind).sort(), ['background', 'svg-image']);
      await automatic.view(sprite, (seen) => seen.entries.length === 2 && answered(seen) && seen.entries.every(({ display }) => display !== 'whole'));
      await sprite.close();
    });

    test('K15: under text or another picture there is no label, and the popup opens the file that was checked', async () => {
      const page = await open(`<div style="position: relative; width: 400px; height: 260px">${good.replace('>', ' style="margin: 0">')}<p style="position: absolute; inset: 30px 0 60px 0; margin: 0; background: #fffc; font-size: 40px">NOT WHAT HE SAID, AND NEVER WAS</p></div>`);
      const { entries: [entry] } = await automatic.view(page, (view) => answered(view) && view.entries[0].display === 'covered');
      assert.deepEqual(await automatic.labels.all(page), []);
      const { url, digest } = await automatic.ask({ kind: 'bytes', tab: page.tab, frame: entry.frame, id: entry.id });
      assert.match(url, /^blob:chrome-extension:/);
      assert.equal(digest, sha256(pictures['good.jpg']));
      const bytes = await (await automatic.listener()).evaluate(async (address) => { const buffer = await (await fetch(address)).arrayBuffer(); return [...new Uint8Array(await crypto.subtle.digest('SHA-256', buffer))].map((byte) => byte.toString(16).padStart(2, '0')).join(''); }, url);
      assert.equal(bytes, digest);
      const { text } = await popupIsTrue(page);
      assert.match(text, /covered/i);
      await page.close();
    });

    test('K16, K17: nothing is asked for and nothing sent before the reader asks', async () => {
      const room = furnished(site);
      const elsewhere = (await readFile(labels.at('not-checked.jpg'))).toString('latin1');
      const address = 'https://example.org/elsewhere.c2pa';
      const own = room.url('r', 'cdn.example').padEnd(address.length, 'x');
      assert.equal(own.length, address.length);
      assert.ok(elsewhere.includes(address));
      room.put('elsewhere.jpg', Buffer.from(elsewhere.replaceAll(address, own), 'latin1'));
      room.put('inner.html', `<!doctype html>${good}`);
      const body = `${good}<img src="${room.url(`good.jpg?user=17`, 'cdn.example')}" width="400" height="260"><img src="elsewhere.jpg" width="400" height="260">
        <video poster="ai.jpg" width="400" height="260"></video><div style="background: url(changed.jpg); width: 400px; height: 260px"></div><iframe src="${room.url('inner.html', 'other.example')}" width="500" height="320"></iframe>`;
      const url = room.page('page.html', body, { headers: { 'Set-Cookie': 'who=17; Path=/' } });
      const said = (from) => room.log().slice(from).map(({ method, host, path: where }) => `${method} ${host}${where}`).sort();
      const plainBrowser = await launchPlain();
      const view = await plainBrowser.context.newPage();
      await view.goto(url, { waitUntil: 'networkidle' });
      const without = said(0);
      await plainBrowser.close();
      const start = room.log().length;
      const page = await demand.open(url, { wait: 'networkidle' });
      assert.deepEqual(said(start), without, 'without the reader the extension asks for nothing');
      const popup = await openPopup(demand, page, ({ rows }) => rows.length >= 6);
      const { entries } = await demand.view(page, (seen) => seen.entries.length === 6);
      await pause(1000);
      assert.deepEqual(said(start), without, 'not for the list of what is there either');
      assert.ok(entries.every(({ phase }) => phase === 'unasked'));
      assert.equal((await demand.view(page, () => true)).isLate, true);
      const asked = room.log().length;
      await demand.tell({ kind: 'check-all', tab: page.tab });
      const { entries: all } = await demand.view(page, (seen) => seen.entries.length === 6 && seen.entries.every(({ phase }) => phase === 'answered'));
      const byUs = room.log().slice(asked);
      for (const { method, host, headers, path: where } of byUs) {
        assert.equal(method, 'GET');
        assert.ok(!headers.referer, `${where} with a referrer`);
        if (host !== 'news.example' && !where.endsWith('inner.html')) assert.ok(!headers.cookie, `${where} with a cookie`);
      }
      assert.ok(!byUs.some(({ path: where }) => `http://cdn.example:${site.port}${where}` === own), 'the manifest elsewhere is not asked for');
      assert.equal(all.find((entry) => entry.url.endsWith('/elsewhere.jpg')).verdict.label, 'not-checked');
      assert.equal(room.log().filter(({ method }) => method !== 'GET').length, 0, 'nothing is sent');
      await popup.close();
      await page.close();
    });

    test('K18: of 10,000 pictures only those in sight are asked for', async () => {
      const room = furnished(site);
      const page = await open(Array.from({ length: 10_000 }, (_, i) => `<img src="none.jpg?${i}" loading="lazy" width="100" height="65" style="display: inline-block; margin: 0">`).join(''), { room });
      const { entries, left } = await automatic.view(page, (view) => view.entries.some(({ phase }) => phase === 'answered') && view.entries.every(({ phase }) => phase === 'answered' || phase === 'unasked'));
      const checked = entries.filter(({ phase }) => phase !== 'unasked').length;
      assert.ok(checked < 1500, `${checked} of ${entries.length} checked`);
      assert.ok(entries.length + left > 0);
      await page.close();
    });

    test('K18: a picture beyond 32 MiB is not read unasked, and is when the reader asks', async () => {
      const room = furnished(site).put('large.jpg', Buffer.concat([pictures['good.jpg'], Buffer.alloc(33 << 20)]));
      const page = await open('<img id="m" src="large.jpg" width="400" height="260">', { room });
      const { entries: [entry] } = await automatic.view(page, answered);
      assert.equal(entry.verdict.obstacle, 'too-large');
      assert.equal(entry.verdict.label, 'not-checked');
      await automatic.tell({ kind: 'check', tab: page.tab, frame: entry.frame, ids: [entry.id] });
      const { entries: [again] } = await automatic.view(page, (view) => view.entries[0].phase === 'answered' && view.entries[0].verdict.obstacle === null);
      assert.equal(again.verdict.label, 'broken', 'bytes behind the end are not covered');
      await page.close();
    });

    test('K22: the permissions are these and no more', async () => {
      const manifest = JSON.parse(await readFile(inRepository('artifacts/extension/chromium/manifest.json'), 'utf8'));
      assert.deepEqual([...manifest.permissions].sort(), ['activeTab', 'contextMenus', 'offscreen', 'scripting', 'sidePanel', 'storage']);
      assert.deepEqual(manifest.optional_host_permissions, ['*://*/*']);
      assert.equal(manifest.host_permissions, undefined);
      assert.equal(manifest.content_scripts, undefined);
      const { script, objects } = Object.fromEntries(manifest.content_security_policy.extension_pages.split(';').map((each) => each.trim().split(/ (.*)/)).map(([name, value]) => [{ 'script-src': 'script', 'object-src': 'objects' }[name] ?? name, value]));
      assert.equal(script, "'self' 'wasm-unsafe-eval'");
      assert.equal(objects, "'none'");
    });

    test('K23: nothing of the page’s own elements changes', async () => {
      const page = await open(`<figure>${good}<img class="cr-pin" src="plain.png" width="70" height="70" alt="CR"></figure><video poster="ai.jpg" width="400" height="260"></video><div class="bg" style="background:url(good.jpg);width:300px;height:200px"></div>`, {
        head: '<script>globalThis.changes = []; addEventListener("DOMContentLoaded", () => new MutationObserver((all) => { for (const each of all) globalThis.changes.push(each.type + " " + each.target.nodeName + " " + each.attributeName); }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true }));</script>',
      });
      await labelled(page);
      const { changes, own, added } = await page.evaluate(() => ({
        changes: globalThis.changes, own: [...document.querySelectorAll('body *')].map((element) => element.nodeName).join(), added: [...document.documentElement.children].map((element) => element.nodeName).sort().join(),
      }));
      assert.deepEqual(changes, []);
      assert.equal(own, 'FIGURE,IMG,IMG,VIDEO,DIV');
      assert.equal(added, 'BODY,DIV,HEAD', 'one element of ours');
      await page.close();
    });

    test('K25: a redirect, and a private address, are left alone', async () => {
      const room = furnished(site);
      const inside = room.url('good.jpg?router', '127.0.0.1');
      room.put('leads.jpg', redirect(inside));
      room.put('moved.jpg', redirect(room.url('ai.jpg', 'cdn.example')));
      const page = await open(`<img id="a" src="${room.url('leads.jpg', 'cdn.example')}" width="400" height="260"><img id="b" src="${inside}" width="400" height="260"><img id="c" src="${room.url('moved.jpg', 'cdn.example')}" width="400" height="260">`, { room });
      const { entries } = await automatic.view(page, (view) => view.entries.length === 3 && answered(view));
      const obstacle = (end) => entries.find((entry) => entry.url.endsWith(end)).verdict.obstacle;
      assert.equal(obstacle('leads.jpg'), 'redirect');
      assert.equal(obstacle('router'), 'private-address');
      assert.equal(obstacle('moved.jpg'), 'redirect');
      const toRouter = room.log().filter(({ host }) => host === '127.0.0.1');
      assert.ok(toRouter.length <= 2, `the page’s own two requests, and not ${toRouter.length}`);
      await page.close();
    });

    test('K26: the popup names the real origin and the digest', async () => {
      const room = furnished(site);
      const page = await open(`<h1>bbc.example</h1>${good.replace('good.jpg', room.url('good.jpg'))}`, { room, head: '<script>document.title = "Provenance: intact"; history.replaceState(null, "", "/https:/bbc.example/");</script>' });
      await automatic.view(page, answered);
      const popup = await openPopup(automatic, page);
      await unfold(popup);
      const { origin, text } = await readPopup(popup, (seen) => seen.text.includes(sha256(pictures['good.jpg']).slice(0, 8)));
      assert.match(origin, /^(http:\/\/)?news\.example(:\d+)?$/);
      assert.doesNotMatch(text.split('\n')[0], /bbc/);
      await popup.close();
      await page.close();
    });
  });
});

/** An extension of somebody else's. */
async function otherExtension() {
  const folder = await mkdtemp(path.join(tmpdir(), 'provenance-other-'));
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify({ manifest_version: 3, name: 'Other', version: '1', background: { service_worker: 'worker.js' } }));
  await writeFile(path.join(folder, 'worker.js'), 'chrome.runtime.onInstalled.addListener(() => {});');
  return folder;
}
