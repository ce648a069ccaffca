/** The head of each of our pages. */
export function Brand() {
  return <h1><Mark />Provenance</h1>;
}

export function Mark() {
  return <svg class="mark" viewBox="6 0 20 32" aria-hidden="true" focusable="false"><path d="M16 5v22" /><circle cx="16" cy="5" r="3" class="solid" /><circle cx="16" cy="16" r="3" class="solid" /><circle cx="16" cy="27" r="3.4" /></svg>;
}
