import type { Medium, Obstacle } from '../contract/media.js';
import { matchesSite } from '../sites.js';
import { isPrivateHost } from './addresses.js';

/** Who reads the bytes: the frame, because they are its own or its page may read them; or we. */
export type Route = 'frame' | 'engine';

/** How the bytes of a medium are had. `origin`: the frame's; `null` as text for one that has none. */
export function routeOf({ url, isShared }: Pick<Medium, 'url' | 'isShared'>, origin: string, hosts: readonly string[]): { readonly by: Route } | { readonly obstacle: Obstacle } {
  if (/^(data|blob):/.test(url))
    return { by: 'frame' };
  const address = URL.canParse(url) ? new URL(url) : null;
  // Nobody is asked for by name and password.
  if (address === null || !/^https?:$/.test(address.protocol) || address.username !== '' || address.password !== '')
    return { obstacle: 'no-access' };
  if (address.origin === origin)
    return { by: 'frame' };
  if (isOutOfReach(address, origin))
    return { obstacle: 'private-address' };
  if (isShared !== true && isAllowed(url, hosts))
    return { by: 'engine' };
  return { by: 'frame' };
}

/** Whether we may ask where the frame could not: its page's policy may keep it from reading what it shows. */
export function mayFollow({ url }: Pick<Medium, 'url'>, origin: string, hosts: readonly string[]): boolean {
  return /^https?:/.test(url) && isAllowed(url, hosts) && !isOutOfReach(new URL(url), origin);
}

/** A private address, and the page is not of one. */
function isOutOfReach(address: URL, origin: string): boolean {
  return isPrivateHost(address) && !(URL.canParse(origin) && isPrivateHost(new URL(origin)));
}

/** Whether the reader allows us to ask a host. */
export function isAllowed(url: string, hosts: readonly string[]): boolean {
  return hosts.some((pattern) => (pattern === '<all_urls>' ? /^https?:/.test(url) : matchesSite(pattern, url)));
}
