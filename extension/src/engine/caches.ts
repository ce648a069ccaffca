import type { Verification } from '@provenance/browser';
import { Lru } from './lru.js';
import type { Finding } from './verdicts.js';

/** Bytes that are held, with what the engine said of them. */
export interface Held {
  readonly digest: string;
  readonly blob: Blob;
  readonly verification: Verification;
  /** Policy it was judged by. */
  readonly version: number;
}

/** What is known of files: of all windows, or of private ones, whose caches end with their last frame. */
export class Caches {
  /** Digest by address and validator, of what we downloaded ourselves; a frame's word on an address is for that moment only. */
  readonly digests = new Lru<string>(2_000);
  /** Length of what was read of files that have no credentials, by who says so, address and validator. */
  readonly spared = new Lru<number>(20_000);
  /** By digest and policy. */
  readonly findings = new Lru<Finding>(2_000);
  readonly held = new Lru<Held>(24, 32 << 20, ({ verification }) => verification.dispose());

  clear(): void {
    this.digests.clear();
    this.spared.clear();
    this.findings.clear();
    this.held.clear();
  }
}
