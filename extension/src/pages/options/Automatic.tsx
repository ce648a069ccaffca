import { useState } from 'preact/hooks';
import { changeSettings } from '../../settings.js';
import { ALL_SITES, siteFrom } from '../../sites.js';
import { say } from '../../words/words.js';
import type { SectionProps } from './OptionsPage.js';
import { giveBack, requestHost } from './permissions.js';
import { SiteField } from './SiteField.js';

/** Where labels come unasked, and where nothing is done at all. */
export function Automatic({ settings, notAllowed, words, tell }: SectionProps) {
  const { sites, denied } = settings;
  const onAll = sites.includes(ALL_SITES);
  const [isAsking, setAsking] = useState(false);
  const turnOn = async (site: string) => {
    setAsking(true);
    const isAllowed = await requestHost(site);
    setAsking(false);
    if (!isAllowed) {
      tell('options.sites.refused');
      return;
    }
    await changeSettings(({ sites, denied }) => ({ sites: [...sites.filter((other) => other !== site), site], denied: denied.filter((other) => other !== site) }));
    tell('options.sites.added', { site: shown(site) });
  };
  const turnOff = async (site: string) => {
    await changeSettings(({ sites }) => ({ sites: sites.filter((other) => other !== site) }));
    await giveBack([site]);
    tell('options.sites.removed', { site: shown(site) });
  };
  const deny = (site: string) => changeSettings(({ denied }) => ({ denied: [...denied.filter((other) => other !== site), site] }));
  const allow = (site: string) => changeSettings(({ denied }) => ({ denied: denied.filter((other) => other !== site) }));
  return (
    <section id="automatic" aria-labelledby="automatic-title">
      <h3 id="automatic-title">{words['options.sites.title']}</h3>
      <p>{words['options.sites.intro']}</p>
      {settings.isPaused && <p class="nothing">{words['options.sites.paused']} <button type="button" class="small" onClick={() => void changeSettings({ isPaused: false })}>{words['options.sites.resume']}</button></p>}
      <label class="choice">
        <input type="checkbox" checked={onAll} disabled={isAsking} onChange={(event) => {
          const { checked } = event.currentTarget;
          // What is shown follows what is kept.
          event.currentTarget.checked = onAll;
          void (checked ? turnOn(ALL_SITES) : turnOff(ALL_SITES));
        }} />
        <span>{words['options.sites.all']}<span class="hint">{words['options.sites.all-hint']}</span></span>
      </label>
      <h4>{words['options.sites.these']}</h4>
      <Sites
        sites={sites.filter((site) => site !== ALL_SITES)} none={words['options.sites.none']}
        note={(site) => notAllowed.includes(site) ? words['options.sites.not-allowed'] : null}
        actions={(site) => [
          ...(notAllowed.includes(site) ? [{ name: say(words, 'options.sites.allow', { site: shown(site) }), does: () => turnOn(site) }] : []),
          { name: say(words, 'options.sites.remove', { site: shown(site) }), does: () => turnOff(site) },
        ]} />
      {onAll && notAllowed.includes(ALL_SITES) && <p class="nothing">{words['options.sites.not-allowed']} <button type="button" class="small" onClick={() => void turnOn(ALL_SITES)}>{words['options.sites.allow-all']}</button></p>}
      <SiteField id="site" label={words['options.sites.add-label']} button={words['options.sites.add']} words={words} read={siteFrom} take={turnOn} />
      <h4>{words['options.denied.title']}</h4>
      <p class="hint">{words['options.denied.intro']}</p>
      <Sites sites={denied} none={words['options.denied.none']} actions={(site) => [{ name: say(words, 'options.sites.remove', { site: shown(site) }), does: () => allow(site) }]} />
      <SiteField id="denied" label={words['options.denied.add-label']} button={words['options.sites.add']} words={words} read={siteFrom} take={deny} />
    </section>
  );
}

interface Action {
  readonly name: string;
  readonly does: () => Promise<void>;
}

function Sites({ sites, none, note, actions }: { readonly sites: readonly string[]; readonly none: string; readonly note?: (site: string) => string | null; readonly actions: (site: string) => readonly Action[] }) {
  if (sites.length === 0)
    return <p class="nothing">{none}</p>;
  return (
    <ul class="things">
      {sites.map((site) => (
        <li key={site}>
          <p class="thing"><bdi class="thing-name">{shown(site)}</bdi>{note?.(site) != null && <span class="hint"> {note(site)}</span>}</p>
          <div class="ways">{actions(site).map(({ name, does }) => <button key={name} type="button" class="small" onClick={() => void does()}>{name}</button>)}</div>
        </li>
      ))}
    </ul>
  );
}

/** A pattern as people read it: its host. A scheme of its own is kept. */
function shown(site: string): string {
  return site.replace(/^\*:\/\//, '').replace(/\/\*$/, '');
}
