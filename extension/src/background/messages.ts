import type { Badge, ToBackground } from '../contract/background.js';

export type Sender = Pick<chrome.runtime.MessageSender, 'id' | 'url' | 'tab'>;

/**
 * What a message asks of us, or null where its sender may not ask it: content scripts and our pages may wake the engine, and the rest is the
 * engine's own (attacks.md K05). A page's scripts have no way to us; a page that took over its process speaks as our content script.
 */
export function readMessage(message: unknown, sender: Sender): ToBackground | null {
  if (sender.id !== chrome.runtime.id || typeof message !== 'object' || message === null)
    return null;
  const { to, kind, tab, badge } = message as Readonly<Record<string, unknown>>;
  if (to !== 'background')
    return null;
  if (kind === 'wake')
    return { to, kind };
  if (sender.tab !== undefined || sender.url !== chrome.runtime.getURL('offscreen.html'))
    return null;
  if (kind === 'settings' || kind === 'idle')
    return { to, kind };
  return kind === 'badge' && isCount(tab) && isBadge(badge) ? { to, kind, tab, badge } : null;
}

function isBadge(value: unknown): value is Badge {
  if (typeof value !== 'object' || value === null)
    return false;
  const { withCredentials, broken } = value as Readonly<Record<string, unknown>>;
  return isCount(withCredentials) && isCount(broken);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
