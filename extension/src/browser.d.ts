/** The browser this build is for (build/build.mjs). */
declare const __BROWSER__: 'chromium' | 'firefox';
