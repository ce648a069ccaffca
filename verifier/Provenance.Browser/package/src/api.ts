import type { Report } from './report.js';

/** The eight states of a label (docs/labels.md). */
export type LabelCode = Report['label'];

/** Languages in which the engine answers people. */
export type Language = 'en' | 'ko';

/** What a file of a trust list is for; `any` lets the engine tell by its bytes (PEM, a list of trusted entities, a signed list). */
export type TrustRole = 'anchors' | 'time-stamp-anchors' | 'allowed' | 'identity-anchors' | 'incidents' | 'packed' | 'any';

/** A file of a trust list. The engine names the list after the file and identifies it by the digest of its bytes. */
export interface TrustFile {
  readonly role: TrustRole;
  readonly name: string;
  readonly content: string | Uint8Array;
  /** For `anchors`: the text of a file of accepted certificate purposes. */
  readonly purposes?: string;
}

/** Which personal data of metadata are handed on; of all others only that they are recorded. */
export type PersonalData = 'none' | 'location' | 'device' | 'all';

/**
 * Whom is trusted, as of when. Keep one object for many files: it is read once by each worker.
 */
export interface Policy {
  /** Lists; `nobody` looks up no issuer. Absent or empty: no list is installed, and the report says so. */
  readonly trust?: readonly TrustFile[] | 'nobody';
  /** The time to judge at where no trusted time stamp says when the file was signed; now if absent. */
  readonly time?: Date | string;
  /** A sound time stamp from an authority that no list knows is trusted for claims of version 1, as the reference reader does. */
  readonly olderTimeModel?: boolean;
  /** Whether the report tells the SHA-256 of the whole file, which costs a second pass over it. */
  readonly digest?: boolean;
  /** Identity claims aggregators (DIDs) whose word is taken. */
  readonly identityIssuers?: readonly string[];
  /** Which personal data of metadata are handed on. */
  readonly shown?: PersonalData;
}

/** What belongs to one question and not to the policy. */
export interface VerifyOptions {
  readonly signal?: AbortSignal;
  /** What the file is called, for what speaks against the name; a `File` brings its own. */
  readonly name?: string;
  /** A manifest store that is not in the file. */
  readonly manifest?: Blob | Uint8Array;
  /**
   * What issuers' responders answered to the `questions()` of an earlier answer; an empty list to hear of those. Absent: nobody is asked
   * whether certificates were withdrawn. Nothing is fetched by this package.
   */
  readonly responses?: readonly RevocationResponse[];
  /** Told how many bytes were hashed, of how many the file has. */
  readonly onProgress?: (hashed: number, length: number) => void;
}

/** A question to an OCSP responder, to be sent by POST as `application/ocsp-request` (RFC 6960 appendix A). Whoever is asked learns which certificate somebody looks into. */
export interface RevocationQuestion {
  /** The responder's address as the certificate has it: a stranger's words, of any scheme, naming any host. */
  readonly url: string;
  /** OCSPRequest in DER. */
  readonly request: Uint8Array;
}

export interface RevocationResponse extends RevocationQuestion {
  /** OCSPResponse in DER, as it came; it is judged like one from the file. */
  readonly response: Uint8Array;
}

export interface VerifierOptions {
  /** The folder that holds the package's files; beside this module if absent. */
  readonly base?: string | URL;
  /** Where the second bundle lies; `../browser-metadata/` beside `base` if absent. */
  readonly metadataBase?: string | URL;
  /** How many files are looked at at the same time, each by a worker with an engine of its own; 1 if absent. */
  readonly workers?: number;
  /** Milliseconds that one verification may take before its worker is stopped and another one started; no bound if absent. */
  readonly timeLimit?: number;
  /** Milliseconds without a question after which workers are let go, with their memory, until the next one; they stay if absent. */
  readonly idleLimit?: number;
}

/** What is told at once: the label's sentence, and the lines below it. */
export interface Told {
  readonly label: LabelCode;
  readonly sentence: string;
  readonly lines: readonly { readonly axis: string; readonly text: string }[];
}

export interface Verifier {
  /** Resolves when the engine of every worker has started; rejects with a `VerifierError` if one cannot. */
  readonly ready: Promise<void>;
  /**
   * What the credential of these bytes proves. Rejects with `signal.reason` when aborted, else with a `VerifierError`; a file that is
   * malformed is an answer and not an error.
   */
  verify(input: Blob | Uint8Array | ArrayBuffer, policy?: Policy, options?: AbortSignal | VerifyOptions): Promise<Verification>;
  /**
   * Who signed these bytes, such as a trust list's: the SHA-256 of the certificate enclosed in the detached CMS signature (RFC 5652), lower-case
   * hex; null where the signature is not good. Neither the certificate's issuer nor its dates are looked at: whoever asks compares it with one
   * that was pinned.
   */
  listSigner(content: Uint8Array, signature: Uint8Array): Promise<string | null>;
  /** Stops the workers. What is still asked is rejected. */
  dispose(): void;
}

/** An answer. What follows the verdict is worked out when it is asked for, from the same bytes. */
export interface Verification {
  /** The verdict, without `metadata`. */
  readonly report: Report;
  /** The same as it was written: the command line's `--no-metadata` line without its `file` member. */
  readonly json: string;
  /** The label's sentence and lines in a language. */
  told(language: Language): Promise<Told>;
  /** The second step: the report with its `metadata` member. */
  full(): Promise<{ readonly report: Report; readonly json: string }>;
  /** The report as sections of finished words: what a page draws. `inFull` adds what only a document has room for. */
  page(language: Language, options?: { readonly inFull?: boolean }): Promise<Page>;
  /** The report as one HTML document that holds everything it shows. */
  html(language: Language): Promise<string>;
  /** What issuers' responders would be asked and `responses` had no answer to; none where no `responses` were given. */
  questions(): Promise<readonly RevocationQuestion[]>;
  /** What stands in the file and its manifest store, box by box. */
  boxes(): Promise<Box>;
  /** Lets the engine forget this answer. */
  dispose(): void;
}

/** A report in the words of one language. Everything is plain text: whoever draws it escapes it. */
export interface Page {
  readonly language: Language;
  readonly label: LabelCode;
  readonly name: string;
  readonly sentence: string;
  readonly lines: readonly string[];
  readonly sections: readonly PageSection[];
  /** What only a document has room for; empty unless asked for in full. */
  readonly further: readonly PageSection[];
}

export type PageTopic =
  | 'credential' | 'identity' | 'history' | 'sources' | 'conflicts' | 'problems' | 'coverage' | 'revocation'
  | 'checked' | 'not-checked' | 'elsewhere' | 'metadata' | 'record' | 'technical';

export interface PageSection {
  readonly topic: PageTopic;
  readonly title: string;
  readonly rows: readonly PageRow[];
  readonly nodes: readonly PageNode[];
  readonly strip?: PageStrip;
}

export interface PageRow {
  readonly name: string;
  readonly text: string;
  /** A number or a code that is compared letter by letter. */
  readonly isCode?: true;
}

export interface PageNode {
  readonly text: string;
  readonly note?: string;
  readonly when?: string;
  readonly label?: LabelCode;
  readonly children?: readonly PageNode[];
  /** A small picture as somebody recorded it, who may have recorded another one. */
  readonly picture?: PagePicture;
}

export interface PagePicture {
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  /** Base64. */
  readonly data: string;
}

/** The file from its first byte to its last in `width` columns. */
export interface PageStrip {
  readonly width: number;
  readonly parts: readonly { readonly kind: 'covered' | 'credential' | 'open'; readonly start: number; readonly columns: number }[];
}

/** What stands in the file and its manifest store, as `provenance inspect` tells it; nothing of it is checked. */
export interface Box {
  /** What it is: a structure of the container, a box, or a member of a value. */
  readonly name: string;
  /** What it holds, cut to a line; absent where that is its children. */
  readonly value?: string;
  /** First byte in the file, or in the store for what is inside it; absent for what has no place of its own. */
  readonly offset?: number;
  readonly length?: number;
  readonly children?: readonly Box[];
}
