import { useState } from 'preact/hooks';
import { fetchOfficial, type Told } from '../../lists/fetch.js';
import { hostOf, OFFICIAL_FOLDER } from '../../lists/sources.js';
import { changeSettings } from '../../settings.js';
import type { SectionProps } from './OptionsPage.js';
import { Outcomes } from './Outcomes.js';
import { withHost } from './permissions.js';

/** Asked once, after the extension was installed without a list. */
export function FirstStart({ settings, words }: SectionProps) {
  const [told, setTold] = useState<readonly Told[] | 'not-allowed' | 'fetching' | null>(null);
  if (settings.wasAsked && told === null)
    return null;
  const fetchNow = async () => {
    setTold('fetching');
    const outcome = await withHost(hostOf(OFFICIAL_FOLDER), fetchOfficial);
    await changeSettings({ wasAsked: true });
    setTold(outcome);
  };
  return (
    <section class="first" aria-labelledby="first-title">
      <h3 id="first-title">{words['setup.title']}</h3>
      <p>{words['setup.intro']}</p>
      <p>{words['setup.address']} <span class="code address">{OFFICIAL_FOLDER}</span></p>
      <p class="hint">{words['setup.hint']}</p>
      <div class="ways">
        <button type="button" class="primary" disabled={told === 'fetching'} onClick={() => void fetchNow()}>{words['setup.fetch']}</button>
        <button type="button" disabled={told === 'fetching'} onClick={() => void changeSettings({ wasAsked: true }).then(() => setTold(null))}>{words['setup.not-now']}</button>
      </div>
      <Outcomes told={told} words={words} />
    </section>
  );
}
