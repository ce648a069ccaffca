import type { PagePicture, PageRow, PageSection } from '@provenance/browser';
import { Fragment } from 'preact';
import { useId } from 'preact/hooks';
import { Strip } from './Strip.js';
import { Tree, type TreeKind } from './Tree.js';
import type { Words } from './words/words.js';

interface SectionProps {
  readonly section: PageSection;
  readonly words: Words;
  readonly onCompare?: ((picture: PagePicture, name: string) => void) | undefined;
}

/** A section with its heading. */
export function Section(props: SectionProps) {
  // A topic can have two sections: what the issuer states, and what anybody can write.
  const id = useId();
  return (
    <section data-topic={props.section.topic} aria-labelledby={id}>
      <h3 id={id}><bdi>{props.section.title}</bdi></h3>
      <SectionBody {...props} />
    </section>
  );
}

export function SectionBody({ section, words, onCompare }: SectionProps) {
  return (
    <>
      {section.strip && <Strip strip={section.strip} words={words} />}
      <Rows rows={section.rows} />
      <Tree nodes={section.nodes} kind={kindOf(section)} words={words} onCompare={onCompare} />
    </>
  );
}

function kindOf(section: PageSection): TreeKind {
  return section.topic !== 'history' ? 'tree' : section.nodes.some(node => node.label !== undefined) ? 'timeline' : 'events';
}

function Rows({ rows }: { readonly rows: readonly PageRow[] }) {
  if (rows.length === 0)
    return null;
  return (
    <dl class="rows">
      {rows.map((row, index) => (
        <Fragment key={index}>
          {row.name !== rows[index - 1]?.name && <dt><bdi>{row.name}</bdi></dt>}
          <dd class={row.isCode ? 'code' : undefined}><bdi>{row.text}</bdi></dd>
        </Fragment>
      ))}
    </dl>
  );
}
