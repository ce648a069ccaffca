/** Asks the browser for a host. Called in the task of a click, before anything is waited for, without which browsers do not ask. */
export async function requestHost(pattern: string): Promise<boolean> {
  return chrome.permissions.request({ origins: [pattern] }).catch(() => false);
}

/** Gives a host back, which is no error where we never had it. */
export async function giveBack(patterns: readonly string[]): Promise<void> {
  await Promise.all(patterns.map((pattern) => chrome.permissions.remove({ origins: [pattern] }).catch(() => false)));
}

/** Everything that was ever allowed, but what the manifest asks for. */
export async function giveBackAll(): Promise<void> {
  const { origins = [] } = await chrome.permissions.getAll();
  await giveBack(origins);
}

/**
 * Does something that needs a host, and gives the host back if the reader had not allowed it before: a list is fetched once, and nothing of
 * that host is to be seen afterwards.
 */
export async function withHost<Result>(pattern: string, work: () => Promise<Result>): Promise<Result | 'not-allowed'> {
  const had = chrome.permissions.contains({ origins: [pattern] });
  if (!(await requestHost(pattern)))
    return 'not-allowed';
  try {
    return await work();
  }
  finally {
    if (!(await had))
      await giveBack([pattern]);
  }
}
