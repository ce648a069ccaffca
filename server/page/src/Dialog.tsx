import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { State } from './state.js';
import { Status } from './Status.js';
import type { Words } from './words/words.js';

interface DialogProps {
  readonly title: string;
  readonly state: State;
  readonly words: Words;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A panel above the page. The browser keeps the focus in it and closes it with Esc; the focus goes back to what opened it. */
export function Dialog(props: DialogProps) {
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
    <dialog ref={dialog} class="panel" aria-labelledby="panel-title" onClose={props.onClose}
      onClick={event => { if (event.target === dialog.current) dialog.current?.close(); }}>
      <div class="panel-body">
        <header class="panel-head">
          <h2 id="panel-title">{props.title}</h2>
          <button type="button" class="plain" onClick={() => dialog.current?.close()}>{props.words.close}</button>
        </header>
        {props.children}
        {/* While a panel is open, nothing below it is told. */}
        <Status state={props.state} words={props.words} />
      </div>
    </dialog>
  );
}
