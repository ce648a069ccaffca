import type { Language, Page } from '@provenance/browser';
import { fill } from '@provenance/page/words/fill.js';
import { labelWordsOf } from '../../words/labels.js';
import type { Found } from '../../contract/parts.js';
import type { Display, Sameness, Verdict } from '../../contract/media.js';
import { cross, dots, foreign, make, shapeOf, text } from './draw.js';
import { drawSection, isTold } from './sections.js';

/** What a panel says of a medium. */
export interface Told {
  readonly found: Found;
  readonly verdict: Verdict;
  readonly sameness: Sameness;
  readonly display: Display;
}

/** The panel beside a label: what was checked, what came out, and the engine's further words when they arrive. */
export interface Panel {
  readonly element: HTMLElement;
  readonly close: HTMLButtonElement;
  /** Null where nothing more can be told. */
  tell(page: Page | null): void;
}

let count = 0;

export function createPanel(told: Told, language: Language, mark: string): Panel {
  const words = labelWordsOf(language);
  const { verdict, sameness, display } = told;
  const close = make('button', 'close', cross());
  close.type = 'button';
  close.setAttribute('aria-label', words['label.panel.close']);
  const title = make('h2', '', text(words['label.panel.title']));
  title.id = `title-${++count}`;
  const sentence = make('p', 'sentence', foreign(verdict.sentence, 600));
  sentence.id = `sentence-${count}`;
  const isBroken = verdict.label === 'broken';
  const notes = [
    words[`label.panel.sameness.${sameness === 'other' ? 'fresh' : sameness}`],
    display === 'cropped' || display === 'altered' ? words[`label.panel.display.${display}`] : null,
  ].filter(note => note !== null);
  const further = make('div', 'further', waiting(words['label.panel.reading']));
  const element = make('div', 'panel',
    close, title,
    make('div', isBroken ? 'verdict is-broken' : 'verdict', shapeOf(verdict.label), sentence,
      verdict.lines.length === 0 ? null : make('ul', '', ...verdict.lines.map(line => make('li', '', foreign(line))))),
    make('div', 'notes', ...notes.map(note => make('p', '', text(note)))),
    further,
    make('div', 'about', rows(told, language)),
    make('div', 'authority', make('p', '', text(words['label.panel.authority'])),
      mark === '' ? null : make('p', 'mark', text(`${words['label.panel.mark']}: `), foreign(mark, 40))));
  element.id = `panel-${count}`;
  element.lang = language;
  element.tabIndex = -1;
  element.setAttribute('role', 'dialog');
  element.setAttribute('aria-labelledby', title.id);
  element.setAttribute('aria-describedby', sentence.id);
  return {
    element,
    close,
    tell(page) {
      const sections = page?.sections.filter(isTold) ?? [];
      further.lang = page?.language ?? language;
      further.removeAttribute('aria-busy');
      further.replaceChildren(...page === null ? [make('p', 'section', text(words['label.panel.no-more']))] : sections.map(section => drawSection(section, words['label.panel.recorded'])));
    },
  };
}

function waiting(word: string): HTMLElement {
  return make('div', 'waiting', dots(), make('span', 'away', text(word)));
}

/** What the verdict is on: the address, the picture's dimensions, the digest of the bytes, and when they were read. */
function rows({ found, verdict }: Told, language: Language): HTMLElement {
  const words = labelWordsOf(language);
  const list = make('dl', 'rows');
  list.setAttribute('aria-label', words['label.panel.what']);
  const row = (name: string, value: Node) => list.append(make('dt', '', text(name)), make('dd', '', value));
  const address = addressOf(found.medium.url);
  if (address === null)
    row(words['label.panel.address'], text(words[found.medium.url.startsWith('blob:') ? 'label.panel.made' : 'label.panel.data']));
  else {
    row(words['label.panel.host'], foreign(address.host, 100));
    row(words['label.panel.address'], make('span', 'path', foreign(address.path, 300)));
  }
  const size = verdict.size ?? found.medium.natural;
  if (size !== null)
    row(words['label.panel.size'], text(fill(words['label.panel.pixels'], { width: size.width, height: size.height })));
  if (verdict.digest !== null)
    row(words['label.panel.digest'], make('details', '', make('summary', '', text(`${verdict.digest.slice(0, 16)}…`)), make('span', 'code', text(verdict.digest))));
  row(words['label.panel.at'], text(new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'long' }).format(verdict.at)));
  return list;
}

function addressOf(url: string): { readonly host: string; readonly path: string } | null {
  if (!/^(https?|file):/.test(url) || !URL.canParse(url))
    return null;
  const { host, protocol, pathname, search } = new URL(url);
  return { host: host === '' ? protocol : host, path: pathname + search };
}
