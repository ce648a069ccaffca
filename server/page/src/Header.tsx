import { LANGUAGES } from './language.js';
import type { Session } from './session.js';
import type { Surroundings } from './surroundings.js';
import type { Words } from './words/words.js';

export function Header({ session, surroundings, words }: { readonly session: Session; readonly surroundings: Surroundings; readonly words: Words }) {
  const { language } = session.state;
  return (
    <header class="top">
      <h1>
        <svg class="mark" viewBox="6 0 20 32" aria-hidden="true" focusable="false"><path d="M16 5v22" /><circle cx="16" cy="5" r="3" class="solid" /><circle cx="16" cy="16" r="3" class="solid" /><circle cx="16" cy="27" r="3.4" /></svg>
        Provenance<span class="away">: {words['brand.line']}</span>
      </h1>
      <div class="top-right">
        <button type="button" class="plain" aria-haspopup="dialog" onClick={() => session.dispatch({ kind: 'panel', panel: 'trust' })}>{words.settings}</button>
        <div class="languages" role="group" aria-label={words.language}>
          {LANGUAGES.map(({ code, name }) => (
            <button key={code} type="button" class="plain" lang={code} aria-pressed={code === language} onClick={() => {
              surroundings.keepLanguage(code);
              session.dispatch({ kind: 'language', language: code });
            }}>{name}</button>
          ))}
        </div>
      </div>
    </header>
  );
}
