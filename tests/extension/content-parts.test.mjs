// Parts of the content script that need no page: what waits while the reader scrolls past, and the bytes that a frame read itself.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, mock, test } from 'node:test';
import { importTypeScript } from '../browser/typescript.mjs';

let now = 0;

/** Lets so many milliseconds pass, for timers and for the clock. */
function pass(milliseconds) {
  for (let i = 0; i < milliseconds; i++) {
    now++;
    mock.timers.tick(1);
  }
}

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

describe('work that waits while the reader scrolls past', () => {
  const AFTER = 150;
  let Stillness, stillness, page, told;
  const known = {};

  before(async () => {
    ({ Stillness } = await importTypeScript('extension/src/content/stillness.ts'));
    for (const name of ['document', 'scrollX', 'scrollY', 'addEventListener']) known[name] = Object.getOwnPropertyDescriptor(globalThis, name);
    known.clock = performance.now;
    performance.now = () => now;
  });
  after(() => {
    performance.now = known.clock;
    for (const name of ['document', 'scrollX', 'scrollY', 'addEventListener']) {
      if (known[name]) Object.defineProperty(globalThis, name, known[name]);
      else delete globalThis[name];
    }
  });
  beforeEach(() => {
    now += 100_000;
    page = new EventTarget();
    told = [];
    Object.assign(globalThis, { document: page, scrollX: 0, scrollY: 0, addEventListener: page.addEventListener.bind(page) });
    stillness = new Stillness(AFTER);
  });
  afterEach(() => stillness.stop());

  /** Scrolls on by so many pixels, as browsers tell of it. */
  function scroll(pixels, { sideways = false } = {}) {
    if (sideways) globalThis.scrollX += pixels;
    else globalThis.scrollY += pixels;
    page.dispatchEvent(new Event('scroll'));
  }
  /** Is in the middle of a fast scroll: a single step after a rest is none, however far it leads. */
  function scrollFast() {
    scroll(1);
    pass(16);
    scroll(500);
  }
  const wait = (...names) => names.forEach((name) => stillness.wait(() => told.push(name)));

  test('is done at once where nothing moves', () => {
    wait('a');
    assert.deepEqual(told, ['a']);
  });

  test('is done at once after a step after a rest, as to another place of the page', () => {
    pass(10_000);
    scroll(5_000);
    wait('a');
    assert.deepEqual(told, ['a']);
  });

  test('is done at once in a slow scroll, and not in one that is a little faster', () => {
    scroll(1);
    pass(16);
    scroll(16);
    wait('slow');
    assert.deepEqual(told, ['slow']);
    pass(16);
    scroll(17);
    wait('fast');
    assert.deepEqual(told, ['slow']);
  });

  test('is measured upwards and sideways too', () => {
    for (const [pixels, sideways] of [[17, true], [-17, true], [17, false], [-17, false]]) {
      pass(1000);
      scroll(0);
      pass(16);
      scroll(pixels, { sideways });
      told = [];
      wait('a');
      assert.deepEqual(told, [], `${pixels}`);
    }
  });

  test('is done in the order in which it came, when a fast scroll is over for long enough', () => {
    scrollFast();
    wait('a', 'b');
    pass(100);
    wait('c');
    pass(AFTER - 101);
    assert.deepEqual(told, []);
    pass(1);
    assert.deepEqual(told, ['a', 'b', 'c']);
    wait('d');
    assert.deepEqual(told, ['a', 'b', 'c', 'd']);
    scrollFast();
    wait('e');
    pass(AFTER);
    assert.deepEqual(told, ['a', 'b', 'c', 'd', 'e']);
  });

  test('waits for as long as the scroll goes on, and no longer for one that became slow', () => {
    scrollFast();
    wait('a');
    for (let i = 0; i < 30; i++) {
      pass(16);
      scroll(100);
    }
    assert.deepEqual(told, []);
    for (let i = 0; i < 9; i++) {
      pass(16);
      scroll(1);
    }
    assert.deepEqual(told, []);
    pass(6);
    assert.deepEqual(told, ['a']);
  });

  test('waits for parts of the page that scroll, which tell no place', () => {
    // The window hears of it; its target is the part.
    const event = new Event('scroll');
    Object.defineProperty(event, 'target', { value: new EventTarget() });
    page.dispatchEvent(event);
    wait('a');
    assert.deepEqual(told, []);
    pass(AFTER);
    assert.deepEqual(told, ['a']);
  });

  test('does what comes of its work in its turn', () => {
    scrollFast();
    stillness.wait(() => wait('inner'));
    wait('b');
    pass(AFTER);
    assert.deepEqual(told, ['inner', 'b']);
  });

  test('is not done once it was stopped', () => {
    scrollFast();
    wait('a');
    stillness.stop();
    pass(10_000);
    assert.deepEqual(told, []);
  });
});

describe('bytes that a frame read itself', () => {
  const MIB = 1 << 20;
  let OwnBytes, own;
  const blob = (size) => ({ size });

  before(async () => ({ OwnBytes } = await importTypeScript('extension/src/content/reading-own.ts')));
  beforeEach(() => (own = new OwnBytes()));

  test('are given to the job that read them, and to no other', () => {
    const [one, other] = [blob(1), blob(1)];
    own.keep(1, one);
    own.keep(2, other);
    assert.equal(own.of(1), one);
    assert.equal(own.of(2), other);
    assert.equal(own.of(3), null);
  });

  test('are kept for 30 seconds, and no longer', () => {
    own.keep(1, blob(1));
    own.keep(2, blob(1));
    pass(29_999);
    assert.notEqual(own.of(1), null);
    pass(1);
    assert.equal(own.of(2), null);
  });

  test('are kept for half a second after they were compared, anew each time, and no longer', () => {
    own.keep(1, blob(1));
    assert.notEqual(own.of(1), null);
    pass(499);
    assert.notEqual(own.of(1), null);
    pass(499);
    assert.notEqual(own.of(1), null);
    pass(500);
    assert.equal(own.of(1), null);
  });

  test('are 48 MiB in all: the oldest go, those of the last job never', () => {
    own.keep(1, blob(16 * MIB));
    own.keep(2, blob(16 * MIB));
    own.keep(3, blob(16 * MIB));
    assert.deepEqual([1, 2, 3].map((job) => own.of(job) !== null), [true, true, true]);
    own.keep(4, blob(1));
    assert.deepEqual([1, 2, 3, 4].map((job) => own.of(job) !== null), [false, true, true, true]);
    own.keep(5, blob(64 * MIB));
    assert.deepEqual([2, 3, 4, 5].map((job) => own.of(job) !== null), [false, false, false, true]);
  });

  test('of a job that was dropped leave no timer that takes those of a later one', () => {
    own.keep(1, blob(48 * MIB));
    own.keep(2, blob(48 * MIB));
    pass(29_000);
    own.keep(1, blob(1));
    pass(1000);
    assert.notEqual(own.of(1), null);
  });
});
