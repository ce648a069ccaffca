import { useEffect, useRef } from 'preact/hooks';
import { Samples } from './Samples.js';
import type { Opener } from './opener.js';
import type { Session } from './session.js';
import type { Surroundings } from './surroundings.js';
import type { Words } from './words/words.js';

interface IntakeProps {
  readonly session: Session;
  readonly opener: Opener;
  readonly surroundings: Surroundings;
  readonly words: Words;
}

/** Where files come in, while none is open. */
export function Intake({ session, opener, surroundings, words }: IntakeProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Whoever started over has lost the button that had the focus.
    if (session.state.next > 1 && document.activeElement === document.body)
      title.current?.focus();
  }, []);
  return (
    <section class="intake" aria-labelledby="intake-title">
      <h2 id="intake-title" ref={title} tabIndex={-1}><span>{words['intake.title']}</span> <span>{words['intake.title-then']}</span></h2>
      <p class="lead">{words['intake.lead']}</p>
      <div class="drop">
        <svg class="sheet" viewBox="0 0 64 64" aria-hidden="true" focusable="false"><path d="M16 6h22l10 10v42h-32zM38 6v10h10M32 26v20m-8-8l8 8l8-8" /></svg>
        <p class="drop-here">{words['intake.drop']}</p>
        <div class="ways">
          <Choice words={words} opener={opener} />
          <FolderChoice words={words} opener={opener} />
          {surroundings.hasFiles && <LinkButton session={session} words={words} />}
        </div>
        <p class="hint">{words['intake.paste']}</p>
      </div>
      {surroundings.hasFiles && <Samples session={session} words={words} />}
    </section>
  );
}

/** Where further files come in. */
export function MoreIntake({ session, opener, surroundings, words }: IntakeProps) {
  return (
    <div class="more-intake">
      <Choice words={words} opener={opener} />
      {surroundings.hasFiles && <LinkButton session={session} words={words} />}
      <button type="button" class="plain" onClick={() => session.dispatch({ kind: 'emptied' })}>{words['file.start-over']}</button>
    </div>
  );
}

function LinkButton({ session, words }: Pick<IntakeProps, 'session' | 'words'>) {
  return <button type="button" onClick={() => session.dispatch({ kind: 'panel', panel: 'link' })}>{words['intake.link']}</button>;
}

/** An input of the browser's, which every aid knows, under a label that looks like a button. */
function Choice({ opener, words }: Pick<IntakeProps, 'opener' | 'words'>) {
  return (
    <label class="button primary">
      <input type="file" multiple class="away" onChange={event => takeFrom(event.currentTarget, opener)} />
      <span>{words['intake.choose']}</span>
    </label>
  );
}

function FolderChoice({ opener, words }: Pick<IntakeProps, 'opener' | 'words'>) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current !== null)
      input.current.webkitdirectory = true;
  }, []);
  if (!('webkitdirectory' in HTMLInputElement.prototype))
    return null;
  return (
    <label class="button folder">
      <input type="file" ref={input} class="away" onChange={event => takeFrom(event.currentTarget, opener)} />
      <span>{words['intake.folder']}</span>
    </label>
  );
}

function takeFrom(input: HTMLInputElement, opener: Opener): void {
  opener.chosen(input.files ?? []);
  // So that the same file can be chosen again.
  input.value = '';
}
