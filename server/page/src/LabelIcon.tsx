import type { LabelCode } from '@provenance/browser';
import { strokesOf } from './shapes.js';

/** The shape of a label; the words beside it say the same, so a screen reader skips it. */
export function LabelIcon({ label }: { readonly label: LabelCode }) {
  return (
    <svg class={label === 'broken' ? 'shape broken' : 'shape'} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      {strokesOf(label).map(stroke => <path key={stroke.path} d={stroke.path} class={stroke.manner} />)}
    </svg>
  );
}
