/** Something is still to come. No shape of a label, so that nobody takes it for one. */
export function Dots({ isStill }: { readonly isStill?: boolean }) {
  return (
    <svg class={isStill ? 'dots still' : 'dots'} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle cx="6" cy="16" r="3" /><circle cx="16" cy="16" r="3" /><circle cx="26" cy="16" r="3" />
    </svg>
  );
}
