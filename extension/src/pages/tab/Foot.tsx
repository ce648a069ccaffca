import { helpPage } from '../../contract/pages.js';
import type { Words } from '../../words/words.js';

export function Foot({ words }: { readonly words: Words }) {
  return (
    <footer class="foot">
      <p>{words['tab.imitation']}</p>
      <p class="links">
        <a href={helpPage('imitation')} target="_blank" rel="noopener">{words['tab.help']}</a>
        <a href="file.html" target="_blank" rel="noopener">{words['tab.own-file']}</a>
        <a href="options.html" target="_blank" rel="noopener">{words['tab.options']}</a>
      </p>
    </footer>
  );
}
