import { useEffect, useState } from 'preact/hooks';

/** Milliseconds of quiet before it is told, so that a screen reader is not told every step; and for which a notice stays. */
const QUIET = 900, STAY = 5000;

/** What a screen reader is told without being asked; a notice is seen by everybody for a while. */
export function Announcement({ text, isSeen = false, onEnd }: { readonly text: string; readonly isSeen?: boolean; readonly onEnd?: () => void }) {
  const [told, setTold] = useState('');
  useEffect(() => {
    if (isSeen || text === '') {
      setTold(text);
      const timer = text === '' ? undefined : setTimeout(() => onEnd?.(), STAY);
      return () => clearTimeout(timer);
    }
    const timer = setTimeout(() => setTold(text), QUIET);
    return () => clearTimeout(timer);
  }, [text]);
  return <p class={isSeen && told !== '' ? 'status notice' : 'status away'} role="status" aria-live="polite">{told}</p>;
}
