import { useEffect, useState } from 'preact/hooks';
import type { KeptList, Settings } from '../../contract/settings.js';
import { packedLists, readSettings, watchSettings } from '../../settings.js';

/** What the page shows: the reader's choices, what came with the extension, and what the browser allows. */
export interface Choices {
  readonly settings: Settings;
  readonly packed: readonly KeptList[];
  /** Sites of `settings.sites` that the browser does not let us see. */
  readonly notAllowed: readonly string[];
  /** Whether the browser lets us into private windows at all. */
  readonly isInPrivate: boolean;
}

/** Null until they are read; renewed when they change, here or elsewhere. */
export function useChoices(): Choices | null {
  const [choices, set] = useState<Choices | null>(null);
  useEffect(() => {
    let isThere = true;
    const renew = () => void read().then((next) => {
      if (isThere)
        set(next);
    });
    renew();
    const stop = watchSettings(renew);
    chrome.permissions.onAdded.addListener(renew);
    chrome.permissions.onRemoved.addListener(renew);
    return () => {
      isThere = false;
      stop();
      chrome.permissions.onAdded.removeListener(renew);
      chrome.permissions.onRemoved.removeListener(renew);
    };
  }, []);
  return choices;
}

async function read(): Promise<Choices> {
  const [settings, packed, isInPrivate] = await Promise.all([readSettings(), packedLists(), chrome.extension.isAllowedIncognitoAccess()]);
  const isAllowed = await Promise.all(settings.sites.map((site) => chrome.permissions.contains({ origins: [site] })));
  return { settings, packed, isInPrivate, notAllowed: settings.sites.filter((_, index) => !isAllowed[index]) };
}
