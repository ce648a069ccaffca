// The verify page in Chromium, with an eye on everything it asks for and everything it complains about.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isAbsent, launch } from './browsers.mjs';
import { eventually, patience } from './eventually.mjs';
import { hand, takesFiles } from './files.mjs';
import { servePage } from './page-server.mjs';
import { inRepository } from './repository.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const wordsIn = (name) => JSON.parse(readFileSync(inRepository('server/page/src/words', `${name}.json`), 'utf8'));

/** The page's own words, by language and key. */
export const words = { en: { ...wordsIn('en'), ...wordsIn('compare.en') }, ko: { ...wordsIn('ko'), ...wordsIn('compare.ko') } };

/** An address of this machine that browsers take for one of the network: its pages came in the clear. */
export const farHost = '0.0.0.0';

/** Tests with a server and a browser. They are given `check(name, options, async (page) => …)`: each has a fresh page to itself. */
export function inChromium(title, tests) {
  describe(title, { skip: isAbsent('chromium') }, () => {
    let server, chromium;
    before(async () => {
      server = await servePage();
      chromium = await launch.chromium();
    });
    after(async () => {
      await chromium?.close();
      await server?.close();
    });
    tests((name, { host = '127.0.0.1', ...options }, what) =>
      test(name, { timeout: 5 * patience }, () => withPage(chromium.browser, server.origin.replace('127.0.0.1', host), options, what)));
  });
}

/**
 * Opens the page, runs a check, and demands that nothing was asked of anybody else and nothing complained about.
 * @param options Of the browser's context; `address` is where on the host to begin, `prepare` is given the context before. What belongs to
 * the check: `allowed`, complaints; `elsewhere`, what is asked for and refused.
 */
async function withPage(browser, origin, { address = '/', allowed, elsewhere = [], prepare, ...options }, what) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, locale: 'en-GB', ...options });
  context.setDefaultTimeout(patience);
  const asked = [], complaints = [];
  // What a page makes for itself (blob:, data:) leaves nothing behind.
  context.on('request', (request) => /^(blob|data):/.test(request.url()) || asked.push(`${request.method()} ${request.url()}`));
  context.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  context.on('weberror', (error) => complaints.push(String(error.error())));
  await context.addInitScript(() => addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
  try {
    await prepare?.(context);
    const view = await context.newPage();
    await view.goto(origin + address);
    await view.locator('h1').waitFor();
    await view.waitForFunction(takesFiles);
    await what(new VerifyPage(view, origin, asked, complaints));
    assert.deepEqual(complaints.filter((complaint) => !allowed?.test(complaint)), []);
    assert.deepEqual(asked.filter((request) => !request.startsWith(`GET ${origin}/`)), elsewhere, 'asked of somebody else');
  } finally {
    await context.close();
  }
}

/** What tests do with the page. */
class VerifyPage {
  constructor(view, origin, asked, complaints) {
    Object.assign(this, { view, origin, complaints });
    /** What was asked for so far, as paths of the page's host. */
    this.asked = () => asked.map((request) => request.replace(`GET ${origin}`, ''));
  }

  drop(...files) {
    return this.view.evaluate(hand, { manner: 'drop', files });
  }

  paste(...files) {
    return this.view.evaluate(hand, { manner: 'paste', files });
  }

  pasteText(text) {
    return this.view.evaluate(hand, { manner: 'paste', words: { 'text/plain': text } });
  }

  /** Chooses files of the disk. */
  choose(...paths) {
    return this.view.locator('.ways .primary input, .more-intake input').setInputFiles(paths);
  }

  /** Opens a file of the disk and waits for its answer. */
  async open(...paths) {
    await this.choose(...paths);
    await this.label();
  }

  /** The label of the chosen file, once all that follows it is there. */
  async label() {
    await this.view.locator('.facts[aria-busy=false]').waitFor();
    return this.view.locator('.answer .label').getAttribute('data-label');
  }

  sentence() {
    return this.view.locator('.answer .sentence').innerText();
  }

  button(name) {
    return this.view.getByRole('button', { name, exact: true });
  }

  /** Waits until a text is on the page, in an element. */
  told(selector, text) {
    return this.view.locator(selector).filter({ hasText: text }).first().waitFor();
  }

  /** The words of what has the focus. */
  focused() {
    return this.view.evaluate(() => document.activeElement.innerText || document.activeElement.tagName);
  }

  /** Waits until the focus is on what has these words: it follows what is drawn. */
  focusIsOn(text) {
    return eventually(async () => assert.equal(await this.focused(), text));
  }

  /** Adds a trust list to the panel for them, and waits until it counts: its answers come after that. */
  async addList(place) {
    await this.view.locator('.add-list input[type=file]').setInputFiles(place);
    await this.told('.list-name', path.basename(place));
  }

  /** Closes the panel that is open. The page is told so after the key is up. */
  async closePanel() {
    await this.view.locator('dialog[open]').waitFor();
    await this.view.keyboard.press('Escape');
    await this.view.locator('dialog').waitFor({ state: 'detached' });
  }

  /** Gives the window another size, and waits until the page has it. */
  async resize(size) {
    await this.view.setViewportSize(size);
    await this.view.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size);
  }

  /** What axe finds, a line each. */
  async axe() {
    await this.view.evaluate(axe);
    const { violations } = await this.view.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target.join(' ')}: ${node.failureSummary}`));
  }
}
