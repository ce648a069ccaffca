/** Milliseconds of a page's thread that we take in one turn. */
export const TURN = 8;

/** Lets the page do what it has to do before we go on. */
export function nextTurn(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { yield?(): Promise<void> } };
  return scheduler?.yield?.() ?? new Promise((resolve) => { setTimeout(resolve); });
}
