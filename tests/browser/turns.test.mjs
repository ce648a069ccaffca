import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { importTypeScript } from './typescript.mjs';

let takeTurnsAtOnce;
before(async () => ({ takeTurnsAtOnce } = await importTypeScript('verifier/Provenance.Browser/package/src/turns.ts')));

/** What a scope that took its turns at once handed to the timer it had. */
function scope() {
  const timed = [];
  const made = { timed, setTimeout: (...given) => timed.push(given) };
  takeTurnsAtOnce(made);
  return made;
}

/** Ends of channels that were opened: an open one keeps Node from ending. */
const opened = [];
after(() => opened.forEach((port) => port.close()));

/** Runs something where there is no setImmediate, as in a browser's worker. */
function asInBrowsers(run) {
  const { setImmediate, MessageChannel } = globalThis;
  delete globalThis.setImmediate;
  globalThis.MessageChannel = class extends MessageChannel {
    constructor() {
      super();
      opened.push(this.port1);
    }
  };
  try {
    return run();
  } finally {
    Object.assign(globalThis, { setImmediate, MessageChannel });
  }
}

for (const [place, make] of [['Node', scope], ['a browser', () => asInBrowsers(scope)]]) {
  describe(`turns in ${place}`, () => {
    test('what has no delay runs in order, each in a turn of its own, and needs no timer', async () => {
      const made = make();
      const said = [];
      await new Promise((resolve) => {
        for (const i of [1, 2, 3]) {
          made.setTimeout(() => {
            said.push(i);
            queueMicrotask(() => said.push(`behind ${i}`));
          }, 0);
        }
        made.setTimeout(() => setTimeout(resolve, 1));
        said.push('asked');
      });
      assert.deepEqual(said, ['asked', 1, 'behind 1', 2, 'behind 2', 3, 'behind 3']);
      assert.deepEqual(made.timed, []);
    });

    test('a turn may ask for the next', async () => {
      const made = make();
      let turns = 0;
      await new Promise((resolve) => {
        const next = () => (++turns === 100 ? resolve() : made.setTimeout(next, 0));
        made.setTimeout(next, 0);
      });
      assert.equal(turns, 100);
      assert.deepEqual(made.timed, []);
    });

    test('a delay, an argument and a text are the timer\'s', () => {
      const made = make();
      const run = () => assert.fail('the timer runs it');
      made.setTimeout(run, 1);
      made.setTimeout(run, 0, 'argument');
      made.setTimeout('text');
      assert.deepEqual(made.timed, [[run, 1], [run, 0, 'argument'], ['text', undefined]]);
    });
  });
}
