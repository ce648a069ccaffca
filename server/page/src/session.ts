import type { Policy, Verification, Verifier } from '@provenance/browser';
import { failureOf } from './failure.js';
import { reduce, type Action, type Item, type State } from './state.js';
import { wanted, type Want } from './wanted.js';

/** Holds the state, and asks the engine for what it lacks. */
export interface Session {
  readonly state: State;
  dispatch(action: Action): void;
  /** Told after each change. */
  subscribe(listener: () => void): () => void;
}

/** The digest of a whole file takes a second pass over it, and of a film longer than anybody waits for the verdict. */
const MOST_FOR_DIGEST = 64 << 20;

/** @param engine The engine, started when it is first asked for. */
export function createSession(initial: State, engine: () => Verifier): Session {
  let state = initial;
  const policies = new Map<string, Policy>();
  let policyOf: Pick<State, 'trust' | 'shown' | 'exampleTrust'> | undefined;
  const listeners = new Set<() => void>();
  const underWay = new Set<string>();
  const stops = new Map<string, AbortController>();

  function dispatch(action: Action): void {
    const before = state;
    state = reduce(state, action);
    letGo(before.items, state.items);
    for (const listener of listeners)
      listener();
    for (const want of wanted(state))
      void ask(want);
  }

  /** Frees what the state no longer holds, and stops what nobody waits for. */
  function letGo(before: readonly Item[], after: readonly Item[]): void {
    if (before === after)
      return;
    const held = new Set(after.map(item => item.verification));
    for (const { verification } of before) {
      if (verification !== undefined && !held.has(verification))
        verification.dispose();
    }
    const reading = new Set(after.filter(item => item.phase === 'reading').map(questionOf));
    for (const [question, stop] of stops) {
      if (!reading.has(question)) {
        stops.delete(question);
        stop.abort();
      }
    }
  }

  async function ask(want: Want): Promise<void> {
    if (want.kind === 'verify') {
      dispatch({ kind: 'started', id: want.item.id });
      const item = state.items.find(other => other.id === want.item.id);
      if (item?.phase === 'reading' && item.round === want.item.round + 1)
        await verify(item);
      return;
    }
    const { item } = want;
    const { verification, id, round } = item;
    const key = `${want.kind} ${questionOf(item)} ${want.language}`;
    if (verification === undefined || underWay.has(key))
      return;
    underWay.add(key);
    try {
      const answer = await answerOf(want, verification);
      // Before the answer changes the state, which asks for what is lacking then.
      underWay.delete(key);
      dispatch({ ...answer, id, round });
    }
    catch {
      underWay.delete(key);
      dispatch({ kind: 'cut', id, round });
    }
  }

  async function verify(item: Item): Promise<void> {
    const { id, round, blob, name } = item;
    const stop = new AbortController();
    stops.set(questionOf(item), stop);
    try {
      const verification = await engine().verify(blob, policyFor(item), {
        signal: stop.signal,
        name,
        ...item.manifest && { manifest: item.manifest.blob },
        onProgress: (hashed, length) => dispatch({ kind: 'hashed', id, round, hashed, length }),
      });
      stops.delete(questionOf(item));
      dispatch({ kind: 'answered', id, round, verification });
      // An answer that came too late for its question belongs to nobody.
      if (!state.items.some(other => other.verification === verification))
        verification.dispose();
    }
    catch (error) {
      stops.delete(questionOf(item));
      if (stop.signal.aborted)
        return;
      // For whoever looks into it; the page tells only what helps.
      console.error(error);
      dispatch({ kind: 'failed', id, round, code: failureOf(error) });
    }
  }

  /** The engine reads a policy once for each object, so files of a kind share one. */
  function policyFor(item: Item): Policy {
    const { trust, shown, exampleTrust } = state;
    if (policyOf?.trust !== trust || policyOf.shown !== shown || policyOf.exampleTrust !== exampleTrust) {
      policyOf = { trust, shown, exampleTrust };
      policies.clear();
    }
    const digest = item.blob.size <= MOST_FOR_DIGEST;
    const key = `${item.origin === 'example'} ${digest}`;
    const lists = item.origin === 'example' ? exampleTrust : trust.looksUp ? trust.lists.map(list => list.file) : 'nobody';
    const policy = policies.get(key) ?? { trust: lists, digest, shown };
    policies.set(key, policy);
    return policy;
  }

  return {
    get state() { return state; },
    dispatch,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function questionOf(item: Item): string {
  return `${item.id}/${item.round}`;
}

type Answer =
  | Pick<Extract<Action, { kind: 'told' }>, 'kind' | 'language' | 'told'>
  | Pick<Extract<Action, { kind: 'drawn' }>, 'kind' | 'language' | 'page'>;

async function answerOf({ kind, language }: Exclude<Want, { kind: 'verify' }>, verification: Verification): Promise<Answer> {
  return kind === 'tell'
    ? { kind: 'told', language, told: await verification.told(language) }
    : { kind: 'drawn', language, page: await verification.page(language, { inFull: true }) };
}
