import type { Badge, EngineServices, ToBackground } from '../contract/background.js';
import { watchSettings } from '../settings.js';
import { showBadge } from './badge.js';
import type { EngineAccess } from './engine.js';
import { askAboutLists } from './firstStart.js';
import { chosen, makeMenus } from './menus.js';
import { readMessage } from './messages.js';
import { register } from './registration.js';
import { currentWords, engineSettings, wordsFor } from './state.js';

/** Listens to everything, before the first turn ends: an event that wakes us is only heard then. */
export function listen(engine: EngineAccess): void {
  chrome.runtime.onMessage.addListener((message: unknown, sender, answer) => {
    const asked = readMessage(message, sender);
    if (asked === null)
      return false;
    void respond(asked, engine).then(answer);
    return true;
  });
  const renew = () => void apply(engine);
  chrome.runtime.onInstalled.addListener(({ reason }) => {
    renew();
    if (reason === 'install')
      void askAboutLists();
  });
  chrome.runtime.onStartup.addListener(renew);
  chrome.permissions.onAdded.addListener(renew);
  chrome.permissions.onRemoved.addListener(renew);
  watchSettings(renew);
  chrome.contextMenus.onClicked.addListener((info, tab) => void currentWords().then((words) => chosen(info, tab, engine, words)));
}

async function respond(message: ToBackground, engine: EngineAccess): Promise<unknown> {
  switch (message.kind) {
    case 'wake':
      await engine.wake();
      return true;
    case 'settings':
      return engineSettings();
    case 'badge':
      return badge(message.tab, message.badge);
    case 'idle':
      return engine.close();
  }
}

/** What the engine asks of us where it is the same page. */
export const services: EngineServices = {
  settings: engineSettings,
  badge: (tab, shown) => void badge(tab, shown),
  idle() {},
};

async function badge(tab: number, shown: Badge): Promise<void> {
  await showBadge(tab, shown, await currentWords());
}

/** Settings or permissions are other ones now, or the browser started. */
async function apply(engine: EngineAccess): Promise<void> {
  const settings = await engineSettings();
  await Promise.all([engine.tell({ to: 'engine', kind: 'settings', settings }), register(settings), makeMenus(wordsFor(settings))]);
}
