import type { EngineServices, ToBackground, ToEngine } from '../contract/background.js';
import { startEngine } from './start.js';

/** The engine in its offscreen document, which has no other interface to the browser than messages. */
const host = startEngine({
  settings: () => tell({ to: 'background', kind: 'settings' }) as ReturnType<EngineServices['settings']>,
  badge: (tab, badge) => void tell({ to: 'background', kind: 'badge', tab, badge }),
  idle: () => void tell({ to: 'background', kind: 'idle' }),
});

chrome.runtime.onMessage.addListener((message: unknown, sender, answer) => {
  if (!isFromBackground(message, sender))
    return false;
  void host.receive(message).then((result) => answer(result ?? null));
  return true;
});

function tell(message: ToBackground): Promise<unknown> {
  return chrome.runtime.sendMessage(message);
}

/** Content scripts can send messages too: theirs name the tab, and the page's address. */
function isFromBackground(message: unknown, sender: chrome.runtime.MessageSender): message is ToEngine {
  return sender.id === chrome.runtime.id && sender.tab === undefined && sender.url === chrome.runtime.getURL('background.js')
    && typeof message === 'object' && message !== null && (message as { readonly to?: unknown }).to === 'engine';
}
