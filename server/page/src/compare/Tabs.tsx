import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';

/** Tabs after the ARIA pattern: one of them is in the order of focus, arrow keys choose, Home and End go to the ends. A single one is no choice and is not drawn. */
export function Tabs<Key extends string>(props: {
  readonly label: string;
  readonly tabs: readonly { readonly key: Key; readonly text: string }[];
  readonly chosen: Key;
  onChoose(key: Key): void;
  readonly beside: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const { tabs, chosen, onChoose } = props;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    const at = tabs.findIndex(({ key }) => key === chosen);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const target = (next + tabs.length) % tabs.length;
    onChoose(tabs[target]!.key);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[target]?.focus();
  }

  if (tabs.length === 1) {
    return (
      <>
        <div class="compare-bar">{props.beside}</div>
        {props.children}
      </>
    );
  }
  return (
    <>
      <div class="compare-bar">
        <div ref={list} class="compare-tabs" role="tablist" aria-label={props.label} onKeyDown={onKeyDown}>
          {tabs.map(({ key, text }) => (
            <button
              key={key}
              type="button"
              role="tab"
              id={`${id}-${key}`}
              aria-selected={key === chosen}
              aria-controls={`${id}-panel`}
              tabIndex={key === chosen ? 0 : -1}
              onClick={() => onChoose(key)}
            >
              {text}
            </button>
          ))}
        </div>
        {props.beside}
      </div>
      <div role="tabpanel" id={`${id}-panel`} class="compare-panel" aria-labelledby={`${id}-${chosen}`}>{props.children}</div>
    </>
  );
}
