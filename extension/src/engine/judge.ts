import { VerifierError, type Policy, type TrustFile, type Verification, type Verifier, type VerifyOptions } from '@provenance/browser';
import { bytesOf } from '../bytes/base64.js';
import { Unread } from '../bytes/unread.js';
import type { EngineSettings } from '../contract/background.js';

/** Faults behind which nothing works any more: the next question goes to a verifier that is started anew. */
const BROKEN: ReadonlySet<VerifierError['code']> = new Set(['load-failed', 'integrity', 'unsupported', 'disposed', 'internal']);

/** The verifier, started when it is first needed and again when it broke, and the policy that the reader chose. */
export class Judge {
  readonly #create: () => Verifier;
  #verifier: Verifier | null = null;
  #policy: Policy = {};
  #digesting: Policy = { digest: true };
  #lists = '';
  #version = 0;

  constructor(create: () => Verifier) {
    this.#create = create;
  }

  /** Another number is another policy: what was judged by an earlier one is judged anew. */
  get version(): number {
    return this.#version;
  }

  /** What is found of bytes by the policy of now is kept under this key. */
  keyOf(digest: string): string {
    return `${digest} ${this.#version}`;
  }

  /** Takes the reader's lists; whether they are other ones than before. */
  use({ lists }: EngineSettings): boolean {
    const text = JSON.stringify(lists.map(({ role, name, content }) => [role, name, content]));
    if (text === this.#lists)
      return false;
    this.#lists = text;
    this.#version++;
    const trust = lists.map(({ role, name, content }): TrustFile => ({ role, name, content: listOf(content) }));
    this.#policy = trust.length === 0 ? {} : { trust };
    this.#digesting = { ...this.#policy, digest: true };
    return true;
  }

  /** Starts the engine before it is needed. */
  warm(): void {
    this.#verifier ??= this.#create();
  }

  async verify(blob: Blob, options: VerifyOptions & { readonly withDigest?: boolean } = {}): Promise<Verification> {
    const { withDigest, ...given } = options;
    return this.asked((verifier) => verifier.verify(blob, withDigest === true ? this.#digesting : this.#policy, given));
  }

  /** What is asked of the engine; its faults as obstacles. */
  async asked<T>(ask: (verifier: Verifier) => Promise<T>): Promise<T> {
    this.warm();
    const verifier = this.#verifier!;
    try {
      return await ask(verifier);
    }
    catch (fault) {
      if (!(fault instanceof VerifierError))
        throw fault;
      if (BROKEN.has(fault.code) && this.#verifier === verifier) {
        this.#verifier = null;
        verifier.dispose();
      }
      throw new Unread(fault.code === 'timeout' ? 'engine-time' : 'engine');
    }
  }
}

/** One that is damaged is left to the engine to refuse: nothing is judged by half of what the reader chose. */
function listOf(content: string): Uint8Array {
  try {
    return bytesOf(content);
  }
  catch {
    return new TextEncoder().encode(content);
  }
}
