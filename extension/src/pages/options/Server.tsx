import { useState } from 'preact/hooks';
import { fetchFromServer, type Told } from '../../lists/fetch.js';
import { signerFrom } from '../../lists/signer.js';
import { hostOf } from '../../lists/sources.js';
import { changeSettings, isServer } from '../../settings.js';
import { say } from '../../words/words.js';
import type { SectionProps } from './OptionsPage.js';
import { Outcomes } from './Outcomes.js';
import { giveBack, requestHost } from './permissions.js';

/** Real ones have one or two kilobytes. */
const MOST_CERTIFICATE_BYTES = 64 << 10;

/** A server of the reader's choice, such as a newsroom's, which is asked for trust lists; no file and no address is ever sent to it. */
export function Server({ settings, words, tell }: SectionProps) {
  const [text, setText] = useState<string | null>(null);
  const [signerText, setSignerText] = useState<string | null>(null);
  const [wrong, setWrong] = useState<'address' | 'signer' | null>(null);
  const [told, setTold] = useState<readonly Told[] | 'not-allowed' | 'fetching' | null>(null);
  const keep = async () => {
    const server = serverFrom(text ?? settings.server);
    if (server === null) {
      setWrong('address');
      return;
    }
    // Before anything is waited for: the browser asks only while it sees the click.
    const asked = requestHost(hostOf(server));
    const serverSigner = await signerFrom(signerText ?? settings.serverSigner);
    setWrong(serverSigner === null ? 'signer' : null);
    if (serverSigner === null)
      return;
    setTold(null);
    if (!(await asked)) {
      setTold('not-allowed');
      return;
    }
    const isSame = server === settings.server && serverSigner === settings.serverSigner;
    await changeSettings({ server, serverSigner, ...(isSame ? {} : { serverSequence: 0 }) });
    setText(null);
    setSignerText(null);
    tell('options.kept');
  };
  const bring = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (file === undefined)
      return;
    input.value = '';
    const signer = file.size > MOST_CERTIFICATE_BYTES ? null : await signerFrom(await file.text());
    setWrong(signer ? null : 'signer');
    if (signer)
      setSignerText(signer);
  };
  const forget = async () => {
    const { server } = settings;
    await changeSettings({ server: '', serverSigner: '', serverSequence: 0 });
    await giveBack([hostOf(server)]);
    setTold(null);
    tell('options.server.forgotten');
  };
  const look = async () => {
    setTold('fetching');
    setTold((await requestHost(hostOf(settings.server))) ? await fetchFromServer() : 'not-allowed');
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
          <input id="server-address" type="url" value={text ?? settings.server} placeholder="https://lists.example" autocomplete="off" aria-invalid={wrong === 'address'} aria-describedby={wrong === 'address' ? 'server-wrong' : 'server-intro'} onInput={(event) => setText(event.currentTarget.value)} />
        </span>
        {wrong === 'address' && <span id="server-wrong" class="wrong" role="alert">{words['options.server.wrong']}</span>}
        <label for="server-signer">{words['options.server.signer']}</label>
        <span class="field-row">
          <input id="server-signer" type="text" class="code" value={signerText ?? settings.serverSigner} autocomplete="off" spellcheck={false} aria-invalid={wrong === 'signer'} aria-describedby={wrong === 'signer' ? 'server-signer-wrong' : 'server-signer-hint'} onInput={(event) => setSignerText(event.currentTarget.value)} />
          <label class="button">
            <input type="file" class="away" accept=".pem,.crt,.cer,.txt" onChange={(event) => void bring(event.currentTarget)} />
            <span>{words['options.server.signer-import']}</span>
          </label>
        </span>
        <span id="server-signer-hint" class="hint">{words['options.server.signer-hint']}</span>
        {wrong === 'signer' && <span id="server-signer-wrong" class="wrong" role="alert">{words['options.server.signer-wrong']}</span>}
        <button type="submit">{words['options.server.keep']}</button>
      </form>
      {settings.server !== '' && (
        <p id="server-pinned">{settings.serverSigner === '' ? say(words, 'options.server.unsigned', { server: settings.server }) : say(words, 'options.server.signed', { digest: settings.serverSigner })}</p>
      )}
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
