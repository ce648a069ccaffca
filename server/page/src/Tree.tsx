import type { PageNode, PagePicture } from '@provenance/browser';
import { LabelIcon } from './LabelIcon.js';
import type { Words } from './words/words.js';

export type TreeKind = 'timeline' | 'events' | 'tree';

interface TreeProps {
  readonly nodes: readonly PageNode[];
  readonly kind: TreeKind;
  readonly words: Words;
  /** Shows a recorded picture beside the file; absent where that is no picture. */
  readonly onCompare?: ((picture: PagePicture, name: string) => void) | undefined;
}

/** What happened, which has an order, or what a file was made from, which has none. */
export function Tree(props: TreeProps) {
  return <Level {...props} level={1} />;
}

function Level(props: TreeProps & { readonly level: number }) {
  const { nodes, kind, level } = props;
  if (nodes.length === 0)
    return null;
  const List = kind === 'tree' ? 'ul' : 'ol';
  return (
    <List class={level === 1 ? kind : undefined}>
      {nodes.map((node, index) => (
        <li key={index}>
          <Line node={node} />
          {node.picture && <Recorded {...props} picture={node.picture} name={node.text} />}
          <Level {...props} nodes={node.children ?? []} level={level + 1} />
        </li>
      ))}
    </List>
  );
}

function Line({ node }: { readonly node: PageNode }) {
  return (
    <div class={node.label ? 'line headed' : node.when ? 'line timed' : 'line'}>
      {node.label && <LabelIcon label={node.label} />}
      {node.when && <span class="when"><bdi>{node.when}</bdi></span>}
      <span class="what"><bdi>{node.text}</bdi></span>
      {node.note && <span class="note"><bdi>{node.note}</bdi></span>}
    </div>
  );
}

/** The formats that browsers draw and that hold no program. */
const DRAWN: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif']);

/** A picture that somebody recorded: told as such, for it may show something else. */
function Recorded({ picture, name, words, onCompare }: TreeProps & { readonly picture: PagePicture; readonly name: string }) {
  if (!DRAWN.has(picture.mediaType))
    return null;
  return (
    <figure class="thumbnail">
      <img alt={words['picture.recorded']} src={`data:${picture.mediaType};base64,${picture.data}`} decoding="async" />
      <figcaption>{words['picture.recorded']}</figcaption>
      {onCompare && <button type="button" class="small" aria-label={`${words['compare.recorded']}: ${name}`} onClick={() => onCompare(picture, name)}>{words['action.compare']}</button>}
    </figure>
  );
}
