import type { Language, Policy, RevocationResponse } from './api.js';
import type { VerifierErrorCode } from './errors.js';

/** What the page sends to a worker. Every job has a number of its own and gets one answer. */
export type Request =
  | { readonly kind: 'start'; readonly job: number; readonly metadataBase: string }
  | { readonly kind: 'policy'; readonly job: number; readonly policy: number; readonly content: Policy }
  | {
      readonly kind: 'verify'; readonly job: number; readonly question: number; readonly policy: number; readonly input: Blob | Uint8Array;
      /** Seconds since 1970; negative for the policy's own time. */
      readonly time: number; readonly name: string | null; readonly manifest: Blob | Uint8Array | null;
      readonly responses: readonly RevocationResponse[] | null; readonly reportsProgress: boolean;
    }
  | { readonly kind: 'list-signer'; readonly job: number; readonly content: Uint8Array; readonly signature: Uint8Array }
  | { readonly kind: 'told'; readonly job: number; readonly question: number; readonly language: Language }
  | { readonly kind: 'questions'; readonly job: number; readonly question: number }
  | { readonly kind: 'full'; readonly job: number; readonly question: number }
  | { readonly kind: 'page'; readonly job: number; readonly question: number; readonly language: Language; readonly inFull: boolean }
  | { readonly kind: 'html'; readonly job: number; readonly question: number; readonly language: Language }
  | { readonly kind: 'boxes'; readonly job: number; readonly question: number }
  | { readonly kind: 'cancel'; readonly question: number }
  | { readonly kind: 'forget'; readonly question: number }
  | { readonly kind: 'forget-policy'; readonly policy: number };

/** A request that is answered. */
export type Job = Extract<Request, { readonly job: number }>;

/** What a worker sends back. */
export type Reply =
  | { readonly kind: 'answer'; readonly job: number; readonly text: string }
  | { readonly kind: 'error'; readonly job: number; readonly code: VerifierErrorCode | 'aborted'; readonly message: string }
  | { readonly kind: 'progress'; readonly question: number; readonly hashed: number };
