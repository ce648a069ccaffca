import { Dots } from './Dots.js';
import { LabelIcon } from './LabelIcon.js';
import { nameOf } from './name.js';
import type { Session } from './session.js';
import { isOpen, type Item } from './state.js';
import { say, type Words } from './words/words.js';

/** The files that are open, with a line each. One of them alone is no list. */
export function FileList({ session, words }: { readonly session: Session; readonly words: Words }) {
  const { items, selected } = session.state;
  if (items.length < 2)
    return null;
  return (
    <section class="files" aria-labelledby="files-title">
      <div class="files-head">
        <h2 id="files-title">{say(words, 'file.count', { n: items.length })}</h2>
      </div>
      <ul class="file-list">
        {items.map(item => <FileLine key={item.id} item={item} isSelected={item.id === selected} session={session} words={words} />)}
      </ul>
    </section>
  );
}

function FileLine({ item, isSelected, session, words }: { readonly item: Item; readonly isSelected: boolean; readonly session: Session; readonly words: Words }) {
  const name = nameOf(item, words);
  const told = item.told[session.state.language] ?? Object.values(item.told)[0];
  return (
    <li class={isSelected ? 'file chosen' : 'file'}>
      <button type="button" class="file-open" aria-current={isSelected ? 'true' : undefined} onClick={() => session.dispatch({ kind: 'selected', id: item.id })}>
        {told ? <LabelIcon label={told.label} /> : <Dots isStill={item.phase !== 'reading'} />}
        <span class="file-name"><bdi>{name}</bdi></span>
        <span class="file-sentence"><bdi>{told?.sentence ?? lineOf(item, words)}</bdi></span>
        {item.phase === 'reading' && item.hashed > 0 && <progress value={item.hashed} max={item.length} aria-label={words['answer.still']} />}
      </button>
      {isOpen(item)
        ? <button type="button" class="plain" aria-label={say(words, 'file.stop-named', { name })} onClick={() => session.dispatch({ kind: 'stopped', id: item.id })}>{words['file.stop']}</button>
        : <button type="button" class="plain cross" aria-label={say(words, 'file.remove', { name })} onClick={event => {
          keepPlace(event.currentTarget);
          session.dispatch({ kind: 'removed', id: item.id });
        }}><span aria-hidden="true">×</span></button>}
    </li>
  );
}

/** The focus would be lost with the button that had it: it goes to the file that takes the place, or to the answer where no list is left. */
function keepPlace(button: HTMLButtonElement): void {
  const line = button.closest('li');
  const next = (line?.nextElementSibling ?? line?.previousElementSibling)?.querySelector<HTMLButtonElement>('.file-open');
  setTimeout(() => (next?.isConnected ? next : document.getElementById('answer-sentence'))?.focus());
}

function lineOf(item: Item, words: Words): string {
  switch (item.phase) {
    case 'waiting': return words['file.waiting'];
    case 'reading': return words['answer.still'];
    case 'stopped': return words['file.stopped'];
    case 'failed': return words[`error.${item.failure ?? 'other'}`];
    case 'answered': return item.isCut ? words['error.other'] : words['answer.still'];
  }
}
