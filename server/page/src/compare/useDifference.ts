import { useEffect, useState } from 'preact/hooks';
import type { Answer, Question } from './difference.worker.js';

export type Outcome = Exclude<Answer, { kind: 'progress' }> | { readonly kind: 'working'; readonly part: number };

/** Compares two files pixel by pixel in a worker of its own, which ends when the comparison is closed. Nothing begins without a left one. */
export function useDifference(left: Blob | undefined, right: Blob): Outcome {
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'working', part: 0 });
  useEffect(() => {
    setOutcome({ kind: 'working', part: 0 });
    if (left === undefined) return;
    let maps: ImageBitmap[] = [];
    const worker = new Worker(new URL('./difference.worker.ts', import.meta.url), { type: 'module' });
    const fail = () => setOutcome({ kind: 'failed' });
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      setOutcome(data.kind === 'progress' ? { kind: 'working', part: data.done / data.of } : data);
      if (data.kind === 'compared') maps = [data.overview.bitmap, data.detail.bitmap];
      if (data.kind !== 'progress') worker.terminate();
    };
    worker.onerror = fail;
    worker.onmessageerror = fail;
    const question: Question = { left, right };
    worker.postMessage(question);
    return () => {
      worker.terminate();
      for (const map of maps) map.close();
    };
  }, [left, right]);
  return outcome;
}
