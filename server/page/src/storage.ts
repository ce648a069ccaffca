/** What the browser keeps for this page; null where it keeps nothing, as in some private windows. */
export function storageOf(): Storage | null {
  try {
    return localStorage;
  }
  catch {
    return null;
  }
}
