import { useState } from 'preact/hooks';
import { changeSettings, MOST_MARK } from '../../settings.js';
import type { SectionProps } from './OptionsPage.js';

/** A word or sign that our panels show and a page cannot know (attacks.md K01). */
export function Mark({ settings, words, tell }: SectionProps) {
  const [text, setText] = useState<string | null>(null);
  return (
    <section id="mark" aria-labelledby="mark-title">
      <h3 id="mark-title">{words['options.mark.title']}</h3>
      <p id="mark-intro">{words['options.mark.intro']}</p>
      <form class="field" onSubmit={(event) => {
        event.preventDefault();
        void changeSettings({ mark: (text ?? settings.mark).trim() }).then(() => tell('options.kept'));
        setText(null);
      }}>
        <label for="own-mark">{words['options.mark.label']}</label>
        <span class="field-row">
          <input id="own-mark" value={text ?? settings.mark} maxLength={MOST_MARK} autocomplete="off" aria-describedby="mark-intro" onInput={(event) => setText(event.currentTarget.value)} />
          <button type="submit">{words['options.keep']}</button>
        </span>
      </form>
    </section>
  );
}
