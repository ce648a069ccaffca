import type { Language } from '@provenance/browser';
import { chooseLanguage } from '@provenance/page/language.js';
import type { Badge, EngineSettings } from '../contract/background.js';
import type { FrameSettings } from '../contract/frames.js';
import type { TabView } from '../contract/media.js';
import { isAutomaticOn, matchesSite } from '../sites.js';
import { stateOf } from '../state.js';
import type { Frame, FramePlace } from './registry.js';

export function languageOf({ language }: EngineSettings): Language {
  return chooseLanguage(language === 'browser' ? null : language, navigator.languages);
}

/** What the reader chose, as far as it concerns a frame. */
export function settingsFor({ place }: Frame, settings: EngineSettings): FrameSettings {
  const mode = modeOf(place, settings);
  return { language: languageOf(settings), isAutomatic: mode === 'automatic', isPaused: mode === 'paused', mark: settings.mark };
}

/** What is done on a page unasked. A site is denied with all the frames in it. */
export function modeOf({ address, tabAddress, isPrivate }: FramePlace, settings: EngineSettings): TabView['mode'] {
  const isDenied = [address, tabAddress ?? address].some((each) => settings.denied.some((pattern) => matchesSite(pattern, each)));
  if (settings.isPaused || isDenied)
    return 'paused';
  return isAutomaticOn(address, settings) && (!isPrivate || settings.inPrivate) ? 'automatic' : 'on-demand';
}

export function viewOf(tab: number, frames: readonly Frame[], settings: EngineSettings): TabView {
  const top = frames.filter(({ place }) => place.id === 0).at(-1) ?? frames.at(0);
  return {
    tab,
    origin: top?.place.origin ?? '',
    mode: top === undefined ? (settings.isPaused ? 'paused' : 'on-demand') : modeOf(top.place, settings),
    isLate: frames.some(({ isLate }) => isLate),
    isPrivate: frames.some(({ place }) => place.isPrivate),
    entries: frames.flatMap(({ subjects }) => [...subjects.values()].map((subject) => subject.entry())),
    left: frames.reduce((sum, { left }) => sum + left, 0),
  };
}

/** What the toolbar's button says: the popup's own numbers. */
export function badgeOf(frames: readonly Frame[]): Badge {
  const badge = { withCredentials: 0, broken: 0 };
  for (const { subjects } of frames) {
    for (const subject of subjects.values()) {
      if (stateOf(subject) !== 'credentials')
        continue;
      badge.withCredentials++;
      if (subject.verdict?.label === 'broken')
        badge.broken++;
    }
  }
  return badge;
}
