import { useEffect, useState } from 'preact/hooks';
import type { Settings } from '../../contract/settings.js';
import { ALL_SITES, siteOf } from '../../sites.js';
import { say, type Words } from '../../words/words.js';
import { Fold } from './Fold.js';
import { choiceOn, deny, pause, turnOff, turnOn } from './labels.js';
import { hostOf } from './sayings.js';
import type { WatchedTab } from './watched.js';

interface LabelSettingsProps {
  readonly tab: WatchedTab;
  readonly settings: Settings;
  readonly words: Words;
}

/** Whether labels appear on this page unasked; changed with the browser's leave only. */
export function LabelSettings({ tab, settings, words }: LabelSettingsProps) {
  const address = tab.url ?? '';
  const site = siteOf(address);
  const [isAllowed, setAllowed] = useState(true);
  useEffect(() => {
    let isOver = false;
    const ask = () => site !== null && void chrome.permissions.contains({ origins: [site] }).then(is => isOver || setAllowed(is), () => undefined);
    ask();
    chrome.permissions.onAdded.addListener(ask);
    chrome.permissions.onRemoved.addListener(ask);
    return () => {
      isOver = true;
      chrome.permissions.onAdded.removeListener(ask);
      chrome.permissions.onRemoved.removeListener(ask);
    };
  }, [site]);
  const choice = choiceOn(address, settings, isAllowed);
  const host = hostOf(address);
  const isOff = choice === 'on-demand' || choice === 'not-allowed';
  return (
    <details class="labels">
      <summary><Fold /><h2>{words['tab.labels.title']}</h2> <span class="hint">{words[tab.isPrivate && !settings.inPrivate && (choice === 'site' || choice === 'all') ? 'tab.labels.on-demand' : `tab.labels.${choice}` as const]}</span></summary>
      {isOff && <>
        <p>{words['tab.labels.why']}</p>
        <div class="buttons">
          {site !== null && <button type="button" onClick={() => void turnOn(site)}>{say(words, 'tab.labels.on-site', { host })}</button>}
          <button type="button" onClick={() => void turnOn(ALL_SITES)}>{words['tab.labels.on-all']}</button>
        </div>
      </>}
      {(choice === 'site' || choice === 'all') && (
        <div class="buttons"><button type="button" onClick={() => void turnOff(address)}>{words[choice === 'site' ? 'tab.labels.off-site' : 'tab.labels.off-all']}</button></div>
      )}
      {tab.isPrivate && <p class="hint">{words[settings.inPrivate ? 'tab.private.on' : 'tab.private.off']}</p>}
      <div class="buttons">
        {site !== null && <button type="button" class="small" onClick={() => void deny(address, true)}>{say(words, 'tab.labels.deny', { host })}</button>}
        <button type="button" class="small" onClick={() => void pause(true)}>{words['tab.labels.pause']}</button>
      </div>
    </details>
  );
}

