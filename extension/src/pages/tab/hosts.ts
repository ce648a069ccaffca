import type { Entry } from '../../contract/media.js';
import { siteOf } from '../../sites.js';
import { hostOf } from './sayings.js';

export interface HostToAllow {
  readonly site: string;
  readonly host: string;
  readonly entries: readonly Entry[];
}

/** More than a few questions help nobody. */
const MOST_HOSTS = 4;

/** Hosts that the reader may allow, so that media can be read that nobody would hand out; those with the most media first. */
export function hostsToAllow(entries: readonly Entry[]): readonly HostToAllow[] {
  const hosts = new Map<string, Entry[]>();
  for (const entry of entries) {
    const site = entry.verdict?.obstacle === 'no-access' ? siteOf(entry.url) : null;
    if (site !== null)
      hosts.set(site, [...hosts.get(site) ?? [], entry]);
  }
  return [...hosts].map(([site, found]) => ({ site, host: hostOf(found[0]?.url ?? ''), entries: found }))
    .sort((one, other) => other.entries.length - one.entries.length).slice(0, MOST_HOSTS);
}

/** Hosts of match patterns, for people. */
export function hostsOf(sites: readonly string[]): string {
  return sites.map(site => site.replace(/^[^:]*:\/\//, '').replace(/\/.*$/, '')).join(', ');
}

/** Milliseconds until the engine has heard of what was allowed; it hears of it by another way than of our question. */
const NEWS = 400;

/** Asks for hosts; in the task of a click, before anything is waited for. */
export async function allow(sites: readonly string[]): Promise<boolean> {
  const isAllowed = await chrome.permissions.request({ origins: [...sites] }).catch(() => false);
  if (isAllowed)
    await new Promise(resolve => setTimeout(resolve, NEWS));
  return isAllowed;
}
