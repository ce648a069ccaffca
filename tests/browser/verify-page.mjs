// The verify page in Chromium, with an eye on everything it asks for and everything it complains about.
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import assert from 'node:assert/strict';
import { hand } from './files.mjs';

/** Long, as the machine may be busy: a wait ends when what is waited for is there. */
const patience = 60_000;

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Opens the page in a context of its own, runs a check, and demands that nothing was asked of anybody else and nothing was complained
 * about. `allowed` names complaints that belong to the check.
 */
export async function withPage(browser, origin, { address = '/', allowed = [], prepare, ...context }, check) {
  const opened = await browser.newContext({ viewport: { width: 1000, height: 800 }, locale: 'en-GB', ...context });
  opened.setDefaultTimeout(patience);
  const watch = { requests: [], complaints: [] };
  opened.on('request', (request) => /^https?:/.test(request.url()) && watch.requests.push(`${request.method()} ${request.url()}`));
  opened.on('console', (message) => ['error', 'warning'].includes(message.type()) && watch.complaints.push(message.text()));
  opened.on('weberror', (error) => watch.complaints.push(String(error.error())));
  await opened.addInitScript(() => addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
  try {
    const view = await opened.newPage();
    await prepare?.(opened);
    await view.goto(origin + address);
    await view.locator('h1').waitFor();
    await check(wrap(view, watch, origin));
    assert.deepEqual(watch.complaints.filter((complaint) => !allowed.some((pattern) => pattern.test(complaint))), []);
    assert.deepEqual(watch.requests.filter((request) => !request.startsWith(`GET ${origin}/`)), [], 'asked elsewhere');
  } finally {
    await opened.close();
  }
}

/** What tests do with the page, in words of the page. */
function wrap(view, watch, origin) {
  const page = {
    view, origin, watch,
    /** What was asked for so far, as paths. */
    asked: () => watch.requests.map((request) => request.replace(`GET ${origin}`, '')),
    drop: (...files) => view.evaluate(hand, { files, manner: 'drop' }),
    paste: (...files) => view.evaluate(hand, { files, manner: 'paste' }),
    pasteText: (text) => view.evaluate(hand, { files: [], manner: 'paste', words: { 'text/plain': text } }),
    choose: (...paths) => view.locator('.ways label.primary input, .more-intake input').setInputFiles(paths),
    /** The label of the answer, when it and all its sections are there. */
    async label() {
      await view.locator('.facts[aria-busy=false]').waitFor();
      return view.locator('.answer .label').getAttribute('data-label');
    },
    sentence: () => view.locator('.answer .sentence').innerText(),
    button: (name) => view.getByRole('button', { name, exact: true }),
    focused: () => view.evaluate(() => document.activeElement?.id || document.activeElement?.textContent),
    /** What axe complains about, in few words. */
    async axe() {
      await view.evaluate(axeSource);
      const { violations } = await view.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
      return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`));
    },
  };
  return page;
}
