// The verify page in Firefox: less than in Chromium, and what browsers do differently.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { isAbsent, launch } from './browsers.mjs';
import { provenance } from './command-line.mjs';
import { eventually, patience } from './eventually.mjs';
import { file, hand, sample, samplePath, takesFiles } from './files.mjs';
import { servePage } from './page-server.mjs';
import { png } from './png.mjs';
import { inRepository } from './repository.mjs';
import { words } from './verify-page.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('the page in Firefox', { skip: isAbsent('firefox'), timeout: 15 * patience }, () => {
  let server, firefox;
  before(async () => {
    server = await servePage();
    firefox = await launch.firefox();
  });
  after(async () => {
    await firefox?.close();
    await server?.close();
  });

  /** A check on a page of its own, which complains about nothing and asks nobody else. */
  const check = (name, what, allowed) => test(name, async () => {
    const view = await firefox.browser.newPage();
    view.setDefaultTimeout(patience);
    const asked = [], complaints = [];
    view.on('request', (request) => asked.push(request.url()));
    view.on('console', (message) => ['error', 'warn'].includes(message.type()) && complaints.push(message.text()));
    view.on('pageerror', (error) => complaints.push(String(error)));
    await view.evaluateOnNewDocument(() => addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
    try {
      await view.goto(server.origin);
      await view.waitForSelector('h1');
      await view.waitForFunction(takesFiles);
      // A page of this browser speaks its language; the tests speak English.
      await click(view, 'English');
      await what(view, complaints);
      assert.deepEqual(complaints.filter((complaint) => !allowed?.test(complaint)), []);
      assert.deepEqual(asked.filter((url) => !url.startsWith(`${server.origin}/`) && !/^(blob|data):/.test(url)), []);
    } finally {
      await view.close();
    }
  });

  async function click(view, name) {
    await view.waitForFunction((wanted) => {
      const found = [...document.querySelectorAll('button, summary, [role=tab]')].find((button) => button.checkVisibility() && button.innerText.trim() === wanted);
      found?.focus();
      found?.click();
      return found !== undefined;
    }, {}, name);
  }

  async function label(view) {
    await view.waitForSelector('.facts[aria-busy=false]');
    return view.$eval('.answer .label', (element) => element.dataset.label);
  }

  const told = (view, selector, text) => view.waitForFunction((where, wanted) => [...document.querySelectorAll(where)].some((element) => element.innerText.includes(wanted)), {}, selector, text);
  const drop = (view, ...files) => view.evaluate(hand, { manner: 'drop', files });

  check('files are dropped, pasted and chosen', async (view) => {
    assert.equal(await drop(view, await sample('good.jpg')), true);
    assert.equal(await label(view), 'intact-unknown-issuer');
    await view.waitForFunction(() => document.activeElement.id === 'answer-sentence');
    assert.equal(await view.evaluate(hand, { manner: 'paste', files: [await sample('changed.jpg')] }), true);
    await told(view, '.answer h2', 'changed.jpg');
    assert.equal(await label(view), 'broken');
    await (await view.$('.more-intake input')).uploadFile(samplePath('none.jpg'));
    await told(view, '.answer h2', 'none.jpg');
    assert.equal(await label(view), 'none');
    assert.equal((await view.$$('.file')).length, 3);
  });

  check('an example is answered in both languages, and kept as data', async (view) => {
    await click(view, words.en['sample.good']);
    assert.equal(await label(view), 'intact-known');
    await click(view, '한국어');
    await view.waitForSelector('.facts[lang=ko]');
    await told(view, '.sentence', '서명 이후 변경되지 않음 · 발급: Example Newsroom');
    await view.evaluate(() => {
      globalThis.saved = [];
      const made = URL.createObjectURL;
      URL.createObjectURL = (blob) => {
        globalThis.saved.push(blob);
        return made.call(URL, blob);
      };
      HTMLAnchorElement.prototype.click = () => undefined;
    });
    await click(view, words.ko['action.download-json']);
    await view.waitForFunction(() => globalThis.saved.length === 1);
    const json = await view.evaluate(() => globalThis.saved[0].text());
    const samples = inRepository('artifacts/page/samples');
    const { output } = await provenance(['verify', '--format', 'json', '--digest', '--validation-time', JSON.parse(json).policy.time,
      '--trust-anchors', `${samples}/example-issuers.pem`, '--tsa-anchors', `${samples}/example-time-stampers.pem`, `${samples}/photograph-cropped-in-a-newsroom.jpg`]);
    assert.ok(json === output.replace(/^\{"file":"[^"]*",/, '{'), 'not the line of the command line');
  });

  check('two pictures are compared', async (view) => {
    const colours = (x, y) => [(x * 5) & 255, (y * 7) & 255, 90, 255];
    const changed = (x, y) => (x === 40 && y === 12 ? [0, 84, 90 ^ 8, 255].map((value, channel) => (channel === 0 ? (40 * 5) & 255 : value)) : colours(x, y));
    await drop(view, file('one.png', png(64, 48, colours), 'image/png'), file('other.png', png(64, 48, changed), 'image/png'));
    await label(view);
    await click(view, words.en['action.compare-file']);
    await click(view, 'other.png');
    await click(view, words.en['comparison.slider']);
    await (await view.waitForSelector('[role=tabpanel] input[type=range]')).focus();
    await view.keyboard.press('ArrowLeft');
    await view.waitForSelector('input[type=range][aria-valuetext="49 % left picture, 51 % right picture"]');
    await click(view, words.en['comparison.map']);
    await told(view, '.compare-count', '1 of 3,072 pixels differs; the difference is 8 of 255.');
    await view.keyboard.press('Escape');
    await view.waitForFunction((name) => document.activeElement.textContent === name, {}, words.en['action.compare-file']);
  });

  check('a list makes an issuer known', async (view) => {
    await drop(view, await sample('good.jpg'));
    await label(view);
    await click(view, words.en.settings);
    await (await view.waitForSelector('.add-list input[type=file]')).uploadFile(samplePath('anchors.pem'));
    await told(view, '.list-name', 'anchors.pem');
    await view.keyboard.press('Escape');
    await view.waitForSelector('[data-label=intact-known]');
  });

  check('axe finds nothing', async (view) => {
    const violations = async () => {
      await view.evaluate(axe);
      return view.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.target)}`));
    };
    assert.deepEqual(await violations(), []);
    await click(view, words.en['sample.good']);
    await label(view);
    assert.deepEqual(await violations(), []);
    await view.setViewport({ width: 320, height: 640 });
    await view.waitForFunction(() => innerWidth === 320);
    assert.deepEqual(await violations(), []);
    assert.equal(await view.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), true);
  });

  // The checks above would prove nothing if this went unseen.
  check('others cannot be asked, and these tests see it', async (view, complaints) => {
    assert.equal(await view.evaluate(() => fetch('https://elsewhere.example/').then(() => 'asked', () => 'refused')), 'refused');
    await eventually(() => assert.ok(complaints.some((complaint) => complaint.startsWith('policy: connect-src')), `${complaints}`));
  }, /policy|Content-Security-Policy|NetworkError/);
});
