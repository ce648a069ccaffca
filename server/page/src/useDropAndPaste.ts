import { useEffect, useState } from 'preact/hooks';
import type { Opener } from './opener.js';

/** Takes files that are dropped or pasted anywhere on the page. Whether files are held over it now. */
export function useDropAndPaste(opener: Opener): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const on = <K extends keyof WindowEventMap>(name: K, listener: (event: WindowEventMap[K]) => void) => addEventListener(name, listener, { signal: stop.signal });
    // A picture that is dragged here from another page comes as a file or as its address, as the browser likes.
    let isOurs = false;
    const holdsFiles = (event: DragEvent) => !isOurs && (event.dataTransfer?.types.some(type => type === 'Files' || type === 'text/uri-list') ?? false);
    // What is dragged from the page is on it already.
    on('dragstart', () => { isOurs = true; });
    on('dragend', () => { isOurs = false; });
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
      // What is pasted into a field is meant for it.
      if (event.target instanceof HTMLInputElement && event.target.type === 'text')
        return;
      if (event.clipboardData !== null && opener.paste(event.clipboardData))
        event.preventDefault();
    });
    return () => stop.abort();
  }, [opener]);
  return isOver;
}
