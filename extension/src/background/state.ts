import { chooseLanguage } from '@provenance/page/language.js';
import type { EngineSettings } from '../contract/background.js';
import type { Settings } from '../contract/settings.js';
import { listsInForce, packedLists, readSettings } from '../settings.js';
import { wordsOf, type Words } from '../words/words.js';

/** What the engine needs to know, read anew: nothing is held here between two events. */
export async function engineSettings(): Promise<EngineSettings> {
  const [settings, packed, { origins = [] }] = await Promise.all([readSettings(), packedLists(), chrome.permissions.getAll()]);
  return { ...settings, lists: listsInForce(settings, packed), hosts: origins };
}

export function wordsFor({ language }: Settings): Words {
  return wordsOf(chooseLanguage(language === 'browser' ? null : language, [chrome.i18n.getUILanguage()]));
}

export async function currentWords(): Promise<Words> {
  return wordsFor(await readSettings());
}
