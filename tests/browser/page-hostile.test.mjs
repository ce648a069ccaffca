// The verify page under attack, and in trouble: files that want to be more than files, far too many of them, and an engine that is not there.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before } from 'node:test';
import { eventually } from './eventually.mjs';
import { file, hostileStrings, labelFiles, sample, samplePath } from './files.mjs';
import { inRepository } from './repository.mjs';
import { farHost, inChromium, words } from './verify-page.mjs';

inChromium('hostile files', (check) => {
  let made;
  before(async () => (made = await labelFiles()));
  after(() => made?.remove());

  /** Whether words of a file became more than words. */
  async function assertHarmless(page) {
    const { view } = page;
    assert.equal(await view.evaluate(() => globalThis.ran), undefined);
    assert.deepEqual(await view.evaluate(() => [...document.querySelectorAll('script:not([src]), iframe, object, embed, form:not(.link-form), [onerror], [onload], [onclick], [style*=url]')].map((element) => element.outerHTML)), []);
    assert.deepEqual(await view.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))), ['#answer-name']);
  }

  /** Characters that turn the direction of writing stay inside an element that isolates them. */
  const leaking = (page) => page.view.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(node.data) && node.parentElement.closest('bdi') === null) found.push(node.data);
    }
    return found;
  });

  check('names are names', {}, async (page) => {
    const good = await sample('good.jpg');
    await page.drop(...hostileStrings.map((name) => ({ ...good, name })));
    await page.told('[role=status]', `${hostileStrings.length} of ${hostileStrings.length} files looked at.`);
    const shown = await page.view.locator('.file-name').allInnerTexts();
    assert.equal(shown.length, hostileStrings.length);
    assert.equal(shown[0], hostileStrings[0]);
    for (let i = 0; i < hostileStrings.length; i++) await page.view.locator('.file-open').nth(i).click();
    await page.label();
    await assertHarmless(page);
    assert.deepEqual(await leaking(page), []);
    await page.resize({ width: 320, height: 640 });
    assert.deepEqual(await page.view.evaluate(() => document.documentElement.scrollWidth), 320);
  });

  check('words of a credential are words', {}, async (page) => {
    const { view } = page;
    await page.button(words.en.settings).click();
    await page.addList(made.at('anchors.pem'));
    await page.closePanel();
    await page.open(made.at('hostile.jpg'));
    assert.equal(await page.label(), 'intact-known');
    await view.locator('.technical details').evaluateAll((folded) => folded.forEach((one) => (one.open = true)));
    await view.locator('.boxes').waitFor();
    assert.ok((await view.locator('main').innerText()).includes('<img src=x onerror='), 'the words are shown');
    await assertHarmless(page);
    assert.deepEqual(await leaking(page), []);
    assert.deepEqual(await page.axe(), []);
    await page.resize({ width: 320, height: 640 });
    assert.deepEqual(await view.evaluate(() => document.documentElement.scrollWidth), 320);
    await page.button('한국어').click();
    await view.locator('.facts[lang=ko]').waitFor();
    await assertHarmless(page);
  });

  check('a picture that holds a program is drawn, and the program does not run', {}, async (page) => {
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" width="40" height="30" onload="globalThis.ran=1;fetch(\'/ran\')">'
      + '<script>globalThis.ran=1;fetch("/ran")</script><image x:href="https://elsewhere.example/x.png" width="9" height="9"/><image href="/ran" width="9" height="9"/>'
      + '<foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="/ran"/></foreignObject><rect width="40" height="30"/></svg>';
    await page.drop(file('drawing.svg', drawing, 'image/svg+xml'));
    assert.equal(await page.label(), 'none');
    await page.view.waitForFunction(() => document.querySelector('img.media')?.naturalWidth === 40);
    await assertHarmless(page);
    assert.deepEqual(page.asked().filter((asked) => /ran|elsewhere/.test(asked)), []);
  });

  check('a page that calls itself a picture is not shown as a page', {}, async (page) => {
    await page.drop(file('a.jpg', '<!doctype html><script>globalThis.ran=1</script><h1>hello</h1>', 'text/html'));
    await page.label();
    await assertHarmless(page);
    assert.equal(await page.view.locator('h1', { hasText: 'hello' }).count(), 0);
  });

  check('an empty file has an answer', {}, async (page) => {
    await page.drop(file('empty.jpg', ''));
    assert.equal(await page.label(), 'unreadable');
    assert.match(await page.view.locator('.facts').innerText(), /the file is empty/i);
  });

  check('two hundred at once', {}, async (page) => {
    const none = await sample('none.jpg');
    await page.drop(...Array.from({ length: 200 }, (_, i) => ({ ...none, name: `${i}.jpg` })));
    await page.told('[role=status]', '200 of 200 files looked at.');
    assert.equal(await page.view.locator('.file').count(), 200);
    await page.view.locator('.file-open').last().click();
    assert.equal(await page.label(), 'none');
    assert.equal(await page.view.locator('h2', { hasText: '199.jpg' }).count(), 1);
  });
});

inChromium('an engine in trouble', (check) => {
  const loading = /VerifierError|load-failed|integrity|Failed to load|WebAssembly|ERR_FAILED|MONO_WASM|Failed to fetch|TypeError/;

  for (const part of ['engine/dotnet.native.wasm', 'engine/assemblies.bin', 'worker.js']) {
    check(`${part} is missing: it is told, with what to do`, {
      allowed: loading, prepare: (context) => context.route(`**/engine/browser/${part}`, (route) => route.abort()),
    }, async (page) => {
      await page.told('[role=alert]', words.en['error.engine']);
      await page.choose(samplePath('good.jpg'));
      await page.told('.failed', words.en['error.engine']);
    });
  }

  check('a part of it was changed on the way: it does not start', {
    allowed: loading,
    prepare: async (context) => {
      const bytes = await readFile(inRepository('artifacts/page/engine/browser/engine/assemblies.bin'));
      bytes[bytes.length >> 1] ^= 1;
      await context.route('**/engine/browser/engine/assemblies.bin', (route) => route.fulfill({ body: bytes, contentType: 'application/octet-stream' }));
    },
  }, async (page) => page.told('[role=alert]', words.en['error.engine']));

  check('what follows the verdict is missing: the sentence stands all the same', {
    allowed: loading, prepare: (context) => context.route('**/engine/browser-metadata/**', (route) => route.abort()),
  }, async (page) => {
    await page.choose(samplePath('changed.jpg'));
    await page.told('.facts', words.en['answer.no-more']);
    await page.told('[data-label=broken]', /does not match its credential/);
  });

  check('a page that came in the clear cannot check signatures, and says so', { host: farHost, allowed: /Cross-Origin-Opener-Policy/ }, async (page) => {
    await page.told('[role=alert]', words.en['error.insecure']);
    await page.choose(samplePath('good.jpg'));
    await page.told('.failed', words.en['error.insecure']);
  });

  check('no WebAssembly: the browser is too old', { prepare: (context) => context.addInitScript(() => delete globalThis.WebAssembly) }, async (page) => {
    await page.told('[role=alert]', words.en['error.old']);
  });
});

inChromium('what the page asks for', (check) => {
  check('is the page, its engine and its examples, and nothing more for anything that is done on it', {}, async (page) => {
    const { view } = page;
    await page.open(samplePath('good.jpg'));
    const atFirst = page.asked();
    const kinds = [/^\/$/, /^\/assets\/[\w-]+\.(js|css)$/, /^\/icon\.svg$/, /^\/trust\.json$/, /^\/samples\/[\w-]+\.jpg$/, /^\/engine\/browser\/(worker|errors)\.js$/, /^\/engine\/browser\/engine\/[\w.]+$/, /^\/engine\/browser-metadata\/assemblies\.bin$/];
    assert.deepEqual(atFirst.filter((path) => !kinds.some((kind) => kind.test(path))), []);
    for (const kind of kinds.slice(0, 4)) assert.ok(atFirst.some((path) => kind.test(path)), `${kind} of ${atFirst}`);

    await page.open(samplePath('none.jpg'));
    await page.button('한국어').click();
    await view.locator('.facts[lang=ko]').waitFor();
    await page.button('English').click();
    for (const save of ['action.download-html', 'action.download-json']) await Promise.all([view.waitForEvent('download'), page.button(words.en[save]).click()]);
    await view.getByText(words.en['boxes.title']).click();
    await view.locator('.boxes').waitFor();
    await page.button(words.en.settings).click();
    await page.addList(samplePath('anchors.pem'));
    await page.closePanel();
    await page.label();
    assert.deepEqual(page.asked().slice(atFirst.length), []);

    // The comparison's worker is a file of the page, asked for when it is wanted.
    await page.button(words.en['action.compare-file']).click();
    await view.locator('dialog').getByRole('button', { name: 'good.jpg' }).click();
    await view.getByRole('tab', { name: words.en['comparison.map'] }).click();
    await page.told('.compare-count', 'None of the 104,000 pixels differs.');
    assert.match(page.asked().slice(atFirst.length).join(), /^\/assets\/difference\.worker-[\w-]+\.js$/);
  });

  // The checks above would prove nothing if these went unseen.
  check('could not be asked of others: the policy forbids it, and these tests see that', {
    allowed: /policy|Content Security Policy|Refused|violates|Fetch API/, elsewhere: ['GET https://elsewhere.example/x.png'],
  }, async (page) => {
    const { view, complaints } = page;
    const tried = await view.evaluate(async () => {
      const told = [];
      await fetch('https://elsewhere.example/').catch(() => told.push('fetch'));
      const script = document.createElement('script');
      script.textContent = 'globalThis.ran = 1';
      document.head.append(script);
      const picture = new Image();
      await new Promise((done) => {
        picture.onerror = done;
        picture.src = 'https://elsewhere.example/x.png';
      });
      told.push('picture');
      try {
        globalThis.eval('globalThis.ran = 1');
      } catch {
        told.push('eval');
      }
      return [...told, globalThis.ran];
    });
    assert.deepEqual(tried, ['fetch', 'picture', 'eval', undefined]);
    await eventually(() => {
      for (const directive of ['connect-src', 'script-src', 'img-src']) assert.ok(complaints.some((complaint) => complaint.startsWith(`policy: ${directive}`)), `${directive} of ${complaints}`);
    });
  });
});
