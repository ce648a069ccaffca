import { hostOf } from './labels/host.js';

/**
 * Calls back before the next frame is painted, after everything that the page does in it, with its layout done: a change of our probe's
 * size is told to a ResizeObserver then. A callback of `requestAnimationFrame` that is asked for while others run would come a frame late,
 * and asking for layout any earlier would make the browser lay out twice.
 */
export interface Frame {
  ask(): void;
  /** Calls back at once: the caller was told of sizes itself, when the layout is done and nothing may be resized any more. */
  now(): void;
  stop(): void;
}

export function createFrame(run: () => void): Frame {
  const { element, probe } = hostOf();
  let isAsked = false, isRunning = false, isSpent = false, isStopped = false;
  let turns = 0;
  const turn = () => {
    if (!isAsked || isStopped)
      return;
    isAsked = false;
    turns++;
    isRunning = true;
    try {
      run();
    }
    finally {
      isRunning = false;
      // Sizes are being told of until the frame is painted; ours must not change again until then, or the page is told of a loop.
      isSpent = true;
      setTimeout(() => {
        isSpent = false;
      });
    }
  };
  const observer = new ResizeObserver(turn);
  observer.observe(probe);
  const nudge = () => {
    if (isStopped || !isAsked)
      return;
    if (element.isConnected)
      probe.style.width = probe.style.width === '2px' ? '1px' : '2px';
    // The page may have hidden us all with its root; then nobody is told of sizes.
    const before = turns;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (turns === before)
        turn();
    }));
  };
  return {
    ask() {
      if (isAsked || isStopped)
        return;
      isAsked = true;
      if (isRunning || isSpent)
        requestAnimationFrame(nudge);
      else
        nudge();
    },
    now() {
      if (isRunning) {
        this.ask();
        return;
      }
      isAsked = true;
      turn();
    },
    stop() {
      isStopped = true;
      observer.disconnect();
    },
  };
}
