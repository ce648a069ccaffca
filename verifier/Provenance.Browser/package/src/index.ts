import type { Box, Language, Page, Policy, RevocationQuestion, Told, Verification, Verifier, VerifierOptions, VerifyOptions } from './api.js';
import { VerifierError } from './errors.js';
import { Crew, type Question } from './crew.js';
import { questionsOf } from './responses.js';
import type { Report } from './report.js';

export type * from './api.js';
export type { Report } from './report.js';
export { VerifierError, type VerifierErrorCode } from './errors.js';
export { sniff, type Sniff } from './sniff.js';

/** No list is installed, and the time is now. One object, as callers keep one. */
const noPolicy: Policy = {};

/** Starts a verifier: workers, each with an engine of its own. Nothing is asked of any host but the one that serves this package. */
export function createVerifier(options: VerifierOptions = {}): Verifier {
  const base = new URL(options.base ?? './', import.meta.url);
  const metadataBase = new URL(options.metadataBase ?? '../browser-metadata/', base);
  const crew = new Crew(base, metadataBase, Math.max(1, Math.floor(options.workers ?? 1)), options.timeLimit ?? null, options.idleLimit ?? null);
  return {
    ready: crew.ready,
    async verify(input, policy = noPolicy, given = {}) {
      const { signal, name, manifest, responses, onProgress }: VerifyOptions = given instanceof AbortSignal ? { signal: given } : given;
      signal?.throwIfAborted();
      const bytes = input instanceof ArrayBuffer ? new Uint8Array(input) : input;
      if (!(bytes instanceof Blob) && !(bytes instanceof Uint8Array)) throw new TypeError('a Blob, a Uint8Array or an ArrayBuffer is verified');
      const question = crew.question({
        input: bytes,
        policy,
        name: name ?? (bytes instanceof Blob && 'name' in bytes ? String(bytes.name) : null),
        manifest: manifest ?? null,
        responses: responses ?? null,
        onProgress: onProgress ? (hashed) => onProgress(hashed, bytes instanceof Blob ? bytes.size : bytes.byteLength) : null,
      });
      const json = await question.verify(signal ?? null);
      return new Answer(question, json);
    },
    listSigner: async (content, signature) => (await crew.listSigner(content, signature)) || null,
    dispose: () => crew.dispose(),
  };
}

class Answer implements Verification {
  readonly report: Report;

  constructor(
    readonly question: Question,
    readonly json: string,
  ) {
    this.report = JSON.parse(json) as Report;
  }

  async told(language: Language): Promise<Told> {
    return JSON.parse(await this.question.ask({ kind: 'told', language })) as Told;
  }

  async full(): Promise<{ readonly report: Report; readonly json: string }> {
    const json = await this.question.ask({ kind: 'full' });
    return { report: JSON.parse(json) as Report, json };
  }

  async page(language: Language, options: { readonly inFull?: boolean } = {}): Promise<Page> {
    return JSON.parse(await this.question.ask({ kind: 'page', language, inFull: options.inFull === true })) as Page;
  }

  html(language: Language): Promise<string> {
    return this.question.ask({ kind: 'html', language });
  }

  async questions(): Promise<readonly RevocationQuestion[]> {
    return questionsOf(await this.question.ask({ kind: 'questions' }));
  }

  async boxes(): Promise<Box> {
    return JSON.parse(await this.question.ask({ kind: 'boxes' })) as Box;
  }

  dispose(): void {
    this.question.forget();
  }
}
