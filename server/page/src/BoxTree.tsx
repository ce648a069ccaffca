import type { Box, Language, Verification } from '@provenance/browser';
import { useEffect, useState } from 'preact/hooks';
import { bytesOf, offsetOf } from './format.js';
import { say, type Words } from './words/words.js';

interface BoxProps {
  readonly words: Words;
  readonly language: Language;
}

/** Lines of one level that are drawn at once. */
const PORTION = 100;

/** The box tree, read when somebody opens it. */
export function BoxTree(props: BoxProps & { readonly verification: Verification }) {
  const { words, verification } = props;
  const [isOpen, setOpen] = useState(false);
  const [root, setRoot] = useState<Box | 'failed' | null>(null);
  useEffect(() => {
    if (!isOpen || root !== null)
      return;
    let isWanted = true;
    verification.boxes().then(box => isWanted && setRoot(box), () => isWanted && setRoot('failed'));
    return () => { isWanted = false; };
  }, [isOpen, verification]);
  return (
    <details class="folded structure" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary><h4>{words['boxes.title']}</h4></summary>
      <p class="hint">{words['boxes.intro']}</p>
      {root === null && <p class="waiting">{words['boxes.reading']}</p>}
      {root === 'failed' && <p>{words['boxes.failed']}</p>}
      {root !== null && root !== 'failed' && <ul class="boxes"><BoxLine words={words} language={props.language} box={root} level={0} /></ul>}
    </details>
  );
}

function BoxLine({ box, level, words, language }: BoxProps & { readonly box: Box; readonly level: number }) {
  const [isOpen, setOpen] = useState(level < 2);
  const children = box.children ?? [];
  if (children.length === 0)
    return <li class="box"><BoxText box={box} words={words} language={language} /></li>;
  return (
    <li class="box">
      <details open={isOpen} onToggle={event => setOpen(event.currentTarget.open)}>
        <summary><BoxText box={box} words={words} language={language} /></summary>
        {isOpen && <BoxList boxes={children} level={level + 1} words={words} language={language} />}
      </details>
    </li>
  );
}

function BoxList({ boxes, level, words, language }: BoxProps & { readonly boxes: readonly Box[]; readonly level: number }) {
  const [most, setMost] = useState(PORTION);
  const left = boxes.length - most;
  return (
    <ul>
      {boxes.slice(0, most).map((box, index) => <BoxLine key={index} box={box} level={level} words={words} language={language} />)}
      {left > 0 && <li><button type="button" class="small" onClick={() => setMost(most + PORTION)}>{say(words, 'boxes.more', { n: Math.min(left, PORTION) })}</button></li>}
    </ul>
  );
}

function BoxText({ box, words, language }: BoxProps & { readonly box: Box }) {
  const { name, value, offset, length } = box;
  return (
    <>
      <span class="box-name"><bdi>{name}</bdi></span>
      {value !== undefined && <span class="box-value"><bdi>{value}</bdi></span>}
      {offset !== undefined && <span class="box-place">{length === undefined ? offsetOf(offset) : say(words, 'boxes.place', { offset: offsetOf(offset), length: bytesOf(length, language) })}</span>}
    </>
  );
}
