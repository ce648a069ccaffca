import { useState } from 'preact/hooks';
import { Dialog } from './Dialog.js';
import { linkOf } from './link.js';
import type { Opener } from './opener.js';
import type { Session } from './session.js';
import { say, type WordKey, type Words } from './words/words.js';

/** What can be told of an address without asking anybody. */
function problemOf(address: string): WordKey | null {
  const { kind } = linkOf(address, document.baseURI);
  return kind === 'here' ? null : kind === 'elsewhere' ? 'link.foreign' : 'link.not';
}

/** Opens a file of the page's own host by its address; explains itself where the address leads elsewhere. */
export function LinkPanel({ session, opener, words, onClose }: { readonly session: Session; readonly opener: Opener; readonly words: Words; readonly onClose: () => void }) {
  const [address, setAddress] = useState(session.state.address);
  const [problem, setProblem] = useState<WordKey | null>(() => session.state.address === '' ? null : problemOf(session.state.address));
  const submit = async (event: Event) => {
    event.preventDefault();
    const why = await opener.link(address);
    setProblem(why);
    if (why === null)
      onClose();
  };
  return (
    <Dialog state={session.state} title={words['link.title']} words={words} onClose={onClose}>
      <form class="link-form" onSubmit={event => void submit(event)}>
        <label for="link-address">{say(words, 'link.hint', { host: location.host })}</label>
        <input id="link-address" type="text" inputMode="url" autocomplete="off" spellcheck={false} autofocus value={address}
          aria-describedby="link-problem" aria-invalid={problem !== null} onInput={event => { setAddress(event.currentTarget.value); setProblem(null); }} />
        <p id="link-problem" class="problem" role="status">{problem !== null && words[problem]}</p>
        <button type="submit" class="primary">{words['link.open']}</button>
      </form>
    </Dialog>
  );
}
