import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Words } from './words/words.js';

/** A panel above the page. The browser keeps the focus in it, closes it with Esc, and gives the focus back to what opened it. */
export function Dialog(props: { readonly title: string; readonly words: Words; readonly isWide?: boolean; readonly onClose: () => void; readonly children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected)
        opener.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class={props.isWide ? 'panel wide' : 'panel'} aria-labelledby="panel-title" onClose={props.onClose}
      onClick={event => { if (event.target === dialog.current) dialog.current?.close(); }}>
      <div class="panel-body">
        <header class="panel-head">
          <h2 id="panel-title">{props.title}</h2>
          <button type="button" class="plain" onClick={() => dialog.current?.close()}>{props.words.close}</button>
        </header>
        {props.children}
      </div>
    </dialog>
  );
}
