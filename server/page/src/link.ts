/** Where an address leads: to a file beside this page, elsewhere, or nowhere. */
export type Link =
  | { readonly kind: 'here'; readonly url: string; readonly name: string }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'none' };

/** What an address that a person typed or that stands in the page's own address means. Only files of the page's own host are fetched. */
export function linkOf(text: string, page: string): Link {
  const typed = text.trim();
  if (typed === '')
    return { kind: 'none' };
  let url: URL;
  try {
    // What looks like a host without a scheme is one: nobody types "example.org/a.jpg" for a file beside the page.
    url = /^[\w-]+(\.[\w-]+)+\//.test(typed) && !URL.canParse(typed) ? new URL(`https://${typed}`) : new URL(typed, page);
  }
  catch {
    return { kind: 'none' };
  }
  if (url.origin !== new URL(page).origin || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return { kind: 'elsewhere' };
  url.hash = '';
  return { kind: 'here', url: url.href, name: nameOf(url) };
}

/** The file that the page's own address names, `?file=` or `#file=`; null for none. */
export function linkedFile(page: string): string | null {
  const url = new URL(page);
  return new URLSearchParams(url.hash.slice(1)).get('file') ?? url.searchParams.get('file');
}

function nameOf(url: URL): string {
  const last = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  }
  catch {
    return last;
  }
}

/** Fetches a file of the page's own host; null where there is none. No cookie goes along, and no redirection is followed. */
export async function fetchHere(url: string): Promise<Blob | null> {
  try {
    const response = await fetch(url, { credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' });
    return response.ok ? await response.blob() : null;
  }
  catch {
    return null;
  }
}
