import { isPicture } from './mediaType.js';
import { reportName, save } from './save.js';
import type { Session } from './session.js';
import type { Item } from './state.js';
import type { WordKey, Words } from './words/words.js';

/** What can be done with an answer. */
export function Actions({ item, session, words, onCompare }: { readonly item: Item; readonly session: Session; readonly words: Words; readonly onCompare: (right: null) => void }) {
  const { language } = session.state;
  const { verification } = item;
  const told = item.told[language];
  if (verification === undefined || told === undefined)
    return null;
  const tell = (key: WordKey) => session.dispatch({ kind: 'notice', notice: { key } });
  const make = (work: Promise<void>) => void work.catch(() => tell('action.download-failed'));
  const saveJson = async () => save(`${(await verification.full()).json}\n`, reportName(item.name, 'json'), 'application/json');
  const saveHtml = async () => save(await verification.html(language), reportName(item.name, 'html'), 'text/html');
  const copy = async () => {
    const lines = item.pages[language]?.lines ?? told.lines.map(line => line.text);
    await navigator.clipboard.writeText([told.sentence, ...lines].join('\n'));
    tell('action.copied');
  };
  return (
    <div class="actions">
      {isPicture(verification) && <button type="button" onClick={() => onCompare(null)}>{words['action.compare-file']}</button>}
      <button type="button" onClick={() => void copy().catch(() => tell('action.copy-failed'))}>{words['action.copy']}</button>
      <button type="button" onClick={() => make(saveHtml())}>{words['action.download-html']}</button>
      <button type="button" onClick={() => make(saveJson())}>{words['action.download-json']}</button>
      <button type="button" onClick={() => print()}>{words['action.print']}</button>
    </div>
  );
}
