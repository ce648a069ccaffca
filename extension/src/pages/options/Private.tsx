import { changeSettings } from '../../settings.js';
import type { SectionProps } from './OptionsPage.js';

export function Private({ settings, isInPrivate, words }: SectionProps) {
  return (
    <section id="private" aria-labelledby="private-title">
      <h3 id="private-title">{words['options.private.title']}</h3>
      <label class="choice">
        <input type="checkbox" checked={settings.inPrivate} onChange={(event) => void changeSettings({ inPrivate: event.currentTarget.checked })} />
        <span>{words['options.private.automatic']}<span class="hint">{words['options.private.hint']}</span></span>
      </label>
      {!isInPrivate && <p class="nothing">{words['options.private.not-allowed']}</p>}
    </section>
  );
}
