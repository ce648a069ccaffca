import type { Language } from '@provenance/browser';

const KEPT = 'provenance.language';

export const LANGUAGES: readonly { readonly code: Language; readonly name: string }[] = [{ code: 'en', name: 'English' }, { code: 'ko', name: '한국어' }];

/** The language that was chosen, else the first of the browser's that the page speaks. */
export function chooseLanguage(kept: string | null, preferred: readonly string[]): Language {
  for (const tag of [kept, ...preferred]) {
    const code = tag?.toLowerCase().split('-')[0];
    if (code === 'en' || code === 'ko')
      return code;
  }
  return 'en';
}

export function keptLanguage(storage: Storage | null): string | null {
  return storage?.getItem(KEPT) ?? null;
}

export function keepLanguage(storage: Storage | null, language: Language): void {
  try {
    storage?.setItem(KEPT, language);
  }
  catch {
    // A browser that keeps nothing asks again next time.
  }
}
