import { dropped, given, MOST_FILES, pasted, type Intake } from './intake.js';
import { fetchHere, linkOf } from './link.js';
import type { Session } from './session.js';
import type { WordKey } from './words/words.js';

/** The ways in which files come to the page. */
export interface Opener {
  chosen(files: Iterable<File>): void;
  drop(transfer: DataTransfer): Promise<void>;
  /** Whether there was anything in it for this page. */
  paste(transfer: DataTransfer): boolean;
  /** Opens what the page's own address names. */
  begin(address: string): Promise<void>;
  /** Null where the address was opened, else why not. */
  link(address: string): Promise<WordKey | null>;
}

/** @param followsLinks Whether there is a host of the page's own to fetch from. */
export function createOpener(session: Session, followsLinks = true): Opener {
  function take({ files, isCut }: Intake): void {
    if (files.length === 0) {
      session.dispatch({ kind: 'notice', notice: { key: 'intake.none' } });
      return;
    }
    session.dispatch({ kind: 'given', files });
    if (isCut)
      session.dispatch({ kind: 'notice', notice: { key: 'intake.too-many', values: { n: MOST_FILES } } });
  }
  /** Never fetches by itself: what was dropped or pasted may not be meant to be asked for. */
  const show = (address: string) => session.dispatch(followsLinks ? { kind: 'link', address } : { kind: 'notice', notice: { key: 'link.foreign' } });
  return {
    chosen(files) {
      const intake = given(files);
      if (intake.files.length > 0)
        take(intake);
    },
    async drop(transfer) {
      const address = transfer.getData('text/uri-list');
      if (transfer.files.length === 0 && address !== '') {
        show(address);
        return;
      }
      try {
        take(await dropped(transfer));
      }
      catch {
        session.dispatch({ kind: 'notice', notice: { key: 'error.read' } });
      }
    },
    paste(transfer) {
      if (transfer.files.length > 0) {
        take(pasted(transfer));
        return true;
      }
      const address = transfer.getData('text/plain').trim();
      if (!/^https?:\/\/\S+$/.test(address))
        return false;
      show(address);
      return true;
    },
    async begin(address) {
      const problem = await this.link(address);
      if (problem !== null)
        show(address);
    },
    async link(address) {
      const link = linkOf(address, document.baseURI);
      if (link.kind !== 'here')
        return link.kind === 'elsewhere' ? 'link.foreign' : 'link.not';
      const blob = await fetchHere(link.url);
      if (blob === null)
        return 'link.failed';
      session.dispatch({ kind: 'given', files: [{ name: link.name, blob, origin: 'linked' }] });
      return null;
    },
  };
}
