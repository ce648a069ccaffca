import type { Language, PagePicture, PageSection } from '@provenance/browser';
import { useEffect, useRef } from 'preact/hooks';
import { Actions } from './Actions.js';
import { BoxTree } from './BoxTree.js';
import { fromBase64 } from './bytes.js';
import { Failure } from './Failure.js';
import { sizeOf } from './format.js';
import { LabelIcon } from './LabelIcon.js';
import { Media } from './Media.js';
import { isPicture, mediaTypeOf } from './mediaType.js';
import { nameOf } from './name.js';
import { Reading } from './Reading.js';
import { Section, SectionBody } from './Sections.js';
import type { Session } from './session.js';
import type { Item } from './state.js';
import { say, type Words } from './words/words.js';

interface AnswerProps {
  readonly item: Item;
  readonly session: Session;
  readonly words: Words;
  readonly onCompare: (right: { readonly name: string; readonly blob: Blob; readonly recorded: boolean } | null) => void;
}

/** All that is said about one file: its sentence first, then what it rests on. */
export function Answer(props: AnswerProps) {
  const { item, session, words } = props;
  const { language } = session.state;
  const mediaType = mediaTypeOf(item.verification);
  return (
    <article class="answer" aria-labelledby="answer-name">
      <header class="answer-head">
        <h2 id="answer-name"><bdi>{nameOf(item, words)}</bdi></h2>
        <p class="kind">{sizeOf(item.blob.size, language)}{mediaType !== null && <> · <bdi>{mediaType}</bdi></>}</p>
      </header>
      <div class="answer-label"><Verdict {...props} /></div>
      <div class="answer-picture">
        <Media blob={item.blob} mediaType={mediaType} words={words} />
        {item.phase === 'answered' && <Actions {...props} />}
      </div>
      {item.phase === 'answered' && <Facts {...props} />}
    </article>
  );
}

/** The label, or how far it is. It takes the focus when it is there, where the person waited for it. */
function Verdict({ item, session, words }: AnswerProps) {
  const { language, awaited } = session.state;
  const sentence = useRef<HTMLParagraphElement>(null);
  const told = item.told[language] ?? Object.values(item.told)[0];
  const page = item.pages[language];
  const isThere = told !== undefined;
  useEffect(() => {
    if (!isThere || awaited !== item.id)
      return;
    sentence.current?.focus({ preventScroll: true });
    bringIntoView(sentence.current);
    session.dispatch({ kind: 'reached', id: item.id });
  }, [isThere, awaited, item.id]);
  if (item.phase === 'failed' || item.phase === 'stopped' || (item.isCut && !isThere))
    return <Failure item={item} session={session} words={words} />;
  if (told === undefined)
    return <Reading item={item} session={session} words={words} />;
  const lines = page?.lines ?? told.lines.map(line => line.text);
  return (
    <div class={told.label === 'broken' ? 'label broken' : 'label'} data-label={told.label}>
      <LabelIcon label={told.label} />
      <p class="sentence" id="answer-sentence" ref={sentence} tabIndex={-1}><bdi>{told.sentence}</bdi></p>
      {lines.length > 0 && <ul class="lines">{lines.map(line => <li key={line}><bdi>{line}</bdi></li>)}</ul>}
      <Hints item={item} label={told.label} words={words} language={language} />
    </div>
  );
}

/** Moves the page only where the sentence cannot be seen as it stands; to its beginning where that is enough. */
function bringIntoView(sentence: HTMLElement | null): void {
  const isSeen = () => {
    const place = sentence?.getBoundingClientRect();
    return place === undefined || (place.top >= 0 && place.bottom <= innerHeight);
  };
  if (isSeen())
    return;
  scrollTo(0, 0);
  if (!isSeen())
    sentence?.closest('article')?.scrollIntoView();
}

/** What the page itself has to say to an answer. */
function Hints({ item, label, words, language }: { readonly item: Item; readonly label: string; readonly words: Words; readonly language: Language }) {
  const hints = [
    item.note?.[language] ?? null,
    label === 'none' && item.origin !== 'example' ? words[item.origin === 'pasted' ? 'answer.pasted' : 'none.help'] : null,
    item.origin === 'example' ? words['answer.example'] : null,
    item.manifest ? say(words, 'answer.beside', { name: item.manifest.name }) : label === 'not-checked' ? words['elsewhere.help'] : null,
  ].filter(hint => hint !== null);
  return hints.length === 0 ? null : <div class="hints">{hints.map(hint => <p key={hint}><bdi>{hint}</bdi></p>)}</div>;
}

/** The sections, as they come; what is for specialists is folded. */
function Facts({ item, session, words, onCompare }: AnswerProps) {
  const { language } = session.state;
  const page = item.pages[language] ?? Object.values(item.pages)[0];
  if (page === undefined)
    return (
      <div class="facts" aria-busy={!item.isCut}>
        <p class="waiting">{words[item.isCut ? 'answer.no-more' : 'answer.reading-more']}</p>
        {item.isCut && <button type="button" onClick={() => session.dispatch({ kind: 'retried', id: item.id })}>{words['error.again']}</button>}
      </div>
    );
  // The codes alone, as text tells them, stand in the table of codes with their meanings.
  const sections = inOrder([...page.sections, ...page.further].filter(section => !isForSpecialists(section)));
  const specialist = inOrder(page.further.filter(isForSpecialists));
  const compare = isPicture(item.verification)
    ? (picture: PagePicture, name: string) => onCompare({ name, blob: blobOf(picture), recorded: true }) : undefined;
  return (
    <div class="facts" lang={page.language} aria-label={words['answer.facts']} role="region" aria-busy={false}>
      {sections.map((section, index) => <Section key={`${section.topic} ${index}`} section={section} words={words} onCompare={compare} />)}
      <section class="technical" data-topic="technical" aria-labelledby="topic-technical">
        <h3 id="topic-technical">{words['technical.title']}</h3>
        {specialist.map(section => (
          <details class="folded" key={section.title}>
            <summary><h4><bdi>{section.title}</bdi></h4></summary>
            <SectionBody section={section} words={words} />
          </details>
        ))}
        {item.verification && <BoxTree key={`${item.id} ${item.round}`} verification={item.verification} words={words} language={language} />}
      </section>
    </div>
  );
}

/** The order in which a report is read (PageTopic in Provenance.Presentation). */
const ORDER: readonly PageSection['topic'][] = [
  'credential', 'identity', 'history', 'sources', 'conflicts', 'problems', 'coverage', 'revocation',
  'checked', 'not-checked', 'elsewhere', 'metadata', 'record', 'technical',
];

function isForSpecialists(section: PageSection): boolean {
  return section.topic === 'technical' || section.topic === 'record';
}

export function inOrder(sections: readonly PageSection[]): readonly PageSection[] {
  return [...sections].sort((one, other) => ORDER.indexOf(one.topic) - ORDER.indexOf(other.topic));
}

function blobOf(picture: PagePicture): Blob {
  return new Blob([fromBase64(picture.data)], { type: picture.mediaType });
}
