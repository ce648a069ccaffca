import type { Badge } from '../contract/background.js';
import { say, type Words } from '../words/words.js';

/** How many have credentials; where some do not match theirs, these, behind a sign. The browser takes it away when the tab goes elsewhere. */
export async function showBadge(tabId: number, { withCredentials, broken }: Badge, words: Words): Promise<void> {
  const text = broken > 0 ? `!${short(broken, 99)}` : withCredentials > 0 ? short(withCredentials, 999) : '';
  const title = withCredentials === 0 && broken === 0 ? words['action.title'] : say(words, 'badge.title', { with: withCredentials, broken });
  try {
    await Promise.all([
      chrome.action.setBadgeText({ tabId, text }),
      chrome.action.setBadgeBackgroundColor({ tabId, color: broken > 0 ? '#9a2a1c' : '#3c3a36' }),
      chrome.action.setBadgeTextColor({ tabId, color: '#ffffff' }),
      chrome.action.setTitle({ tabId, title }),
    ]);
  }
  catch {
    // The tab is gone.
  }
}

function short(count: number, most: number): string {
  return count > most ? `${most}+` : String(count);
}
