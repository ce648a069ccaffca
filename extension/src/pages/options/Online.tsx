import { changeSettings } from '../../settings.js';
import type { SectionProps } from './OptionsPage.js';

/** What asks somebody else: offered only, and done only when the reader says so, each time. */
export function Online({ settings, words }: SectionProps) {
  return (
    <section id="online" aria-labelledby="online-title">
      <h3 id="online-title">{words['options.online.title']}</h3>
      <p>{words['options.online.intro']}</p>
      <label class="choice">
        <input type="checkbox" checked={settings.offersRemote} onChange={(event) => void changeSettings({ offersRemote: event.currentTarget.checked })} />
        <span>{words['options.online.remote']}<span class="hint">{words['options.online.remote-hint']}</span></span>
      </label>
      <label class="choice">
        <input type="checkbox" checked={settings.offersRevocation} onChange={(event) => void changeSettings({ offersRevocation: event.currentTarget.checked })} />
        <span>{words['options.online.revocation']}<span class="hint">{words['options.online.revocation-hint']}</span></span>
      </label>
    </section>
  );
}
