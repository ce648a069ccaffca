import type { FramePlace } from './registry.js';

/** Who we are. */
export interface Ours {
  readonly id: string;
  /** Address of our own pages, up to the slash. */
  readonly base: string;
}

type Sender = chrome.runtime.MessageSender | undefined;

/** The frame at the other end of a port; null where it is none with a script of ours (attacks.md K05). The browser says where it is, not the frame. */
export function placeOf(sender: Sender, { id, base }: Ours): FramePlace | null {
  const tab = sender?.tab?.id;
  if (sender?.id !== id || tab === undefined || sender.frameId === undefined || sender.url?.startsWith(base) === true)
    return null;
  const origin = originOf(sender);
  return {
    tab,
    id: sender.frameId,
    origin,
    address: sender.url !== undefined && /^https?:/.test(sender.url) ? sender.url : `${origin}/`,
    tabAddress: sender.tab?.url ?? null,
    isPrivate: sender.tab?.incognito === true,
  };
}

/** Whether a page of ours is at the other end. */
export function isOurPage(sender: Sender, { id, base }: Ours): boolean {
  return sender?.id === id && sender.url?.startsWith(base) === true && (sender.origin === undefined || `${sender.origin}/` === base);
}

function originOf({ origin, url }: chrome.runtime.MessageSender): string {
  return origin ?? (url !== undefined && URL.canParse(url) ? new URL(url).origin : 'null');
}
