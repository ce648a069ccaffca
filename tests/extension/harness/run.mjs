// What tests of pages do in either browser.
import assert from 'node:assert/strict';
import { deceive } from '../cases/wrong-bytes.mjs';
import { countLabels, isOn } from './labels.mjs';
import { furnished, ofCorpus } from './media.mjs';

/** Registers a test for each case, skipped with a reason where the corpus is needed and not here. */
export function each(test, cases, run) {
  for (const item of cases) test(item.name, { skip: item.needs && !ofCorpus(item.needs) && '../shared is not here' }, () => run(item));
}

/** Opens the page of a case of cases/discovery.mjs and compares what the engine tells, and what labels stand there, with what it expects. */
export async function discover(browser, site, item) {
  const room = furnished(site);
  const url = room.page('page.html', item.body(room), { headers: item.headers });
  const page = await browser.open(url);
  if (item.scroll) await page.evaluate((selector) => document.querySelector(selector).scrollIntoView(), item.scroll);
  const view = await browser.view(page, (seen) => seen.entries.length >= item.media.length && seen.entries.every((entry) => entry.phase === 'answered' || entry.isSmall));
  const wait = (expected) => (expected.frame ? browser.labels.waitAnywhere(page) : browser.labels.wait(page, expected.on));
  for (const expected of item.media) {
    const entry = find(view, expected, item);
    if (expected.phase) assert.equal(entry.phase, expected.phase);
    else assert.equal(entry.phase, 'answered');
    if (expected.label) assert.equal(entry.verdict.label, expected.label);
    if (expected.on || expected.frame) {
      const label = await wait(expected);
      assert.ok(label.name.includes(entry.verdict.sentence), `${label.name} tells of ${entry.verdict.sentence}`);
    }
    if (expected.sameness) {
      const { entries } = await browser.view(page, (seen) => find(seen, expected, item).sameness !== null);
      const { sameness } = find({ entries }, expected, item);
      assert.ok([expected.sameness].flat().includes(sameness), `${sameness} instead of ${expected.sameness}`);
    }
  }
  const labelled = item.media.filter((expected) => expected.on || expected.frame).length;
  await countLabels(browser.labels, page, labelled);
  assert.equal(view.entries.length, item.media.length, JSON.stringify(view.entries, null, 1));
  await page.close();
}

function find(view, expected, item) {
  const file = item.file ?? expected.file;
  const entry = view.entries.find((each) => each.kind === expected.kind && (file === null || each.url.includes(`/${file}`)));
  assert.ok(entry, `${expected.kind} ${file} is not among ${JSON.stringify(view.entries.map(({ kind, url }) => `${kind} ${url}`))}`);
  return entry;
}

/** Makes the change of a case of cases/swap.mjs and looks at each of the next frames. */
export async function swap(browser, site, item) {
  const room = furnished(site);
  const ready = `<script>globalThis.isReady = () => ${item.ready ?? true};</script>`;
  if (item.inner) room.put('inner.html', `${item.inner}<script>globalThis.change = () => parent.change();</script>${ready}`);
  const page = await browser.open(room.page('page.html', `${item.body(room)}<script>globalThis.change = () => { ${item.change} };</script>${ready}`));
  const target = item.inner ? page.frames()[1] : page;
  await browser.view(page, (view) => view.entries.some(({ phase, sameness }) => phase === 'answered' && sameness !== null));
  const { name } = await browser.labels.wait(target, '#m');
  const [before, ...after] = await browser.labels.change(target, '#m', item.ready ? 60 : 2);
  assert.deepEqual(before.labels.map((label) => label.name), [name], 'the label is there until the change');
  for (const [frame, { labels, box }] of after.entries()) {
    if (item.ready && !after[frame - 1]?.isReady) continue;
    const wrong = labels.filter((label) => label.name === name && !(item.moves && isOn(label, box)));
    assert.deepEqual(wrong, [], `${frame + 1} frame(s) later`);
  }
  if (item.ready) assert.ok(after.at(-2).isReady);
  if (item.then) {
    const [file, label] = item.then;
    const view = await browser.view(page, ({ entries }) => entries.some((entry) => entry.url.endsWith(`/${file}`) && entry.verdict?.label === label) && !entries.some((entry) => entry.url.endsWith('/good.jpg')));
    const { sentence } = view.entries.find((entry) => entry.url.endsWith(`/${file}`)).verdict;
    if (label === 'none') assert.equal(await browser.labels.on(target, '#m'), null);
    else await browser.labels.wait(target, '#m', (found) => found.name.includes(sentence));
  }
  if (item.display) {
    await browser.view(page, ({ entries }) => entries.some((entry) => entry.url.endsWith('/good.jpg') && entry.display === item.display));
    const label = await browser.labels.on(page, '#m');
    if (item.display === 'covered') assert.equal(label, null);
    else if (label) assert.notEqual(label.name, name, 'the label says how the page shows it');
  }
  if (item.moves) {
    await browser.labels.wait(page, '#m', (found) => found.name === name);
    await countLabels(browser.labels, page, 1);
  }
  await page.close();
}

/** Puts a picture at a corner of the page that gets a label: what should come before it has had its turn. */
export const addLater = (page) => page.evaluate(() => {
  const later = Object.assign(new Image(200, 130), { id: 'later', src: 'good.jpg' });
  later.style.cssText = 'bottom: 0; margin: 0; position: fixed; right: 0';
  document.body.append(later);
});

/** Lays over a page what a case of cases/covers.mjs says, and takes it away again. */
export async function coverUp(browser, site, item) {
  const room = furnished(site);
  const picture = '<style>body { margin: 40px } img { display: block }</style><img id="m" src="good.jpg" width="400" height="260">';
  const frame = (host) => `<iframe src="${room.url('inner.html', host)}" width="600" height="500" style="border: 0; display: block; margin: 0"></iframe>`;
  room.put('inner.html', `<!doctype html>${picture}${item.holder === 'in the frame' ? item.html : ''}`);
  const body = item.holder === 'in the page' ? picture + item.html : frame('other.example') + (item.holder === 'in the frame' ? '' : item.html);
  const page = await browser.open(room.page('page.html', body, { head: '<style>body { margin: 0 }</style>' }));
  await browser.view(page, ({ entries: [entry] }) => entry?.phase === 'answered' && entry.sameness !== null);
  await countLabels(browser.labels, page, 1);
  const holder = item.holder === 'in the frame' ? page.frames()[1] : page;
  await holder.evaluate(() => globalThis.cover());
  await countLabels(browser.labels, page, item.during[browser.name]);
  // For so long a label that is taken for a covered one may be raised, and the page be blamed.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await browser.view(page, ({ entries: [entry] }) => entry.display === item.display);
  await countLabels(browser.labels, page, item.during[browser.name]);
  await holder.evaluate(() => globalThis.uncover());
  await countLabels(browser.labels, page, 1);
  const { entries: [entry] } = await browser.view(page, ({ entries: [now] }) => now.display === 'whole');
  assert.equal(entry.interference, false);
  await page.close();
}

/** A page whose server deceives us: see cases/wrong-bytes.mjs. */
export async function mistrust(browser, site, item) {
  const room = furnished(site);
  const url = deceive(room, item);
  const page = await browser.open(room.page('page.html', `<img id="m" src="${url}">`, { headers: item.cookie && { 'Set-Cookie': item.cookie } }));
  const { entries: [entry] } = await browser.view(page, ({ entries }) => entries.length === 1 && entries[0].phase === 'answered' && (entries[0].verdict.label === 'none' || entries[0].sameness !== null));
  const said = entry.verdict.label === 'none' ? 'none' : entry.sameness;
  assert.ok(item.may.includes(said), `${said} instead of ${item.may}: ${JSON.stringify(entry)}; asked: ${JSON.stringify(room.log('picture').map(({ headers }) => headers))}`);
  // A label of a fresh download, which its panel and the popup say; else none, when a picture that came later has its label.
  if (said === 'fresh') await browser.labels.wait(page, '#m');
  else {
    await addLater(page);
    await browser.labels.wait(page, '#later');
    assert.equal(await browser.labels.on(page, '#m'), null);
  }
  await page.close();
  return said;
}
