import type { PageStrip } from '@provenance/browser';
import { say, type Words } from './words/words.js';

type Kind = PageStrip['parts'][number]['kind'];

const KINDS: readonly Kind[] = ['covered', 'credential', 'open'];
const HEIGHT = 16, GAP = 4, KEY_WIDTH = 24;

/** What the signature covers, drawn as the report draws it; the key below tells the same in words. */
export function Strip({ strip, words }: { readonly strip: PageStrip; readonly words: Words }) {
  return (
    <figure class="strip">
      <svg viewBox={`0 0 ${strip.width} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
        {strip.parts.map(part => <Part key={part.start} kind={part.kind} start={part.start} columns={part.columns} />)}
      </svg>
      <ul class="key">
        {KINDS.filter(kind => strip.parts.some(part => part.kind === kind)).map(kind => (
          <li key={kind}>
            <svg viewBox={`0 0 ${KEY_WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false"><Part kind={kind} start={0} columns={KEY_WIDTH} /></svg>
            <span>{say(words, `strip.${kind}`)}</span>
          </li>
        ))}
      </ul>
      <figcaption>{words['strip.caption']}</figcaption>
    </figure>
  );
}

/** Hatching tells open stretches without colour. */
function Part({ kind, start, columns }: { readonly kind: Kind; readonly start: number; readonly columns: number }) {
  const hatches: string[] = [];
  for (let x = 0; kind === 'open' && x < columns; x += GAP) {
    const width = Math.min(GAP, columns - x);
    hatches.push(`M${start + x} ${HEIGHT}l${width} ${-HEIGHT}`);
  }
  return (
    <>
      <rect class={kind} x={start} y="0" width={columns} height={HEIGHT} />
      {hatches.length > 0 && <path class="hatch" d={hatches.join('')} />}
    </>
  );
}
