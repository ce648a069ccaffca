import { useState } from 'preact/hooks';
import type { Words } from '../../words/words.js';

/** A line to type something into, and what is wrong with it. `take` is called in the task of the click. */
export function SiteField({ id, label, button, words, read, take }: { readonly id: string; readonly label: string; readonly button: string; readonly words: Words; readonly read: (text: string) => string | null; readonly take: (site: string) => Promise<void> }) {
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const add = () => {
    const site = read(text);
    setWrong(site === null);
    if (site === null)
      return;
    setText('');
    void take(site);
  };
  return (
    <form class="field" onSubmit={(event) => {
      event.preventDefault();
      add();
    }}>
      <label for={id}>{label}</label>
      <span class="field-row">
        <input id={id} value={text} autocomplete="off" spellcheck={false} placeholder="news.example" aria-invalid={isWrong} aria-describedby={isWrong ? `${id}-wrong` : undefined} onInput={(event) => setText(event.currentTarget.value)} />
        <button type="submit">{button}</button>
      </span>
      {isWrong && <span id={`${id}-wrong`} class="wrong" role="alert">{words['options.sites.wrong']}</span>}
    </form>
  );
}
