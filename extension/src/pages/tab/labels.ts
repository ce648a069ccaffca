import type { Settings } from '../../contract/settings.js';
import { ALL_SITES, matchesSite, siteOf } from '../../sites.js';
import { changeSettings } from '../../settings.js';

/** Whether labels come unasked on a page: what the reader chose, and whether the browser agreed. */
export type LabelChoice = 'paused' | 'denied' | 'all' | 'site' | 'not-allowed' | 'on-demand';

export function choiceOn(address: string, settings: Settings, isAllowed: boolean): LabelChoice {
  if (settings.isPaused)
    return 'paused';
  if (settings.denied.some(site => matchesSite(site, address)))
    return 'denied';
  const sites = settings.sites.filter(site => matchesSite(site, address));
  if (sites.length === 0)
    return 'on-demand';
  return !isAllowed ? 'not-allowed' : sites.includes(ALL_SITES) ? 'all' : 'site';
}

/**
 * Asks for a site and turns labels on. Called in the task of a click, without which browsers do not ask. The choice is written down before
 * the answer is there, as the question may close the popup; without the browser's leave it does nothing.
 */
export async function turnOn(site: string): Promise<void> {
  const asked = chrome.permissions.request({ origins: [site] });
  await changeSettings(({ sites, denied }) => ({ sites: including(sites, site), denied: site === ALL_SITES ? denied : without(denied, site), isPaused: false }));
  if (!await asked.catch(() => false))
    await changeSettings(({ sites }) => ({ sites: without(sites, site) }));
}

export function turnOff(address: string): Promise<void> {
  return changeSettings(({ sites }) => ({ sites: sites.filter(site => !matchesSite(site, address)) }));
}

export function deny(address: string, isDenied: boolean): Promise<void> {
  const site = siteOf(address);
  return changeSettings(({ denied }) => ({ denied: !isDenied ? denied.filter(other => !matchesSite(other, address)) : site === null ? denied : including(denied, site) }));
}

export function pause(isPaused: boolean): Promise<void> {
  return changeSettings({ isPaused });
}

function including(sites: readonly string[], site: string): readonly string[] {
  return sites.includes(site) ? sites : [...sites, site];
}

function without(sites: readonly string[], site: string): readonly string[] {
  return sites.filter(other => other !== site);
}
