import { useState } from 'preact/hooks';
import { fetchFrom, type Told } from '../../lists/fetch.js';
import { hostOf } from '../../lists/sources.js';
import { changeSettings, isServer } from '../../settings.js';
import type { SectionProps } from './OptionsPage.js';
import { Outcomes } from './Outcomes.js';
import { giveBack, requestHost } from './permissions.js';

/** A server of the reader's choice, such as a newsroom's, which is asked for trust lists; no file and no address is ever sent to it. */
export function Server({ settings, words, tell }: SectionProps) {
  const [text, setText] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  const [told, setTold] = useState<readonly Told[] | 'not-allowed' | 'fetching' | null>(null);
  const keep = async () => {
    const server = serverFrom(text ?? settings.server);
    setWrong(server === null);
    if (server === null)
      return;
    const asked = requestHost(hostOf(server));
    setTold(null);
    if (!(await asked)) {
      setTold('not-allowed');
      return;
    }
    await changeSettings({ server });
    setText(null);
    tell('options.kept');
  };
  const forget = async () => {
    const { server } = settings;
    await changeSettings({ server: '' });
    await giveBack([hostOf(server)]);
    setTold(null);
    tell('options.server.forgotten');
  };
  const look = async () => {
    setTold('fetching');
    setTold((await requestHost(hostOf(settings.server))) ? await fetchFrom(settings.server) : 'not-allowed');
  };
  return (
    <section id="server" aria-labelledby="server-title">
      <h3 id="server-title">{words['options.server.title']}</h3>
      <p id="server-intro">{words['options.server.intro']}</p>
      <form class="field" onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}>
        <label for="server-address">{words['options.server.label']}</label>
        <span class="field-row">
          <input id="server-address" type="url" value={text ?? settings.server} placeholder="https://lists.example" autocomplete="off" aria-invalid={isWrong} aria-describedby={isWrong ? 'server-wrong' : 'server-intro'} onInput={(event) => setText(event.currentTarget.value)} />
          <button type="submit">{words['options.server.keep']}</button>
        </span>
        {isWrong && <span id="server-wrong" class="wrong" role="alert">{words['options.server.wrong']}</span>}
      </form>
      {settings.server !== '' && (
        <div class="ways">
          <button type="button" disabled={told === 'fetching'} onClick={() => void look()}>{words['options.server.fetch']}</button>
          <button type="button" onClick={() => void forget()}>{words['options.server.forget']}</button>
        </div>
      )}
      <Outcomes told={told} words={words} />
    </section>
  );
}

/** What somebody typed as a server's address; null where it is none that may be kept. */
function serverFrom(text: string): string | null {
  const typed = text.trim();
  const address = URL.canParse(typed) ? new URL(typed) : null;
  const isWhole = address !== null && address.pathname === '/' && address.search === '' && address.hash === '' && address.username === '' && address.password === '';
  return isWhole && isServer(address.origin) ? address.origin : null;
}
