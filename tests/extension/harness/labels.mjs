// What labels are on a page, seen as the page itself cannot see them: through the closed shadow root.
import assert from 'node:assert/strict';
import { eventually, patience } from '../../browser/eventually.mjs';

/**
 * Runs in the page with our closed root: its labels that a reader sees, where they are, and what they say. A label that is there but cannot
 * be seen is none.
 */
export function readLabels(root) {
  return [...root.querySelectorAll('button.label')].filter((button) => {
    const { width, height } = button.getBoundingClientRect();
    return button.isConnected && width > 0 && height > 0 && button.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }).map((button) => {
    const { x, y, width, height } = button.getBoundingClientRect();
    return { text: button.textContent.trim(), name: button.getAttribute('aria-label') ?? button.textContent.trim(), isBroken: button.classList.contains('is-broken'), x, y, width, height };
  });
}

/** Whether a label stands on the box of an element. */
export const isOn = (label, box) => {
  const x = label.x + label.width / 2, y = label.y + label.height / 2;
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
};

/**
 * Runs in the page: makes the change that the page offers in a turn of an animation frame, and looks in those that follow, before and after.
 * Each look is of the tree as it is then, with the box of the element beside it.
 */
export function changeAndLook(root, readLabels, selector, frames) {
  const read = eval(`(${readLabels})`);
  const look = () => {
    const { x, y, width, height } = document.querySelector(selector)?.getBoundingClientRect() ?? {};
    return { labels: read(root), box: { x, y, width, height }, isReady: seen.length > 0 && globalThis.isReady() };
  };
  const seen = [];
  return new Promise((resolve) => requestAnimationFrame(() => {
    seen.push(look());
    globalThis.change();
    const next = () => {
      seen.push(look());
      if (seen.length <= frames) requestAnimationFrame(next);
      else resolve(seen);
    };
    requestAnimationFrame(next);
  }));
}

/** Waits until there are so many labels in all frames of a page, and gives them. */
export const countLabels = (labels, page, count) => eventually(async () => {
  const all = await labels.everywhere(page);
  assert.equal(all.length, count, JSON.stringify(all));
  return all;
});

/** The labels of Chromium's pages, by the debugger's protocol. */
export class ChromiumLabels {
  #context;
  #sessions = new WeakMap();
  constructor(context) {
    this.#context = context;
  }

  /** A session with a page or a frame, and our closed roots in it: of a page, also those of frames in its process. */
  async #root(target) {
    const session = await this.#session(target);
    const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
    const found = [];
    const search = (node, document) => {
      for (const shadow of node.shadowRoots ?? []) {
        if (shadow.shadowRootType === 'closed' && !(node.attributes ?? []).includes('data-page')) found.push({ shadow, document });
        search(shadow, document);
      }
      for (const child of node.children ?? []) search(child, document);
      if (node.contentDocument) search(node.contentDocument, node.contentDocument);
    };
    search(root, root);
    const isWhole = !target.parentFrame || await this.#isApart(target);
    return { session, found: isWhole ? found : found.filter(({ document }) => document.documentURL === target.url()) };
  }

  /** Whether a frame is in a process of its own. */
  async #isApart(frame) {
    return (await this.#session(frame)) !== (await this.#session(frame.page()));
  }

  #session(target) {
    if (!this.#sessions.has(target)) {
      const made = this.#context.newCDPSession(target);
      this.#sessions.set(target, target.parentFrame ? made.catch(() => this.#session(target.page())) : made);
    }
    return this.#sessions.get(target);
  }

  /** Every visible label of a page and of the frames in its process, with the address of the document it is in. */
  async all(target) {
    const { session, found } = await this.#root(target);
    const labels = [];
    for (const { shadow, document } of found) {
      const seen = await this.#call(session, shadow, readLabels);
      labels.push(...seen.map((label) => ({ ...label, document: document.documentURL })));
    }
    return labels;
  }

  async #call(session, shadow, what, ...given) {
    const { object } = await session.send('DOM.resolveNode', { backendNodeId: shadow.backendNodeId });
    try {
      const { result, exceptionDetails } = await session.send('Runtime.callFunctionOn', {
        objectId: object.objectId, functionDeclaration: `function (...given) { return (${what})(this, ...given); }`, arguments: given.map((value) => ({ value })), returnByValue: true, awaitPromise: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    } finally {
      await session.send('Runtime.releaseObject', { objectId: object.objectId });
    }
  }

  /** Calls a function of the page's with our root; the document is the page's own. */
  async call(target, what, ...given) {
    const { session, found } = await this.#root(target);
    if (found.length === 0) throw new Error('there is no root of ours');
    return this.#call(session, found[0].shadow, what, ...given);
  }

  /** The label on an element of the page's, or null. */
  async on(page, selector) {
    const [labels, box] = await Promise.all([this.all(page), page.evaluate(boxOf, selector)]);
    return labels.find((label) => isOn(label, box)) ?? null;
  }

  /** Every label of a page, in whichever process its frames are. */
  async everywhere(page) {
    const apart = await Promise.all(page.frames().slice(1).map(async (frame) => (await this.#isApart(frame)) ? this.all(frame).catch(() => []) : []));
    return [await this.all(page), ...apart].flat();
  }

  async waitAnywhere(page, timeout = patience) {
    const until = Date.now() + timeout;
    for (;;) {
      const [label] = await this.everywhere(page);
      if (label) return label;
      if (Date.now() > until) throw new Error('no label in any frame');
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  /** Waits for the label on an element. */
  async wait(page, selector, isIt = () => true, timeout = patience) {
    const until = Date.now() + timeout;
    for (;;) {
      const label = await this.on(page, selector);
      if (label && isIt(label)) return label;
      if (Date.now() > until) throw new Error(`no such label on ${selector}: ${JSON.stringify(label)}; labels: ${JSON.stringify(await this.all(page))}`);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  /** Presses the label on an element until its panel is open: no label answers before it was seen for a while. */
  async press(page, selector) {
    await eventually(async () => {
      const { x, y, width, height } = await this.wait(page, selector);
      await page.mouse.click(x + width / 2, y + height / 2);
      assert.equal(await this.panels(page), 1);
    });
  }

  /** How many panels of ours are open on a page. */
  panels = (page) => this.call(page, (root) => root.querySelectorAll('.panel, [role=dialog]').length);

  /** Makes the page's change and looks at the labels of the frames that follow; the first is what was there before. */
  async change(page, selector, frames = 2) {
    return this.call(page, changeAndLook, readLabels.toString(), selector, frames);
  }
}

/** Runs in the page: where an element is, also one of an open shadow root (`host >>> inside`). */
export function boxOf(selector) {
  const [first, ...rest] = selector.split(' >>> ');
  let element = document.querySelector(first);
  for (const inside of rest) element = element.shadowRoot.querySelector(inside);
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
}
