import { LANGUAGES } from '@provenance/page/language.js';
import type { Settings } from '../../contract/settings.js';
import { changeSettings } from '../../settings.js';
import type { SectionProps } from './OptionsPage.js';

export function Language({ settings, words }: SectionProps) {
  return (
    <section id="language" aria-labelledby="language-title">
      <h3 id="language-title">{words['options.language.title']}</h3>
      <div class="field">
        <label for="language-choice">{words['options.language.label']}</label>
        <span class="field-row">
          <select id="language-choice" value={settings.language} onChange={(event) => void changeSettings({ language: event.currentTarget.value as Settings['language'] })}>
            <option value="browser">{words['options.language.browser']}</option>
            {LANGUAGES.map(({ code, name }) => <option key={code} value={code} lang={code}>{name}</option>)}
          </select>
        </span>
      </div>
    </section>
  );
}
