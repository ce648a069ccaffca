type Run = () => void;

/**
 * The runtime takes up what it waited for by a timer without delay (dotnet.runtime.js: mono_background_exec), and nested timers are held
 * back by 4 ms (HTML, timer initialization steps), in Node by 1. A verification waits once for each signature and each longer digest, so
 * that of a credential with many manifests nine tenths were such waits. What is asked for with no delay is run by a message to ourselves
 * instead, which nobody holds back.
 */
export function takeTurnsAtOnce(scope: { setTimeout: unknown } = globalThis): void {
  const timer = scope.setTimeout as (run: unknown, delay?: number, ...rest: unknown[]) => unknown;
  const soon = nextTurns();
  scope.setTimeout = (run: unknown, delay?: number, ...rest: unknown[]): unknown => {
    if (typeof run !== 'function' || (delay ?? 0) > 0 || rest.length > 0) return timer.call(globalThis, run, delay, ...rest);
    soon(run as Run);
    // No timer has this number, so that nothing is called off by it: the runtime never calls off a turn.
    return 0;
  };
}

/** Runs what it is given one after the other, each in a turn of its own. */
function nextTurns(): (run: Run) => void {
  if ('setImmediate' in globalThis) return (globalThis as unknown as { setImmediate: (run: Run) => void }).setImmediate;
  const { port1, port2 } = new MessageChannel();
  const waiting: Run[] = [];
  port1.onmessage = () => waiting.shift()!();
  return (run) => {
    waiting.push(run);
    port2.postMessage(null);
  };
}
