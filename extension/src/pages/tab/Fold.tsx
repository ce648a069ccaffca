/** Tells whether what is below a title is unfolded. */
export function Fold() {
  return <svg class="fold" viewBox="0 0 12 12" aria-hidden="true" focusable="false"><path d="M4 2l4 4l-4 4" /></svg>;
}
