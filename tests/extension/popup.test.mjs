// The popup and the panel as they are built, with a browser and an engine that the test plays.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { counts, eventually, says } from '../browser/eventually.mjs';
import { hostileStrings, samplePath } from '../browser/files.mjs';
import { shared, sharedIsAbsent } from '../browser/repository.mjs';
import { answered, everything, many, unasked, unreached, usual, verdict, view } from './fixtures/views.mjs';
import { sizes, withPages, words } from './popup-page.mjs';

const looks = {
  'light': { colorScheme: 'light' },
  'dark': { colorScheme: 'dark' },
  'forced colours': { colorScheme: 'light', forcedColors: 'active' },
};

/** Runs in the page: what is too small to be hit, and what is wider than the page. */
function tooLargeOrSmall() {
  const { clientWidth, scrollWidth } = document.documentElement;
  const faults = scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide on ${clientWidth}`] : [];
  for (const target of document.querySelectorAll('button, a[href], summary')) {
    if (!target.checkVisibility()) continue;
    const { width, height, right } = target.getBoundingClientRect();
    if (width < 23.9 || height < 23.9) faults.push(`“${target.textContent}” is ${width.toFixed(1)} × ${height.toFixed(1)}`);
    if (right > clientWidth + 0.5) faults.push(`“${target.textContent}” ends at ${right}`);
  }
  return faults;
}

withPages('the popup', (check) => {
  check('says which page it speaks of, and what its media came to', {}, async (page) => {
    await page.tell(view(usual(), { mode: 'automatic' }));
    assert.equal(await page.view.locator('h1').innerText(), 'https://news.example');
    assert.equal(await page.view.locator('.counter').innerText(), '42 images, 3 with credentials, 1 broken; the others say nothing either way');
    assert.equal(await page.view.locator('.row').first().getAttribute('data-state'), 'broken');
    assert.deepEqual(await page.told('watch'), [{ kind: 'watch', tab: 7 }]);
  });

  check('is as wide as it says, and can be read to its end whatever height it gets', { name: 'popup.html', size: { width: 700, height: 900 } }, async (page) => {
    await page.tell(view(many(40, () => answered('broken'))));
    assert.equal(await page.view.evaluate(() => document.body.getBoundingClientRect().width), 380);
    await page.view.setViewportSize({ width: 380, height: 510 });
    await page.view.mouse.move(200, 400);
    await page.view.mouse.wheel(0, 100_000);
    await page.view.waitForFunction(() => document.querySelector('.foot').getBoundingClientRect().bottom <= innerHeight + 1);
    assert.equal(await page.view.locator('.head').evaluate((head) => head.getBoundingClientRect().top), 0);
    await page.view.evaluate(() => scrollTo(50, scrollY));
    assert.equal(await page.view.evaluate(() => scrollX), 0);
  });

  check("the page's word on its address counts for nothing", { tab: { id: 7, url: 'https://elsewhere.example/', incognito: false } }, async (page) => {
    await page.tell(view(usual(), { origin: 'https://bank.example' }));
    assert.equal(await page.view.locator('h1').innerText(), 'https://elsewhere.example');
  });

  check('what is told of another tab is not shown', {}, async (page) => {
    await page.tell(view(usual(), { tab: 8 }));
    assert.equal(await page.view.locator('.row').count(), 0);
    await page.tell(view(usual()));
    assert.equal(await page.view.locator('.row').count(), 3);
  });

  check('on demand: lists what is there, asks nobody, and checks when the reader says so', {}, async (page) => {
    const entries = [...many(3, () => unasked()), unasked({ isSmall: true })];
    await page.tell(view(entries));
    await eventually(async () => assert.equal(await page.fake('injected'), 1));
    assert.equal(await page.view.locator('.counter').innerText(), '4 images; 3 not looked at yet; 1 too small to be looked at unasked');
    assert.match(await page.view.locator('.ask').innerText(), /Nothing was asked of anybody yet\. The page ran before you opened this/);
    assert.deepEqual((await page.fake('told')).map(({ kind }) => kind), ['watch'], 'before anybody asked');
    await eventually(async () => assert.equal(await page.focused(), words.en['tab.check-all']));
    await page.view.keyboard.press('Enter');
    await eventually(async () => assert.deepEqual(await page.told('check-all'), [{ kind: 'check-all', tab: 7 }]));

    await page.tell(view([{ ...entries[0], phase: 'checking' }, ...entries.slice(1)]));
    assert.ok(await page.button(words.en['tab.checking-all']).isDisabled());
    assert.doesNotMatch(await page.view.locator('.ask').innerText(), /Nothing was asked/);
    await page.button(`Check ${entries[1].url.split('/').at(-1)}`).or(page.view.locator('.group-open').filter({ hasText: words.en['tab.group.unasked'] })).first().click();
    await page.button(`Check ${entries[1].url.split('/').at(-1)}`).click();
    await eventually(async () => assert.deepEqual(await page.told('check'), [{ kind: 'check', tab: 7, frame: 0, ids: [entries[1].id] }]));
  });

  check('a page that was there from the start is not said to have run before', {}, async (page) => {
    await page.tell(view([unasked()], { isLate: false }));
    assert.doesNotMatch(await page.view.locator('.ask').innerText(), /ran before/);
  });

  check('labels unasked: nothing is there to press', {}, async (page) => {
    await page.tell(view([unasked(), answered('none')], { mode: 'automatic' }));
    assert.equal(await page.view.locator('.ask').count(), 0);
  });

  for (const [name, options, key] of [
    ['a page of the browser', { canInject: false, tab: { id: 7, url: 'chrome://settings/', incognito: false } }, 'closed'],
    ['a page that the browser keeps to itself', { canInject: false }, 'closed'],
    ['a page whose address nobody tells', { canInject: false, tab: { id: 7, incognito: false } }, 'not-opened'],
    ['no page', { tab: null }, 'no-tab'],
  ]) {
    check(`${name} is not looked at, and it says so`, options, async (page) => {
      await page.view.getByText(words.en[`tab.not-looking.${key}`]).waitFor();
      assert.equal(await page.view.locator('.counter').count(), 0);
    });
  }

  check('a script that was put in before goes on where it could not be put in now', { canInject: false, tab: { id: 7, incognito: false } }, async (page) => {
    await page.view.getByText(words.en['tab.not-looking.not-opened']).waitFor();
    await page.tell(view(usual()));
    await counts(page.view.locator('.row'), 3);
    await counts(page.view.getByText(words.en['tab.not-looking.not-opened']), 0);
    assert.equal(await page.view.locator('h1').innerText(), 'https://news.example', 'as the engine knows it');
  });

  check('a denied site is not looked at, until the reader takes it back', { settings: { denied: ['*://news.example/*'] } }, async (page) => {
    await page.view.getByText('You chose that nothing is looked at on news.example.').waitFor();
    assert.equal(await page.fake('injected'), 0);
    await page.button(words.en['tab.labels.allow']).click();
    await page.view.waitForFunction(() => globalThis.fake.injected === 1);
    await eventually(async () => assert.deepEqual((await page.settings()).denied, []));
  });

  check('a pause holds until it is ended', { settings: { isPaused: true } }, async (page) => {
    await page.button(words.en['tab.labels.resume']).click();
    await page.view.waitForFunction(() => globalThis.fake.injected === 1);
    await eventually(async () => assert.equal((await page.settings()).isPaused, false));
  });
});

withPages('labels on the page', (check) => {
  const open = (page) => page.view.locator('.labels > summary').click();

  check('for this site: the browser is asked for exactly that', {}, async (page) => {
    await open(page);
    await page.button('Label pictures on news.example').click();
    await page.view.waitForFunction(() => globalThis.fake.kept.settings.sites?.length === 1);
    assert.deepEqual(await page.fake('asked'), ['*://news.example/*']);
    assert.deepEqual((await page.settings()).sites, ['*://news.example/*']);
  });

  check('for all sites; and what was refused is not chosen', { grants: false }, async (page) => {
    await open(page);
    await page.button(words.en['tab.labels.on-all']).click();
    await page.view.waitForFunction(() => globalThis.fake.asked.length === 1 && globalThis.fake.kept.settings.sites?.length === 0);
    assert.deepEqual(await page.fake('asked'), ['*://*/*']);
  });

  check('off again', { settings: { sites: ['*://news.example/*', '*://other.example/*'] } }, async (page) => {
    await page.view.evaluate(() => globalThis.fake.granted.add('*://news.example/*') && globalThis.fake.added.tell());
    await open(page);
    await page.button(words.en['tab.labels.off-site']).click();
    await page.view.waitForFunction(() => globalThis.fake.kept.settings.sites.length === 1);
    assert.deepEqual((await page.settings()).sites, ['*://other.example/*']);
    assert.deepEqual(await page.fake('asked'), []);
  });

  check('never here, and nowhere for now', {}, async (page) => {
    await open(page);
    await page.button('Never look at news.example').click();
    await page.view.waitForFunction(() => globalThis.fake.kept.settings.denied?.length === 1);
    await eventually(async () => assert.deepEqual((await page.settings()).denied, ['*://news.example/*']));
    await page.button(words.en['tab.labels.allow']).click();
    await open(page);
    await page.button(words.en['tab.labels.pause']).click();
    await page.button(words.en['tab.labels.resume']).waitFor();
    await eventually(async () => assert.equal((await page.settings()).isPaused, true));
  });

  check('in private windows it says what happens by itself', { tab: { id: 7, url: 'https://news.example/', incognito: true } }, async (page) => {
    await open(page);
    await page.view.getByText(words.en['tab.private.off']).waitFor();
  });
});

withPages('a row', (check) => {
  check('tells what was checked, and how far that goes', {}, async (page) => {
    const entry = answered('intact-known', { url: 'https://cdn.example/a/harbour.jpg', frame: 3, origin: 'https://widget.example', name: 'The harbour', display: 'cropped' });
    await page.tell(view([entry]));
    const row = page.row('harbour.jpg');
    assert.match(await row.innerText(), /Unchanged, issuer known[^]*Unchanged since Example Newsroom[^]*harbour\.jpg\s+cdn\.example[^]*Checked a fresh download · Shown cropped by the page/i);
    const more = await page.open(row);
    const told = await more.innerText();
    for (const part of ['https://cdn.example/a/harbour.jpg', 'The harbour', 'https://widget.example', '1600 × 1067', `${entry.verdict.digest.slice(0, 16)}…`, 'Example Newsroom', 'UTC', words.en['tab.sameness-full.fresh']]) assert.ok(told.includes(part), `${part} in ${told}`);
    assert.ok(!told.includes(entry.verdict.digest));
    assert.equal(await row.locator('.row-open').getAttribute('aria-expanded'), 'true');
    await row.locator('.row-open').click();
    await counts(row.locator('.row-more'), 0);
  });

  check('its digest goes to the clipboard as a whole', { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    const entry = answered('broken');
    await page.tell(view([entry]));
    const more = await page.open(page.row('Does not match'));
    await more.locator('.copy').click();
    await page.view.locator('.notice', { hasText: 'Copied.' }).waitFor();
    assert.equal(await page.view.evaluate(() => navigator.clipboard.readText()), entry.verdict.digest);
  });

  check('its buttons tell the engine what is meant', {}, async (page) => {
    const entry = answered('intact-unknown-issuer', { frame: 4 });
    await page.tell(view([entry]));
    const place = { tab: 7, frame: 4, id: entry.id };
    const more = await page.open(page.row('Unchanged'));
    const press = (key) => more.getByRole('button', { name: words.en[key], exact: true }).click();
    await press('tab.action.scroll-to');
    await press('tab.action.again');
    await press('tab.action.open');
    await eventually(async () => assert.deepEqual(await page.told('scroll-to'), [{ kind: 'scroll-to', ...place }]));
    await eventually(async () => assert.deepEqual(await page.told('check'), [{ kind: 'check', tab: 7, frame: 4, ids: [entry.id] }]));
    await eventually(async () => assert.match((await page.fake('created')).join(), new RegExp(`/file\\.html\\?medium=7\\.4\\.${entry.id}$`)));
  });

  check('its report is saved under the name that the engine gives', {}, async (page) => {
    await page.tell(view([answered('broken')]));
    await page.view.evaluate(() => (globalThis.fake.answers.report = { kind: 'report', text: '{"label":"broken"}', name: 'photograph.credentials.json' }));
    const more = await page.open(page.row('Does not match'));
    const [download] = await Promise.all([page.view.waitForEvent('download'), more.getByRole('button', { name: words.en['tab.action.report-json'] }).click()]);
    assert.equal(download.suggestedFilename(), 'photograph.credentials.json');
    assert.equal(await readFile(await download.path(), 'utf8'), '{"label":"broken"}');
    const [request] = await page.told('report');
    assert.equal(`${request.format} ${request.language}`, 'json en');
  });

  check('a request that fails says so, and nothing about the file', {}, async (page) => {
    await page.tell(view([answered('broken')]));
    await page.view.evaluate(() => (globalThis.fake.answers.report = { kind: 'failed', why: 'changed' }));
    await (await page.open(page.row('Does not match'))).getByRole('button', { name: words.en['tab.action.report-html'] }).click();
    await page.view.locator('.notice', { hasText: words.en['tab.failed.changed'] }).waitFor();
  });

  check('two are chosen for a comparison', {}, async (page) => {
    const [one, two, three] = [answered('broken'), answered('intact-known'), unreached('offline')];
    await page.tell(view([one, two, three]));
    await (await page.open(page.row('Does not match'))).getByRole('button', { name: words.en['tab.action.compare'], exact: true }).click();
    await page.view.locator('.comparing').waitFor();
    await page.row('Unchanged').locator('.compare-with').click();
    await eventually(async () => assert.match((await page.fake('created')).join(), new RegExp(`medium=7\\.0\\.${one.id}&with=7\\.0\\.${two.id}$`)));
    await counts(page.view.locator('.comparing'), 0);
  });

  check('a host is allowed for all that lies there, and then asked', {}, async (page) => {
    const [one, two, elsewhere] = [unreached('no-access'), unreached('no-access', { frame: 2 }), unreached('no-access', { url: 'https://other.example/x.jpg' })];
    await page.tell(view([one, two, elsewhere, unreached('private-address', { url: 'http://192.168.1.1/x.jpg' })]));
    await page.button('Allow cdn.example and check 2 files').click();
    await page.view.waitForFunction(() => globalThis.fake.told.filter(({ kind }) => kind === 'check').length === 2);
    assert.deepEqual(await page.fake('asked'), ['*://cdn.example/*']);
    assert.deepEqual((await page.told('check')).map(({ frame, ids }) => [frame, ids]), [[0, [one.id]], [2, [two.id]]]);
    assert.equal(await page.view.getByRole('button', { name: /Allow.*192\.168/ }).count(), 0);
  });

  check('a refused host is not asked', { grants: false }, async (page) => {
    await page.tell(view([unreached('no-access')]));
    await page.button('Allow cdn.example and check 1 file').click();
    await page.view.waitForFunction(() => globalThis.fake.asked.length === 1);
    await page.drawn();
    assert.deepEqual(await page.told('check'), []);
  });

  check('what is kept elsewhere is fetched only where that was turned on, and each time by a press', { settings: { offersRemote: true } }, async (page) => {
    await page.view.evaluate(() => (globalThis.fake.answers.online = { kind: 'done' }));
    const entry = answered('not-checked', { verdict: { remote: 'credentials.example' } });
    await page.tell(view([entry]));
    await (await page.open(page.row('Not checked'))).getByRole('button', { name: 'Fetch the credential from credentials.example' }).click();
    await page.view.waitForFunction(() => globalThis.fake.told.some(({ kind }) => kind === 'online'));
    assert.deepEqual(await page.fake('asked'), ['*://credentials.example/*']);
    const [{ what, id }] = await page.told('online');
    assert.deepEqual([what, id], ['manifest', entry.id]);
  });

  check('and is not offered elsewhere', {}, async (page) => {
    await page.tell(view([answered('not-checked', { verdict: { remote: 'credentials.example' } }), answered('intact-known')]));
    const more = await page.open(page.row('Not checked'));
    assert.match(await more.innerText(), /kept at credentials\.example/);
    assert.equal(await page.view.getByRole('button', { name: /Fetch the credential|Ask the issuer/ }).count(), 0);
  });

  check('issuers are asked about revocation only where that was turned on', { settings: { offersRevocation: true } }, async (page) => {
    await page.tell(view([answered('intact-known'), answered('none')]));
    const more = await page.open(page.row('Unchanged'));
    assert.equal(await more.getByRole('button', { name: words.en['tab.action.revocation'] }).count(), 1);
    await page.view.locator('[data-group=none] .group-open').click();
    await page.open(page.view.locator('[data-group=none] .row').first());
    assert.equal(await page.view.getByRole('button', { name: words.en['tab.action.revocation'] }).count(), 1);
  });

  check('its picture is made of the bytes that were checked', {}, async (page) => {
    const entry = answered('intact-known', { url: 'https://cdn.example/never-asked.jpg' });
    await page.tell(view([entry]));
    const base64 = (await readFile(samplePath('good.jpg'))).toString('base64');
    await page.view.evaluate(([text, digest]) => {
      const url = URL.createObjectURL(new Blob([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))], { type: 'text/html' }));
      globalThis.fake.answers.bytes = { kind: 'bytes', url, name: 'x.jpg', digest };
    }, [base64, entry.verdict.digest]);
    const more = await page.open(page.row('Unchanged'));
    await page.view.waitForFunction(() => document.querySelector('.thumbnail-of-row img')?.naturalWidth > 0);
    assert.match(await more.locator('img').getAttribute('src'), /^blob:/);
  });

  for (const [name, content, changes] of [['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', {}], ['bytes that are not the checked ones', '\xff\xd8\xff', { digest: '0'.repeat(64) }]]) {
    check(`${name}: no picture`, {}, async (page) => {
      const entry = answered('intact-known');
      await page.tell(view([entry]));
      await page.view.evaluate(([text, digest]) => {
        globalThis.fake.answers.bytes = { kind: 'bytes', url: URL.createObjectURL(new Blob([Uint8Array.from(text, (character) => character.charCodeAt(0))])), name: 'x', digest };
      }, [content, changes.digest ?? entry.verdict.digest]);
      await page.open(page.row('Unchanged'));
      await eventually(async () => assert.equal((await page.told('bytes')).length, 1));
      await page.drawn();
      assert.equal(await page.view.locator('.row-more img').count(), 0);
    });
  }
});

withPages('the list as it changes', (check) => {
  check('a row that moves keeps the focus and stays open', {}, async (page) => {
    const entries = many(30, () => unasked({ phase: 'checking' }));
    await page.tell(view(entries, { mode: 'automatic' }));
    await page.open(page.view.locator('.row').nth(4));
    const key = await page.focused();
    assert.match(key, /^row-0:/);
    const told = entries.map((entry, i) => (i % 2 ? entry : { ...entry, phase: 'answered', verdict: verdict(i === 4 ? 'broken' : 'none'), sameness: 'fresh' }));
    await page.tell(view(told, { mode: 'automatic' }));
    await eventually(async () => assert.equal(await page.focused(), key));
    await counts(page.view.locator('[data-group=credentials] .row .row-more'), 1);
  });

  check('the place on the page is kept while others arrive above', {}, async (page) => {
    const entries = many(60, () => unasked({ phase: 'checking' }));
    await page.tell(view(entries, { mode: 'automatic' }));
    const row = page.view.locator('.row').nth(40);
    await row.scrollIntoViewIfNeeded();
    const key = await row.getAttribute('data-key');
    const top = () => page.view.locator(`[data-key="${key}"]`).evaluate((element) => element.getBoundingClientRect().top);
    const before = await top();
    await page.tell(view([...entries, ...many(6, () => answered('broken'))], { mode: 'automatic' }));
    await eventually(async () => {
      const after = await top();
      assert.ok(Math.abs(after - before) < 60, `${before} became ${after}`);
    });
  });

  check('a screen reader is told once it is quiet', {}, async (page) => {
    const status = page.view.locator('p.status.away[role=status]').last();
    await page.tell(view([unasked({ phase: 'checking' })]));
    await says(status, /^1 image/);
    const views = [1, 2, 3, 4, 5].map((i) => view([...many(i, () => answered('none')), unasked({ phase: 'checking' })]));
    await status.evaluate(async (element, views) => {
      globalThis.heard = [];
      new MutationObserver(() => globalThis.heard.push(element.textContent)).observe(element, { childList: true, characterData: true, subtree: true });
      for (const each of views) {
        globalThis.fake.tell(each);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }, views);
    await says(status, /^6 images; 5 without/);
    assert.equal(await page.view.evaluate(() => globalThis.heard.length), 1);
  });

  check('an engine that went away is asked for again', {}, async (page) => {
    await page.tell(view(usual()));
    await page.view.evaluate(() => globalThis.fake.port.onDisconnect.tell());
    await page.view.waitForFunction(() => globalThis.fake.opened === 2);
    await eventually(async () => assert.equal((await page.told('watch')).length, 2));
    assert.equal(await page.view.locator('.row').count(), 3, 'what was told before stays');
  });

  check('labels that the page took away are told in front', {}, async (page) => {
    await page.tell(view(usual()));
    assert.equal(await page.view.locator('.warning').count(), 0);
    await page.tell(view([answered('intact-known', { interference: true })]));
    await says(page.view.locator('.warning'), /This page interfered with labels/);
  });

  check("the reader's own mark is shown", { settings: { mark: 'blue kettle' } }, async (page) => {
    await page.tell(view(usual()));
    await says(page.view.locator('.own-mark bdi'), /^blue kettle$/);
  });

  check('1,000 media: few rows are drawn, and it stays quick', {}, async (page) => {
    const entries = [...many(940, () => answered('none')), ...many(55, () => answered('intact-unknown-issuer')), ...many(5, () => answered('broken'))];
    await page.tell(view(entries, { mode: 'automatic' }));
    assert.equal(await page.view.locator('.row').count(), 60);
    await page.view.locator('[data-group=none] .group-open').click();
    await counts(page.view.locator('.row'), 200);
    await page.button('Show 800 more').click();
    await counts(page.view.locator('.row'), 400);
    const longest = await page.view.evaluate(async (told) => {
      let most = 0;
      const observer = new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (most = Math.max(most, duration))));
      observer.observe({ type: 'longtask' });
      for (let i = 0; i < 10; i++) {
        globalThis.fake.tell(told);
        await new Promise((resolve) => setTimeout(resolve, 120));
      }
      return most;
    }, view(entries, { mode: 'automatic' }));
    assert.ok(longest < 400, `a task of ${longest} ms`);
  });
});

withPages('the panel', (check) => {
  check('is opened from the popup, which goes away', {}, async (page) => {
    await page.tell(view(usual()));
    await page.view.evaluate(() => (globalThis.close = () => globalThis.fake.told.push({ kind: 'closed' })));
    await page.button(words.en['popup.panel']).click();
    await page.view.waitForFunction(() => globalThis.fake.told.some(({ kind }) => kind === 'closed'));
    await eventually(async () => assert.deepEqual(await page.told('side-panel'), [{ kind: 'side-panel', windowId: 1 }]));
  });

  check('opens no other one', { name: 'panel.html', size: sizes.panel }, async (page) => {
    await page.tell(view(usual()));
    assert.equal(await page.view.locator('.icon-button').count(), 0);
  });

  check('follows the tab in front', { name: 'panel.html', size: sizes.panel }, async (page) => {
    await page.tell(view(usual()));
    assert.equal(await page.view.locator('.row').count(), 3);
    await page.view.evaluate(() => {
      globalThis.fake.tab = { id: 9, url: 'https://other.example/', incognito: false };
      globalThis.fake.activated.tell({ tabId: 9, windowId: 1 });
    });
    await page.view.locator('h1', { hasText: 'https://other.example' }).waitFor();
    await counts(page.view.locator('.row'), 0);
    await page.tell(view([answered('broken')], { tab: 9, origin: 'https://other.example' }));
    assert.equal(await page.view.locator('.row').count(), 1);
    assert.deepEqual((await page.told('watch')).map(({ tab }) => tab), [7, 9]);
    await page.tell(view(usual()));
    assert.equal(await page.view.locator('.row').count(), 1, 'and nothing of it later');
  });

  check('a popup for a named tab follows nobody', {}, async (page) => {
    await page.tell(view(usual()));
    await page.view.evaluate(() => {
      globalThis.fake.activated.tell({ tabId: 9, windowId: 1 });
    });
    await page.drawn();
    assert.equal(await page.view.locator('.row').count(), 3);
  });

  check('a new page in the tab is looked at', { name: 'panel.html', size: sizes.panel }, async (page) => {
    await page.tell(view(usual()));
    await page.view.evaluate(() => {
      globalThis.fake.tab = { ...globalThis.fake.tab, url: 'https://news.example/other' };
      globalThis.fake.updated.tell(7, { status: 'complete' });
    });
    await page.view.waitForFunction(() => globalThis.fake.injected === 2);
  });
});

withPages('for everybody', (check) => {
  for (const [look, media] of Object.entries(looks)) {
    for (const language of ['en', 'ko']) {
      check(`${look}, ${language}: axe finds nothing, in popup, panel and on 320 px`, { name: 'panel.html?tab=7', settings: { language, mark: 'kettle' }, ...media }, async (page) => {
        await page.tell(view(everything()));
        await page.openAll();
        await page.view.locator('.labels > summary').click();
        for (const size of [sizes.popup, sizes.panel, sizes.narrow, sizes.window]) {
          await page.view.setViewportSize(size);
          if (size !== sizes.panel) assert.deepEqual(await page.view.evaluate(tooLargeOrSmall), [], JSON.stringify(size));
          if (size === sizes.popup || size === sizes.window) assert.deepEqual(await page.axe(), [], JSON.stringify(size));
        }
        await eventually(async () => assert.equal(await page.view.locator('html').getAttribute('lang'), language));
      });
    }
  }

  check('at its start, and where nothing is looked at', {}, async (page) => {
    await page.tell(view([unasked(), unasked({ isSmall: true })]));
    assert.deepEqual(await page.axe(), []);
    await page.view.evaluate(() => globalThis.chrome.storage.local.set({ settings: { isPaused: true } }));
    await page.button(words.en['tab.labels.resume']).waitFor();
    assert.deepEqual(await page.axe(), []);
  });

  // The checks above would prove nothing if this went unseen.
  check('a faint word and a small button are found', {}, async (page) => {
    await page.tell(view(usual()));
    await page.view.evaluate(() => {
      document.querySelector('.counter').style.color = 'rgb(200 200 200)';
      document.querySelector('.icon-button').style.cssText = 'height: 20px; min-height: 0; width: 20px';
    });
    assert.match((await page.axe()).join(), /color-contrast/);
    assert.match((await page.view.evaluate(tooLargeOrSmall)).join(), /20\.0 × 20\.0/);
  });

  check('without a mouse: from the list into a row and to its buttons', {}, async (page) => {
    await page.tell(view(usual(), { mode: 'automatic' }));
    const tabTo = async (wanted, most = 30) => {
      for (let i = 0; i < most; i++) {
        await page.view.keyboard.press('Tab');
        if (wanted.test(await page.focused())) return;
      }
      assert.fail(`${wanted} is not within ${most} tabs`);
    };
    await tabTo(/^row-/);
    await page.view.keyboard.press('Enter');
    await page.view.locator('.row-more').waitFor();
    await tabTo(/^tab\.action\.scroll-to/);
    await page.view.keyboard.press('Space');
    await eventually(async () => assert.equal((await page.told('scroll-to')).length, 1));
    await tabTo(/^group-none$/);
    await page.view.keyboard.press('Enter');
    await counts(page.view.locator('[data-group=none] .row'), 39);
  });

  check("the browser's language, where the reader chose none", { language: 'ko-KR' }, async (page) => {
    await page.tell(view([unasked()]));
    await page.button(words.ko['tab.check-all']).waitFor();
  });

  check('hostile words are words', { size: sizes.narrow }, async (page) => {
    const strings = [...hostileStrings, ...(sharedIsAbsent ? [] : JSON.parse(await readFile(path.join(shared, 'vectors/strings/ui/hostile-strings.json'), 'utf8')).map(({ text }) => text))];
    const entries = strings.map((text) => answered('intact-known', {
      url: `https://cdn.example/${encodeURIComponent(text.replace(/[\ud800-\udfff]/g, ''))}`, name: text, origin: text, verdict: { issuer: text, sentence: text, lines: [text], remote: text },
    }));
    await page.tell(view(entries, { origin: strings[0] }));
    await page.openAll();
    assert.equal(await page.view.evaluate(() => globalThis.ran), undefined);
    assert.deepEqual(await page.view.evaluate(() => [...document.querySelectorAll('script:not([src]), iframe, object, embed, form, [onerror], [onload], [onclick], [style*=url], img')].map((element) => element.outerHTML)), []);
    assert.deepEqual(await page.view.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))), ['help.html#imitation', 'file.html', 'options.html']);
    assert.deepEqual(await page.view.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(node.data) && node.parentElement.closest('bdi') === null) found.push(node.data);
      }
      return found;
    }), [], 'no direction of writing leaves its place');
    assert.deepEqual(await page.view.evaluate(tooLargeOrSmall), []);
    // A page's words never stand where the browser's stand.
    assert.equal(await page.view.locator('h1').innerText(), 'https://news.example');
  });
});
