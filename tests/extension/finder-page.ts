// The finder in a page of its own, with what it tells.
import { createFinder } from '../../extension/src/content/finder.ts';

type Told = { readonly event: string; readonly id: number; readonly kind: string; readonly url: string; readonly at: number };

const log: Told[] = [];
const tell = (event: string) => (all: readonly { readonly medium: { readonly id: number; readonly kind: string; readonly url: string } }[]) => {
  for (const { medium: { id, kind, url } } of all) log.push({ event, id, kind, url, at: performance.now() });
};

Object.assign(globalThis, {
  log,
  startFinder: () => Object.assign(globalThis, { finder: createFinder({ found: tell('found'), near: tell('near'), gone: tell('gone') }) }),
});
