import type { Language } from '@provenance/browser';
import { chooseLanguage } from '@provenance/page/language.js';
import type { Settings } from '../../contract/settings.js';

/** The language that the reader chose, else the browser's. */
export function languageOf({ language }: Pick<Settings, 'language'>): Language {
  return chooseLanguage(language === 'browser' ? null : language, [chrome.i18n.getUILanguage(), ...navigator.languages]);
}
