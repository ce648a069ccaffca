import { Dialog } from './Dialog.js';
import { mediaTypeOf } from './mediaType.js';
import { nameOf } from './name.js';
import type { Item, State } from './state.js';
import type { Words } from './words/words.js';

interface ComparePanelProps {
  readonly state: State;
  readonly item: Item;
  readonly words: Words;
  readonly onChoose: (right: { readonly name: string; readonly blob: Blob; readonly recorded: false }) => void;
  readonly onClose: () => void;
}

/** Asks with which file the chosen one is to be compared. */
export function ComparePanel({ state, item, words, onChoose, onClose }: ComparePanelProps) {
  const others = state.items.filter(other => other.id !== item.id && (mediaTypeOf(other.verification) ?? other.blob.type).startsWith('image/'));
  return (
    <Dialog state={state} title={words['compare.title']} words={words} onClose={onClose}>
      {others.length > 0 && <>
        <h3>{words['compare.which']}</h3>
        <ul class="others">
          {others.map(other => (
            <li key={other.id}><button type="button" onClick={() => onChoose({ name: other.name, blob: other.blob, recorded: false })}><bdi>{nameOf(other, words)}</bdi></button></li>
          ))}
        </ul>
      </>}
      <label class="button primary">
        <input type="file" accept="image/*" class="away" onChange={event => {
          const [file] = event.currentTarget.files ?? [];
          if (file)
            onChoose({ name: file.name, blob: file, recorded: false });
        }} />
        <span>{words['compare.choose']}</span>
      </label>
      <p class="hint">{words['compare.hint']}</p>
    </Dialog>
  );
}
