import type { Words } from '../words/words.js';

/** A picture to compare: a file, or a picture as somebody recorded it. */
export type ComparePicture = { name: string; blob: Blob; recorded: boolean };

/** Holds the place of the compare view. */
export function Compare(props: { words: Words; left: ComparePicture; right: ComparePicture; onClose(): void }) {
  return <p>{props.left.name} / {props.right.name}</p>;
}
