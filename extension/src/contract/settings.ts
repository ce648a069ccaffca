import type { Language, TrustRole } from '@provenance/browser';

/** A trust list as it is kept: its bytes in Base64, where they come from and when they came. */
export interface KeptList {
  readonly role: TrustRole;
  readonly name: string;
  readonly content: string;
  /** `packed`: came with the extension; `fetched`: from `source`; `own`: a file of the reader's. */
  readonly origin: 'packed' | 'fetched' | 'own';
  /** The address it was fetched from; empty for files. */
  readonly source: string;
  /** Milliseconds since 1970. */
  readonly added: number;
}

/** Which form of settings is written; stands beside them. Other forms are read member by member (settings.ts). */
export const SETTINGS_VERSION = 1;

/** What the reader chose; kept in `storage.local` under `settings`. Nothing here tells what was looked at. */
export interface Settings {
  /** `browser`: the browser's own language. */
  readonly language: Language | 'browser';
  /** Sites on which media in sight are checked unasked: match patterns, `*://*\/*` for all. */
  readonly sites: readonly string[];
  /** Sites on which nothing is done at all, stronger than `sites`. */
  readonly denied: readonly string[];
  readonly isPaused: boolean;
  /** Whether automatic labels are for private windows too. */
  readonly inPrivate: boolean;
  /** The lists in use. Those that came with the extension are not kept with the rest. */
  readonly lists: readonly KeptList[];
  /** Whether the lists that came with the extension are used. */
  readonly usesPacked: boolean;
  /** Whether the reader is offered to fetch a manifest that is kept elsewhere, each time. */
  readonly offersRemote: boolean;
  /** Whether the reader is offered to ask issuers whether certificates were withdrawn, each time. */
  readonly offersRevocation: boolean;
  /** Address of a server of the reader's choice; empty for none. */
  readonly server: string;
  /** SHA-256 of the certificate that must sign what the server hands on, lower-case hex; empty for none. */
  readonly serverSigner: string;
  /** The number of the youngest index that came from the server: an older one is not taken. */
  readonly serverSequence: number;
  /** A word or sign for our panel, which a page cannot know. */
  readonly mark: string;
  /** Whether the reader was asked about trust lists at the first start. */
  readonly wasAsked: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  language: 'browser',
  sites: [],
  denied: [],
  isPaused: false,
  inPrivate: false,
  lists: [],
  usesPacked: true,
  offersRemote: false,
  offersRevocation: false,
  server: '',
  serverSigner: '',
  serverSequence: 0,
  mark: '',
  wasAsked: false,
};
