import { useEffect, useState } from 'preact/hooks';
import { DEFAULT_SETTINGS } from '../../contract/settings.js';
import { say, wordsOf, type WordKey, type Words } from '../../words/words.js';
import { Brand } from '../Brand.js';
import { languageOf } from '../tab/language.js';
import { Automatic } from './Automatic.js';
import { Everything } from './Everything.js';
import { FirstStart } from './FirstStart.js';
import { Language } from './Language.js';
import { Lists } from './Lists.js';
import { Mark } from './Mark.js';
import { Online } from './Online.js';
import { Private } from './Private.js';
import { Server } from './Server.js';
import { useChoices, type Choices } from './useSettings.js';

/** What a section needs: what is chosen, the words for it, and where to say what became of a change. */
export interface SectionProps extends Choices {
  readonly words: Words;
  readonly language: 'en' | 'ko';
  readonly tell: (key: WordKey, values?: Readonly<Record<string, string | number>>) => void;
}

export function OptionsPage({ isFirst }: { readonly isFirst: boolean }) {
  const choices = useChoices();
  const [notice, setNotice] = useState<{ readonly key: WordKey; readonly values: Readonly<Record<string, string | number>> } | null>(null);
  const language = languageOf(choices?.settings ?? DEFAULT_SETTINGS);
  const words = wordsOf(language);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `Provenance: ${words['options.title']}`;
  }, [language]);
  if (choices === null)
    return null;
  const props: SectionProps = { ...choices, words, language, tell: (key, values = {}) => setNotice({ key, values }) };
  return (
    <>
      <header class="top"><Brand /></header>
      <main class="options">
        <h2>{words['options.title']}</h2>
        {isFirst && <FirstStart {...props} />}
        <Lists {...props} />
        <Automatic {...props} />
        <Private {...props} />
        <Online {...props} />
        <Server {...props} />
        <Mark {...props} />
        <Language {...props} />
        <Everything {...props} />
      </main>
      <footer><p>{words['options.footer']} <a href="help.html">{words['options.help']}</a></p></footer>
      <p class={notice === null ? 'status' : 'status notice'} role="status">{notice === null ? '' : say(words, notice.key, notice.values)}</p>
    </>
  );
}
