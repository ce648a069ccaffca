/** Well within the 30 seconds after which Firefox ends a background page, even one with open ports. */
const EVERY = 10_000;

/**
 * Keeps Firefox's background page while the engine in it has ports: a call of the browser counts as a sign of life. An engine that ended would be
 * asked for again by every frame at once, and would read everything anew. Chromium needs none of this: its document stays by itself.
 */
export function stayAwake(): { start(): void; stop(): void } {
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    start() {
      timer ??= setInterval(() => void chrome.runtime.getPlatformInfo(), EVERY);
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
