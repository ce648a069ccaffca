/** The browser this build is for (build/build.mjs). */
declare const __BROWSER__: 'chromium' | 'firefox';

/** What the engine says of labels (build/engine-words.mjs). */
declare module 'provenance:engine-words' {
  export const engineWords: Readonly<Record<'en' | 'ko', Readonly<Record<string, string>>>>;
}
