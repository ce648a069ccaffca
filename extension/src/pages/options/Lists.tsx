import type { TrustRole } from '@provenance/browser';
import { useEffect, useState } from 'preact/hooks';
import type { KeptList } from '../../contract/settings.js';
import { fromBase64 } from '@provenance/page/bytes.js';
import { MOST_LIST_BYTES } from '@provenance/page/trust.js';
import { fetchOfficial, keepOwn, type Told } from '../../lists/fetch.js';
import { issueOf } from '../../lists/issue.js';
import { hostOf, OFFICIAL_FOLDER } from '../../lists/sources.js';
import { digestOfList } from '../../lists/take.js';
import { changeSettings, listsInForce } from '../../settings.js';
import { say, type Words } from '../../words/words.js';
import type { SectionProps } from './OptionsPage.js';
import { Outcomes } from './Outcomes.js';
import { withHost } from './permissions.js';

/** Whose lists say whose name is known. */
export function Lists({ settings, packed, words, language, tell }: SectionProps) {
  const [told, setTold] = useState<readonly Told[] | 'not-allowed' | 'fetching' | null>(null);
  const inForce = listsInForce(settings, packed);
  const look = async () => {
    setTold('fetching');
    setTold(await withHost(hostOf(OFFICIAL_FOLDER), fetchOfficial));
  };
  const add = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (file === undefined)
      return;
    input.value = '';
    setTold(file.size > MOST_LIST_BYTES ? [{ name: file.name, outcome: 'too-large' }] : [await keepOwn(file.name, new Uint8Array(await file.arrayBuffer()))]);
  };
  const remove = async (list: KeptList) => {
    await changeSettings(({ lists }) => ({ lists: lists.filter(({ content }) => content !== list.content) }));
    setTold(null);
    tell('options.lists.removed', { name: list.name });
  };
  const use = (list: KeptList, role: TrustRole) => changeSettings(({ lists }) => ({ lists: lists.map((other) => (other.content === list.content ? { ...other, role } : other)) }));
  return (
    <section id="lists" aria-labelledby="lists-title">
      <h3 id="lists-title">{words['options.lists.title']}</h3>
      <p>{words['options.lists.intro']}</p>
      {inForce.length === 0 ? <p class="nothing">{words['options.lists.none']}</p> : (
        <ul class="things">
          {inForce.map((list) => <ListRow key={list.content} list={list} words={words} language={language} remove={remove} use={use} />)}
        </ul>
      )}
      {packed.length > 0 && (
        <label class="choice">
          <input type="checkbox" checked={settings.usesPacked} onChange={(event) => void changeSettings({ usesPacked: event.currentTarget.checked })} />
          <span>{words['options.lists.uses-packed']}</span>
        </label>
      )}
      <div class="ways">
        <button type="button" disabled={told === 'fetching'} onClick={() => void look()}>{words[settings.lists.some(({ origin }) => origin === 'fetched') ? 'options.lists.again' : 'options.lists.fetch']}</button>
        <label class="button">
          <input type="file" class="away" accept=".pem,.crt,.cer,.json,.jwt,.txt" onChange={(event) => void add(event.currentTarget)} />
          <span>{words['options.lists.import']}</span>
        </label>
      </div>
      <Outcomes told={told} words={words} />
      <p class="hint">{words['options.lists.from']} <span class="code address">{OFFICIAL_FOLDER}</span></p>
      <p class="hint">{words['options.lists.kinds']}</p>
    </section>
  );
}

/** What a PEM file can be for; it does not tell itself, as JSON does. */
const USES = ['any', 'time-stamp-anchors', 'identity-anchors'] as const satisfies readonly TrustRole[];

function ListRow({ list, words, language, remove, use }: { readonly list: KeptList; readonly words: Words; readonly language: string; readonly remove: (list: KeptList) => Promise<void>; readonly use: (list: KeptList, role: TrustRole) => Promise<void> }) {
  const [digest, setDigest] = useState('');
  useEffect(() => void digestOfList(list).then(setDigest), [list.content]);
  const bytes = fromBase64(list.content);
  const { number, issued } = issueOf(bytes);
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
  const isPem = !new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().startsWith('{');
  return (
    <li>
      <div class="thing">
        <p class="thing-name"><bdi>{list.name}</bdi></p>
        <dl class="rows">
          <dt>{words['options.lists.for']}</dt><dd>{words[`options.lists.for-${list.role === 'any' && isPem ? 'anchors' : list.role}`]}</dd>
          <dt>{words['options.lists.source']}</dt><dd>{list.source === '' ? words[`options.lists.origin-${list.origin}`] : <bdi class="address">{list.source}</bdi>}</dd>
          <dt>{words['options.lists.issue']}</dt><dd>{issued === null ? words['options.lists.no-issue'] : say(words, number === null ? 'options.lists.issued' : 'options.lists.issued-number', { number: number ?? '', date: date.format(issued) })}</dd>
          {list.added > 0 && <><dt>{words['options.lists.added']}</dt><dd>{date.format(list.added)}</dd></>}
          <dt>{words['options.lists.digest']}</dt><dd class="code">{digest}</dd>
        </dl>
      </div>
      {list.origin !== 'packed' && (
        <div class="ways">
          {list.origin === 'own' && isPem && (
            <label class="use">
              <span class="away">{say(words, 'options.lists.use', { name: list.name })}</span>
              <select value={list.role} onChange={(event) => void use(list, event.currentTarget.value as TrustRole)}>
                {USES.map((role) => <option key={role} value={role}>{words[`options.lists.for-${role === 'any' ? 'anchors' : role}`]}</option>)}
              </select>
            </label>
          )}
          <button type="button" class="small" onClick={() => void remove(list)}>{say(words, 'options.sites.remove', { site: list.name })}</button>
        </div>
      )}
    </li>
  );
}
