import type { Session } from '@provenance/page/session.js';
import { useState } from 'preact/hooks';
import { isPrivateHost } from '../../engine/addresses.js';
import { siteOf } from '../../sites.js';
import { say, type WordKey, type Words } from '../../words/words.js';
import { wholeAddress } from '../tab/address.js';
import { allow } from '../tab/hosts.js';
import { fetchLinked } from './files.js';

interface LinkedFileProps {
  readonly address: string;
  readonly session: Session;
  readonly words: Words;
  readonly onEnd: () => void;
}

/** What a link leads to is fetched only when the reader says so here, with its whole address in sight. */
export function LinkedFile({ address, session, words, onEnd }: LinkedFileProps) {
  const [problem, setProblem] = useState<WordKey | null>(null);
  const [isBusy, setBusy] = useState(false);
  const site = siteOf(address);
  const host = site === null ? '' : new URL(address).host;
  // A page of strangers must not have us look at what stands in the reader's own network (attacks.md K25).
  const isOut = site === null || isPrivateHost(new URL(address));
  const fetchIt = async () => {
    setBusy(true);
    const given = site !== null && await allow([site]) ? await fetchLinked(address) : undefined;
    setBusy(false);
    if (given) {
      session.dispatch({ kind: 'given', files: [given] });
      onEnd();
    }
    else {
      setProblem(given === null ? 'file.link-failed' : 'file.link-refused');
    }
  };
  return (
    <div class="handover">
      <p>{words[isOut ? 'file.link-private' : 'file.link']}</p>
      <p class="code"><bdi>{wholeAddress(address)}</bdi></p>
      {!isOut && <button type="button" class="primary" disabled={isBusy} onClick={() => void fetchIt()}><bdi>{say(words, 'file.link-fetch', { host })}</bdi></button>}
      <p role="status" class="hint">{problem !== null && words[problem]}</p>
    </div>
  );
}
