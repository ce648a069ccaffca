import type { EngineAccess } from './engine.js';

const PAGE = 'offscreen.html';

/** Only for who asks at the same time; the service worker may be stopped between two calls, so that the browser is asked first. */
let opening: Promise<void> | null = null;

/** The engine in a document of its own, which Chromium allows to live while the service worker does not. */
export const offscreenEngine: EngineAccess = {
  wake() {
    opening ??= open().finally(() => { opening = null; });
    return opening;
  },
  async close() {
    if (await isOpen())
      await chrome.offscreen.closeDocument();
  },
  async tell(message) {
    return (await isOpen()) ? chrome.runtime.sendMessage(message) : null;
  },
};

async function open(): Promise<void> {
  if (!(await isOpen()))
    await chrome.offscreen.createDocument({ url: PAGE, reasons: ['WORKERS', 'BLOBS'], justification: 'Checks the Content Credentials of pictures in workers with WebAssembly, and hands their bytes to our own pages.' });
}

async function isOpen(): Promise<boolean> {
  return (await chrome.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] })).length > 0;
}
