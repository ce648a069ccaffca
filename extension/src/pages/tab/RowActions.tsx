import { save } from '@provenance/page/save.js';
import { useState } from 'preact/hooks';
import type { Entry } from '../../contract/media.js';
import { siteOf } from '../../sites.js';
import { say, type WordKey } from '../../words/words.js';
import { wholeAddress } from './address.js';
import { allow, hostsOf } from './hosts.js';
import type { RowPlace } from './List.js';
import { openFile } from './openFile.js';
import { keyOf } from './order.js';
import { hostOf } from './sayings.js';
import { ViewError } from './view.js';

type Online = 'manifest' | 'revocation';

interface Action {
  readonly key: WordKey;
  readonly does: () => Promise<unknown> | void;
  readonly values?: Readonly<Record<string, string>>;
  readonly isMain?: boolean;
}

/** What can be done with one medium. Everything that asks somebody else says whom, and asks once. */
export function RowActions({ entry, place }: { readonly entry: Entry; readonly place: RowPlace }) {
  const { words, engine, tab, language, settings, comparing, onNotice } = place;
  const { verdict } = entry;
  const [isBusy, setBusy] = useState(false);
  const [needed, setNeeded] = useState<{ readonly what: Online; readonly sites: readonly string[] } | null>(null);
  const medium = { tab, frame: entry.frame, id: entry.id };
  const isRunning = entry.phase === 'waiting' || entry.phase === 'checking';
  const isAnswered = entry.phase === 'answered' && verdict !== null;
  const hasBytes = isAnswered && verdict.obstacle === null;
  const isPicture = entry.kind !== 'video' && entry.kind !== 'audio';
  const check = () => engine.check(tab, entry.frame, [entry.id]);
  const report = (format: 'json' | 'html') => async () => {
    const { text, name } = await engine.report(medium, format, language);
    save(text, name, format === 'json' ? 'application/json' : 'text/html');
  };
  const online = (what: Online, sites: readonly string[] = []) => async () => {
    setNeeded(null);
    if (sites.length > 0 && !await allow(sites))
      return;
    try {
      await engine.online(medium, what);
    }
    catch (error) {
      // Browsers ask in the task of a click only, so there is another one.
      if (!(error instanceof ViewError) || error.why !== 'host' || error.hosts.length === 0 || sites.length > 0)
        throw error;
      setNeeded({ what, sites: error.hosts });
    }
  };

  const actions: Action[] = [];
  const site = siteOf(entry.url), remoteSite = siteOf(`https://${verdict?.remote ?? ''}`);
  if (needed !== null)
    actions.push({ key: 'tab.action.allow-and-ask', values: { host: hostsOf(needed.sites) }, does: online(needed.what, needed.sites), isMain: true });
  if (isAnswered && verdict.obstacle === 'no-access' && site !== null)
    actions.push({ key: 'tab.action.allow', values: { host: hostOf(entry.url) }, does: () => allow([site]).then(isAllowed => isAllowed && check()), isMain: true });
  if (isAnswered && verdict.remote !== null && settings.offersRemote)
    actions.push({ key: 'tab.action.fetch-manifest', values: { host: wholeAddress(verdict.remote) }, does: online('manifest', remoteSite === null ? [] : [remoteSite]), isMain: true });
  if (!isRunning)
    actions.push({ key: isAnswered ? 'tab.action.again' : 'tab.action.check', does: check, isMain: !isAnswered });
  actions.push({ key: 'tab.action.scroll-to', does: () => engine.scrollTo(medium) });
  if (hasBytes) {
    actions.push({ key: 'tab.action.open', does: () => openFile(tab, entry) });
    if (isPicture)
      actions.push({ key: comparing === entry ? 'tab.compare.cancel' : 'tab.action.compare', does: () => place.onCompare(entry) });
    if (settings.offersRevocation && verdict.label !== 'none')
      actions.push({ key: 'tab.action.revocation', does: online('revocation') });
    actions.push({ key: 'tab.action.report-html', does: report('html') }, { key: 'tab.action.report-json', does: report('json') });
  }
  const run = async ({ does }: Action) => {
    setBusy(true);
    try {
      await does();
    }
    catch (error) {
      onNotice(words[`tab.failed.${error instanceof ViewError ? error.why : 'unknown'}`]);
    }
    setBusy(false);
  };
  return (
    <>
      {isAnswered && verdict.remote !== null && !settings.offersRemote && <p class="hint"><bdi>{say(words, 'tab.remote.off', { host: wholeAddress(verdict.remote) })}</bdi></p>}
      {needed !== null && <p class="hint"><bdi>{say(words, 'tab.remote.hosts', { host: hostsOf(needed.sites) })}</bdi></p>}
      <div class="buttons">
        {actions.map(action => (
          <button key={action.key} type="button" class={action.isMain ? 'small main' : 'small'} data-focus={`${action.key}-${keyOf(entry)}`} aria-disabled={isBusy} onClick={() => void (isBusy || run(action))}>
            <bdi>{say(words, action.key, action.values)}</bdi>
          </button>
        ))}
      </div>
    </>
  );
}
