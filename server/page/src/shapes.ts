import type { LabelCode } from '@provenance/browser';

/** A line of a shape, and how it is drawn. */
export interface Stroke {
  readonly path: string;
  readonly manner?: 'solid' | 'dashed';
}

const RING = 'M16 3.5a12.5 12.5 0 1 1 0 25a12.5 12.5 0 1 1 0-25z';

/** The shapes of the report (Provenance.Presentation/Html/LabelShape.cs, which says what they mean); a test holds the two equal. */
const SHAPES = {
  'intact-known': [{ path: RING }, { path: 'M16 10.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z', manner: 'solid' }],
  'intact-unknown-issuer': [{ path: RING }],
  'intact-time-unproven': [{ path: RING }, { path: 'M16 8.5v8l5.5 3.5' }],
  'revoked': [{ path: RING }, { path: 'M1.5 16h29' }],
  'broken': [{ path: 'M14 27a11.5 11.5 0 0 1 0-23z', manner: 'solid' }, { path: 'M19 6.5a11 11 0 0 1 0 22z' }],
  'unreadable': [{ path: 'M6 3.5h20v25h-20z' }, { path: 'M11 10h2m5 0h3M11 16h5m5 0h0M11 22h1m4 0h5' }],
  'not-checked': [{ path: RING, manner: 'dashed' }],
  'none': [{ path: 'M7 16h18' }],
} satisfies Readonly<Record<LabelCode, readonly Stroke[]>>;

export function strokesOf(label: LabelCode): readonly Stroke[] {
  return SHAPES[label];
}
