import type { Box, Language, Page, Policy, Told, Verification, Verifier, VerifierOptions, VerifyOptions } from '@provenance/browser';

/**
 * Stands in for the engine where it was not built: for the pictures of tests/samples it answers what the command line answered when
 * record.mjs ran, for every other file that there is no credential.
 */
export function createVerifier(_options?: VerifierOptions): Verifier {
  return {
    ready: Promise.resolve(),
    async verify(input: Blob | Uint8Array | ArrayBuffer, policy: Policy = {}, options: AbortSignal | VerifyOptions = {}): Promise<Verification> {
      const { signal, onProgress, name = '' } = options instanceof AbortSignal ? { signal: options } : options;
      const blob = input instanceof Blob ? input : new Blob([input as BlobPart]);
      for (let hashed = 0; hashed < blob.size; hashed += 8 << 20) {
        await pause(60);
        signal?.throwIfAborted();
        onProgress?.(hashed, blob.size);
      }
      const bytes = await crypto.subtle.digest('SHA-256', await blob.slice(0, 1 << 24).arrayBuffer());
      const digest = [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, '0')).join('');
      const recorded = (await import('./recorded.json') as unknown as { readonly default: Readonly<Record<string, Recorded>> }).default[digest];
      await pause(150);
      signal?.throwIfAborted();
      return recorded === undefined ? none(blob, name) : answer(recorded, policy.trust !== undefined && policy.trust !== 'nobody' && policy.trust.length > 0, name);
    },
    dispose() { /* Holds nothing. */ },
  };
}

interface Recorded {
  readonly known: Answer;
  readonly unknown: Answer;
  readonly boxes: Box;
}

interface Answer {
  readonly full: string;
  readonly pages: Readonly<Record<Language, Page>>;
}

function answer(recorded: Recorded, isKnown: boolean, name: string): Verification {
  const { full, pages } = isKnown ? recorded.known : recorded.unknown;
  return verification(full, language => ({ ...pages[language], name }), recorded.boxes);
}

function none(blob: Blob, name: string): Verification {
  const sentences: Record<Language, string> = {
    en: 'No Content Credentials. Most files have none; it says nothing either way.',
    ko: '콘텐츠 자격 증명이 없습니다. 대부분의 파일에는 없으며, 진위 여부와 무관합니다.',
  };
  const report = JSON.stringify({ label: 'none', sentence: sentences.en, mediaType: blob.type || null });
  return verification(report, language => ({ language, label: 'none', name, sentence: sentences[language], lines: [], sections: [], further: [] }), { name: blob.type, length: blob.size });
}

function verification(full: string, pageOf: (language: Language) => Page, box: Box): Verification {
  const report = JSON.parse(full) as Verification['report'];
  return {
    report,
    json: full,
    async told(language): Promise<Told> {
      const { label, sentence, lines } = pageOf(language);
      return { label, sentence, lines: lines.map(text => ({ axis: '', text })) };
    },
    async full() {
      await pause(600);
      return { report, json: full };
    },
    async page(language) {
      await pause(300);
      return pageOf(language);
    },
    async html(language) {
      return `<!doctype html><title>${pageOf(language).label}</title>`;
    },
    async boxes() {
      await pause(300);
      return box;
    },
    dispose() { /* Holds nothing. */ },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
