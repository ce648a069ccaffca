import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { importTypeScript } from './typescript.mjs';

let initialState, reduce, selectedItem, wanted, createSession, announcement;

before(async () => {
  ({ initialState, reduce, selectedItem } = await importTypeScript('server/page/src/state.ts'));
  ({ wanted } = await importTypeScript('server/page/src/wanted.ts'));
  ({ createSession } = await importTypeScript('server/page/src/session.ts'));
  ({ announcement } = await importTypeScript('server/page/src/announcement.ts'));
});

const file = (name, origin = 'given') => ({ name, blob: new Blob([name]), origin });
const trust = { lists: [], looksUp: true, remembers: false };
const read = (...actions) => [{ kind: 'trust', trust }, ...actions].reduce(reduce, initialState('en'));
const kinds = state => wanted(state).map(want => `${want.kind} ${want.item.name}${want.language ? ` ${want.language}` : ''}`);
const verification = () => ({ report: { label: 'none' }, disposed: 0, dispose() { this.disposed++; } });
const answered = (id, round = 1) => [{ kind: 'started', id }, { kind: 'answered', id, round, verification: verification() }];
const told = (id, language, round = 1) => ({ kind: 'told', id, round, language, told: { label: 'none', sentence: language, lines: [] } });

describe('the state', () => {
  test('the first of several new files is chosen, and its answer awaited', () => {
    const state = read({ kind: 'given', files: [file('a'), file('b')] });
    assert.equal(selectedItem(state).name, 'a');
    assert.equal(state.awaited, state.selected);
  });

  test('files that come later are chosen in place of those before', () => {
    const state = read({ kind: 'given', files: [file('a')] }, { kind: 'given', files: [file('b')] });
    assert.equal(selectedItem(state).name, 'b');
    assert.deepEqual(state.items.map(item => item.name), ['a', 'b']);
  });

  test('what is said of where a file comes from stays with it when it is read anew', () => {
    const note = { en: 'from a page', ko: '페이지에서' };
    const state = read({ kind: 'given', files: [{ ...file('a'), note }, file('b')] }, ...answered(1), { kind: 'trust', trust });
    assert.deepEqual(state.items.map(item => item.note), [note, undefined]);
  });

  test('a comparison is asked for once', () => {
    const state = read({ kind: 'given', files: [file('a'), file('b')] });
    assert.equal(state.compared, null);
    assert.equal(reduce(state, { kind: 'compared', id: 2 }).compared, 2);
    assert.equal(reduce(reduce(state, { kind: 'compared', id: 2 }), { kind: 'compared', id: null }).compared, null);
  });

  test('where a file is removed the next one is chosen, of the last one that before it, of the only one none', () => {
    const three = read({ kind: 'given', files: [file('a'), file('b'), file('c')] }, { kind: 'selected', id: 2 });
    assert.equal(selectedItem(reduce(three, { kind: 'removed', id: 2 })).name, 'c');
    assert.equal(selectedItem(reduce(reduce(three, { kind: 'selected', id: 3 }), { kind: 'removed', id: 3 })).name, 'b');
    assert.equal(reduce(read({ kind: 'given', files: [file('a')] }), { kind: 'removed', id: 1 }).selected, null);
  });

  test('an answer to the question that was asked counts, one to an earlier question does not', () => {
    const asked = [{ kind: 'given', files: [file('a')] }, { kind: 'started', id: 1 }];
    assert.equal(read(...asked, { kind: 'answered', id: 1, round: 1, verification: verification() }).items[0].phase, 'answered');
    const again = read(...asked, { kind: 'trust', trust }, { kind: 'answered', id: 1, round: 1, verification: verification() });
    assert.equal(again.items[0].phase, 'waiting');
    assert.equal(again.items[0].verification, undefined);
  });

  test('another trust list asks again about all files but the examples, which have lists of their own', () => {
    const state = read({ kind: 'given', files: [file('a'), file('b', 'example')] }, ...answered(1), ...answered(2), { kind: 'trust', trust });
    assert.deepEqual(state.items.map(item => item.phase), ['waiting', 'answered']);
  });

  test('a file that was stopped stays so whatever comes of its question, and is asked about anew when somebody wants it', () => {
    const stopped = read({ kind: 'given', files: [file('a')] }, { kind: 'started', id: 1 }, { kind: 'stopped', id: 1 });
    assert.equal(reduce(stopped, { kind: 'failed', id: 1, round: 1, code: 'other' }).items[0].phase, 'stopped');
    assert.equal(reduce(stopped, { kind: 'retried', id: 1 }).items[0].phase, 'waiting');
  });

  test('where nothing can be answered at all, files say so at once, before and after', () => {
    const state = read({ kind: 'given', files: [file('a')] }, { kind: 'obstacle', code: 'insecure' }, { kind: 'given', files: [file('b')] }, { kind: 'retried', id: 1 });
    assert.deepEqual(state.items.map(item => [item.phase, item.failure]), [['failed', 'insecure'], ['failed', 'insecure']]);
    assert.deepEqual(wanted(state), []);
  });
});

describe('what is wanted', () => {
  test('nothing before the lists are known', () => {
    const state = reduce(initialState('en'), { kind: 'given', files: [file('a')] });
    assert.deepEqual(kinds(state), []);
    assert.deepEqual(kinds(reduce(state, { kind: 'trust', trust })), ['verify a']);
  });

  test('one verdict at a time, that of the chosen file first', () => {
    const state = read({ kind: 'given', files: [file('a'), file('b')] }, { kind: 'selected', id: 2 });
    assert.deepEqual(kinds(state), ['verify b']);
    assert.deepEqual(kinds(reduce(state, { kind: 'started', id: 2 })), []);
  });

  test('the sentence in the language of the page, then in the other, then the page of the chosen file, then the next verdict', () => {
    const state = read({ kind: 'language', language: 'ko' }, { kind: 'given', files: [file('a'), file('b')] }, ...answered(1));
    assert.deepEqual(kinds(state), ['tell a ko', 'tell a en', 'draw a ko']);
    const drawn = [told(1, 'ko'), told(1, 'en'), { kind: 'drawn', id: 1, round: 1, language: 'ko', page: {} }].reduce(reduce, state);
    assert.deepEqual(kinds(drawn), ['verify b']);
    assert.deepEqual(kinds(reduce(drawn, { kind: 'language', language: 'en' })), ['draw a en']);
  });

  test('no page of a file that is not chosen', () => {
    const state = read({ kind: 'given', files: [file('a'), file('b')] }, ...answered(2), told(2, 'en'), told(2, 'ko'));
    assert.deepEqual(kinds(state), ['verify a']);
  });

  test('nothing more of a file after something of it could not be worked out', () => {
    const state = read({ kind: 'given', files: [file('a')] }, ...answered(1), { kind: 'cut', id: 1, round: 1 });
    assert.deepEqual(kinds(state), []);
  });
});

/** A verifier whose answers the test gives. */
function fakeVerifier() {
  const asked = [];
  return {
    asked,
    ready: Promise.resolve(),
    verify(blob, policy, options) {
      return new Promise((resolve, reject) => {
        asked.push({ blob, policy, options, resolve, reject });
        options.signal.addEventListener('abort', () => reject(options.signal.reason));
      });
    },
    dispose() {},
  };
}

const answerOf = label => ({
  report: { label }, disposed: 0,
  told: async language => ({ label, sentence: language, lines: [] }),
  page: async language => ({ language, label, sections: [], further: [], lines: [] }),
  dispose() { this.disposed++; },
});
/** A turn later: all that was promised, and waits for nothing else, is done. */
const settled = () => new Promise(resolve => setImmediate(resolve));

describe('the session', () => {
  test('a file is verified, its sentence told and its page drawn, and then the next one', async () => {
    const verifier = fakeVerifier();
    const session = createSession(initialState('en'), () => verifier);
    session.dispatch({ kind: 'trust', trust });
    session.dispatch({ kind: 'given', files: [file('a'), file('b')] });
    assert.equal(verifier.asked.length, 1);
    verifier.asked[0].options.onProgress(1, 2);
    assert.deepEqual([session.state.items[0].hashed, session.state.items[0].length], [1, 2]);
    verifier.asked[0].resolve(answerOf('none'));
    await settled();
    assert.equal(session.state.items[0].told.ko.sentence, 'ko');
    assert.equal(session.state.items[0].pages.en.language, 'en');
    assert.equal(verifier.asked.length, 2);
    assert.equal(verifier.asked[1].policy, verifier.asked[0].policy, 'one policy is one object');
  });

  test('what is removed is aborted while it is read, and freed when it was answered', async () => {
    const verifier = fakeVerifier();
    const session = createSession(initialState('en'), () => verifier);
    session.dispatch({ kind: 'trust', trust });
    session.dispatch({ kind: 'given', files: [file('a'), file('b')] });
    session.dispatch({ kind: 'removed', id: 1 });
    assert.equal(verifier.asked[0].options.signal.aborted, true);
    const answer = answerOf('none');
    verifier.asked[1].resolve(answer);
    await settled();
    assert.equal(answer.disposed, 0);
    session.dispatch({ kind: 'removed', id: 2 });
    assert.equal(answer.disposed, 1);
  });

  test('an answer that comes after its question was withdrawn is freed', async () => {
    const verifier = fakeVerifier();
    const session = createSession(initialState('en'), () => ({ ...verifier, verify: (blob, policy, options) => verifier.verify(blob, policy, { ...options, signal: new EventTarget() }) }));
    session.dispatch({ kind: 'trust', trust });
    session.dispatch({ kind: 'given', files: [file('a')] });
    session.dispatch({ kind: 'removed', id: 1 });
    const late = answerOf('none');
    verifier.asked[0].resolve(late);
    await settled();
    assert.equal(late.disposed, 1);
  });

  test('lists go into the policy, nobody is looked up when asked so, and examples keep their own', async () => {
    const verifier = fakeVerifier();
    const session = createSession(initialState('en'), () => verifier);
    const list = { file: { role: 'any', name: 'l.pem', content: 'x' }, digest: 'd', origin: 'own' };
    session.dispatch({ kind: 'trust', trust: { ...trust, lists: [list] } });
    session.dispatch({ kind: 'given', files: [file('a')] });
    assert.deepEqual(verifier.asked[0].policy.trust, [list.file]);
    session.dispatch({ kind: 'trust', trust: { ...trust, lists: [list], looksUp: false } });
    assert.equal(verifier.asked[1].policy.trust, 'nobody');
    session.dispatch({ kind: 'emptied' });
    const examples = [{ role: 'anchors', name: 'example', content: 'y' }];
    session.dispatch({ kind: 'example-trust', lists: examples });
    session.dispatch({ kind: 'given', files: [file('e', 'example')] });
    assert.equal(verifier.asked[2].policy.trust, examples);
  });

  test('a failure is told by what helps against it', async () => {
    for (const [fault, code] of [[{ code: 'invalid-policy' }, 'policy'], [{ code: 'crashed' }, 'crashed'], [new DOMException('', 'NotReadableError'), 'read'], [new Error('x'), 'other']]) {
      const verifier = fakeVerifier();
      const session = createSession(initialState('en'), () => verifier);
      session.dispatch({ kind: 'trust', trust });
      session.dispatch({ kind: 'given', files: [file('a')] });
      verifier.asked[0].reject(fault);
      await settled();
      assert.equal(session.state.items[0].failure, code);
    }
  });

  test('an engine that cannot tell more leaves the verdict standing and goes on with the next file', async () => {
    const verifier = fakeVerifier();
    const session = createSession(initialState('en'), () => verifier);
    session.dispatch({ kind: 'trust', trust });
    session.dispatch({ kind: 'given', files: [file('a'), file('b')] });
    verifier.asked[0].resolve({ ...answerOf('none'), page: async () => { throw new Error('no'); } });
    await settled();
    const [item] = session.state.items;
    assert.deepEqual([item.phase, item.isCut, item.told.en.sentence], ['answered', true, 'en']);
    assert.equal(verifier.asked.length, 2);
  });
});

describe('the live region', () => {
  const words = new Proxy({}, { get: (_, key) => key });
  test('says that one file is read, and of several only that all were', () => {
    const one = read({ kind: 'given', files: [file('a')] });
    assert.equal(announcement(one, words), 'answer.still');
    assert.equal(announcement([...answered(1)].reduce(reduce, one), words), '', 'the sentence takes the focus instead');
    const two = read({ kind: 'given', files: [file('a'), file('b')] }, ...answered(1));
    assert.equal(announcement(two, words), '');
    assert.equal(announcement(answered(2).reduce(reduce, two), words), 'file.count-done');
  });
});
