/** Where the official lists are published: the same addresses as in verifier/Provenance.TrustStore/Sources.cs, held equal by a test. */
export const OFFICIAL_FOLDER = 'https://raw.githubusercontent.com/c2pa-org/conformance-public/main/trust-list/';

/** Their JSON, which alone tells the issue and since when an authority is trusted; they are told apart by the names they give themselves. */
export const OFFICIAL_FILES = ['C2PA-TRUST-LIST.json', 'C2PA-TSA-TRUST-LIST.json'] as const;

/** What the browser is asked for before an address is fetched: its host, and no other. */
export function hostOf(address: string): string {
  const { protocol, hostname } = new URL(address);
  return `${protocol}//${hostname}/*`;
}
