import type { LabelCode } from '@provenance/browser';
import { LabelIcon } from '@provenance/page/LabelIcon.js';
import { useEffect, useState } from 'preact/hooks';
import { engineWords } from 'provenance:engine-words';
import { DEFAULT_SETTINGS, type Settings } from '../../contract/settings.js';
import { readSettings } from '../../settings.js';
import { wordsOf, type WordKey, type Words } from '../../words/words.js';
import { Brand } from '../Brand.js';
import { languageOf } from '../tab/language.js';

/** The eight states, and the engine's sentence of each. */
const STATES = {
  'intact-known': 'label.intact-known.dated',
  'intact-unknown-issuer': 'label.intact-unknown-issuer.dated',
  'intact-time-unproven': 'label.intact-time-unproven',
  'broken': 'label.broken',
  'revoked': 'label.revoked',
  'unreadable': 'label.unreadable.file',
  'not-checked': 'label.not-checked.elsewhere',
  'none': 'label.none',
} as const satisfies Readonly<Record<LabelCode, string>>;

const LABELS = Object.keys(STATES) as readonly LabelCode[];

/** What labels mean and what they do not; nothing on it depends on what was looked at. */
export function HelpPage() {
  const [settings, setSettings] = useState<Settings | null>(null);
  useEffect(() => void readSettings().then(setSettings), []);
  const language = languageOf(settings ?? DEFAULT_SETTINGS);
  const words = wordsOf(language);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `Provenance: ${words['help.title']}`;
    // The part that an address names is there only now.
    if (settings !== null)
      document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [language, settings]);
  if (settings === null)
    return null;
  return (
    <>
      <header class="top"><Brand /></header>
      <main class="help">
        <h2>{words['help.title']}</h2>
        <Part name="states" words={words}>
          <p>{words['help.states.intro']}</p>
          <ul class="states">
            {LABELS.map((label) => (
              <li key={label} data-label={label}>
                <LabelIcon label={label} />
                <div>
                  <p class="state-words">{engineWords[language][STATES[label]]?.replaceAll(/\{\w+\}/g, '…')}</p>
                  <p>{words[`help.states.${label}`]}</p>
                </div>
              </li>
            ))}
          </ul>
          <p>{words['help.states.beside']}</p>
        </Part>
        <Part name="limits" words={words}><Points of={['help.limits.true', 'help.limits.caption', 'help.limits.none', 'help.limits.fresh', 'help.limits.cropped', 'help.limits.ai']} words={words} /></Part>
        <Part name="imitation" words={words}><Points of={['help.imitation.draw', 'help.imitation.toolbar', 'help.imitation.sign', 'help.imitation.touch']} words={words} /></Part>
        <Part name="harm" words={words}>
          <p>{words['help.harm.intro']}</p>
          <Points of={['help.harm.look', 'help.harm.report', 'help.harm.where', 'help.harm.label']} words={words} />
        </Part>
        <Part name="privacy" words={words}><Points of={['help.privacy.device', 'help.privacy.requests', 'help.privacy.kept', 'help.privacy.others']} words={words} /></Part>
      </main>
      <footer><p><a href="options.html">{words['help.settings']}</a></p></footer>
    </>
  );
}

function Part({ name, words, children }: { readonly name: 'states' | 'limits' | 'imitation' | 'harm' | 'privacy'; readonly words: Words; readonly children: preact.ComponentChildren }) {
  return (
    <section id={name} aria-labelledby={`${name}-title`}>
      <h3 id={`${name}-title`}>{words[`help.${name}.title`]}</h3>
      {children}
    </section>
  );
}

function Points({ of, words }: { readonly of: readonly WordKey[]; readonly words: Words }) {
  return <ul class="points">{of.map((key) => <li key={key}>{words[key]}</li>)}</ul>;
}
