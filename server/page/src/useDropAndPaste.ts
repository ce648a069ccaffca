import { useEffect, useState } from 'preact/hooks';
import type { Opener } from './opener.js';

/** Takes files that are dropped or pasted anywhere on the page. Whether files are held over it now. */
export function useDropAndPaste(opener: Opener): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const on = <K extends keyof WindowEventMap>(name: K, listener: (event: WindowEventMap[K]) => void) => addEventListener(name, listener, { signal: stop.signal });
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    on('dragover', event => {
      if (!holdsFiles(event))
        return;
      // Else the browser would leave the page to show the file.
      event.preventDefault();
      setOver(true);
    });
    on('dragleave', event => {
      if (event.relatedTarget === null)
        setOver(false);
    });
    on('drop', event => {
      setOver(false);
      if (!holdsFiles(event) || event.dataTransfer === null)
        return;
      event.preventDefault();
      void opener.drop(event.dataTransfer);
    });
    on('paste', event => {
      if (event.clipboardData !== null && opener.paste(event.clipboardData))
        event.preventDefault();
    });
    return () => stop.abort();
  }, [opener]);
  return isOver;
}
