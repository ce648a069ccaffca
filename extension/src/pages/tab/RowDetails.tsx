import { sizeOf } from '@provenance/page/format.js';
import type { Entry, Size } from '../../contract/media.js';
import type { ComponentChildren } from 'preact';
import { say } from '../../words/words.js';
import { clipped, wholeAddress } from './address.js';
import type { RowPlace } from './List.js';
import { RowActions } from './RowActions.js';
import { issuerWords, nameOf, samenessWords } from './sayings.js';
import { Thumbnail } from './Thumbnail.js';

/** What is known of one medium, and what can be done with it. */
export function RowDetails({ entry, place }: { readonly entry: Entry; readonly place: RowPlace }) {
  const { words, language, engine, tab, origin } = place;
  const { verdict } = entry;
  const sameness = samenessWords(entry, words, true);
  const issuer = issuerWords(entry);
  const isAnswered = entry.phase === 'answered' && verdict !== null;
  return (
    <>
      {isAnswered && <Thumbnail key={verdict.digest} entry={entry} place={{ tab, frame: entry.frame, id: entry.id }} engine={engine} words={words} />}
      {isAnswered && entry.sameness === 'other' && verdict.obstacle === null && (
        <p class="hint"><bdi>{say(words, 'tab.other.download', { sentence: clipped(verdict.sentence) })}</bdi></p>
      )}
      {isAnswered && entry.sameness !== 'other' && verdict.lines.length > 0 && <ul class="row-lines">{verdict.lines.map(line => <li key={line}><bdi>{clipped(line)}</bdi></li>)}</ul>}
      <RowActions entry={entry} place={place} />
      {sameness !== null && entry.sameness !== 'other' && <p class="hint">{sameness}</p>}
      <dl class="facts-of-row">
        {issuer && <Fact name={words[issuer.key]}><bdi>{wholeAddress(issuer.name)}</bdi></Fact>}
        <Fact name={words['tab.fact.address']} isCode><bdi>{wholeAddress(entry.url)}</bdi></Fact>
        {entry.name !== '' && <Fact name={words['tab.fact.name']}><bdi>{wholeAddress(entry.name)}</bdi></Fact>}
        {entry.origin !== origin && <Fact name={words['tab.fact.frame']} isCode><bdi>{entry.origin === 'null' ? words['tab.fact.frame-none'] : wholeAddress(entry.origin)}</bdi></Fact>}
        {entry.natural && <Fact name={words['tab.fact.natural']}>{sizeText(entry.natural)}</Fact>}
        {isAnswered && verdict.size && <Fact name={words['tab.fact.checked-size']}>{sizeText(verdict.size)}{verdict.length !== null && `, ${sizeOf(verdict.length, language)}`}</Fact>}
        {isAnswered && verdict.digest !== null && <Digest digest={verdict.digest} name={nameOf(entry, words)} place={place} />}
        {isAnswered && <Fact name={words['tab.fact.at']}><time dateTime={new Date(verdict.at).toISOString()}>{new Intl.DateTimeFormat(language, WHEN).format(verdict.at)}</time></Fact>}
      </dl>
    </>
  );
}

function Fact({ name, isCode = false, children }: { readonly name: string; readonly isCode?: boolean; readonly children: ComponentChildren }) {
  return <div><dt>{name}</dt><dd class={isCode ? 'code' : undefined}>{children}</dd></div>;
}

function sizeText({ width, height }: Size): string {
  return `${width} × ${height}`;
}

/** With its zone, which a date and time in a browser's own style leave out. */
const WHEN: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short' };

/** So much of a digest as two people compare by reading it aloud; the whole of it goes to the clipboard. */
const SHOWN_DIGITS = 16;

function Digest({ digest, name, place }: { readonly digest: string; readonly name: string; readonly place: RowPlace }) {
  const { words, onNotice } = place;
  const copy = () => navigator.clipboard.writeText(digest).then(() => onNotice(words['tab.copied']), () => onNotice(words['tab.copy-failed']));
  return (
    <Fact name={words['tab.fact.digest']} isCode>
      <span title={digest}>{digest.slice(0, SHOWN_DIGITS)}…</span>
      <button type="button" class="plain copy" aria-label={say(words, 'tab.copy-digest', { name })} onClick={() => void copy()}>{words['tab.copy']}</button>
    </Fact>
  );
}
