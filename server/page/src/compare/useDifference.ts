import { useEffect, useState } from 'preact/hooks';
import type { Answer, Question } from './difference.worker.js';

export type Outcome = Exclude<Answer, { kind: 'progress' }> | { readonly kind: 'working'; readonly part: number };

/** Compares two files pixel by pixel in a worker of its own, which ends when the map is no longer shown. */
export function useDifference(left: Blob, right: Blob): Outcome {
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'working', part: 0 });
  useEffect(() => {
    setOutcome({ kind: 'working', part: 0 });
    const worker = new Worker(new URL('./difference.worker.ts', import.meta.url), { type: 'module' });
    const fail = () => setOutcome({ kind: 'failed' });
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      setOutcome(data.kind === 'progress' ? { kind: 'working', part: data.done / data.of } : data);
      if (data.kind !== 'progress') worker.terminate();
    };
    worker.onerror = fail;
    worker.onmessageerror = fail;
    const question: Question = { left, right };
    worker.postMessage(question);
    return () => worker.terminate();
  }, [left, right]);
  return outcome;
}
