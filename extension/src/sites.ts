/** Sites as match patterns of the browser's own form, of which we use `scheme://host/*` alone: without ports, which Firefox refuses. */

/** Every site. */
export const ALL_SITES = '*://*/*';

const PATTERN = /^(\*|https?):\/\/(\*|(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])\/\*$/;

export function isSite(pattern: string): boolean {
  return pattern.length <= 300 && PATTERN.test(pattern);
}

/** The pattern of an address's host, of all its ports; null where no script of ours may run (`about:`, the browser's own pages, files). */
export function siteOf(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  const pattern = url !== null && /^https?:$/.test(url.protocol) && !url.hostname.includes('*') ? `*://${url.hostname}/*` : null;
  return pattern !== null && isSite(pattern) ? pattern : null;
}

/** What somebody typed as a site: a host, `*.host`, an address, or a pattern; null where it is none. */
export function siteFrom(text: string): string | null {
  const typed = text.trim().toLowerCase();
  if (isSite(typed))
    return typed;
  const subdomains = typed.startsWith('*.');
  const rest = subdomains ? typed.slice(2) : typed;
  const site = siteOf(/^[a-z][a-z0-9+.-]*:\/\//.test(rest) ? rest : `https://${rest}`);
  if (site === null || !subdomains)
    return site;
  const pattern = site.replace('://', '://*.');
  return isSite(pattern) ? pattern : null;
}

export function matchesSite(pattern: string, address: string): boolean {
  const [, scheme, host] = PATTERN.exec(pattern) ?? [];
  if (scheme === undefined || host === undefined || !URL.canParse(address))
    return false;
  const { protocol, hostname } = new URL(address);
  const isScheme = scheme === '*' ? protocol === 'http:' || protocol === 'https:' : protocol === `${scheme}:`;
  const isHost = host === '*' || (host.startsWith('*.') ? hostname === host.slice(2) || hostname.endsWith(host.slice(1)) : hostname === host);
  return isScheme && isHost;
}

/** Whether media of a page are checked unasked, as far as its address tells. */
export function isAutomaticOn(address: string, { sites, denied, isPaused }: { readonly sites: readonly string[]; readonly denied: readonly string[]; readonly isPaused: boolean }): boolean {
  const isIn = (patterns: readonly string[]) => patterns.some((pattern) => matchesSite(pattern, address));
  return !isPaused && isIn(sites) && !isIn(denied);
}
