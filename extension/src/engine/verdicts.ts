import type { LabelCode, Language, Report, Told } from '@provenance/browser';
import type { Obstacle, Size, Verdict } from '../contract/media.js';
import { wordsOf, type WordKey } from '../words/words.js';

/** What the engine found in some bytes. */
export interface Finding {
  readonly label: LabelCode;
  readonly told: Readonly<Record<Language, Told>>;
  readonly digest: string;
  readonly length: number;
  readonly size: Size | null;
  readonly issuer: string | null;
  readonly remote: string | null;
}

export function findingOf(report: Report, told: Finding['told'], file: Pick<Finding, 'digest' | 'length' | 'size'>): Finding {
  const remote = remoteOf(report);
  return { ...file, label: report.label, told, issuer: issuerOf(report), remote: remote === null ? null : new URL(remote).host };
}

export function verdictOf({ told, ...finding }: Finding, language: Language): Verdict {
  const { sentence, lines } = told[language];
  return { ...finding, sentence, lines: lines.map(({ text }) => text), obstacle: null, at: Date.now() };
}

/** Of a file of which the sniffer says that it has no credentials: the engine would say the same. */
export function sparedVerdict(language: Language): Verdict {
  return { ...EMPTY, label: 'none', sentence: wordsOf(language)['none.sentence'], at: Date.now() };
}

export function obstacleVerdict(obstacle: Obstacle, language: Language): Verdict {
  return { ...EMPTY, label: 'not-checked', sentence: wordsOf(language)[`obstacle.${obstacle}` satisfies WordKey], obstacle, at: Date.now() };
}

/** A verdict in another language; the engine's are told anew from what it found. */
export function retold(verdict: Verdict, finding: Finding | null, language: Language): Verdict {
  const { at } = verdict;
  if (verdict.obstacle !== null)
    return { ...obstacleVerdict(verdict.obstacle, language), at };
  if (finding !== null)
    return { ...verdictOf(finding, language), at };
  return verdict.label === 'none' ? { ...sparedVerdict(language), at } : verdict;
}

const EMPTY = { lines: [], digest: null, length: null, size: null, issuer: null, obstacle: null, remote: null } as const;

/** Where the credential is kept, if it was not fetched. */
export function remoteOf({ label, references }: Report): string | null {
  const url = label === 'not-checked' ? references.find(({ kind }) => kind === 'remote-manifest')?.url : undefined;
  return url !== undefined && URL.canParse(url) ? url : null;
}

/** Who issued the certificate: its common name, else its organisation, else its whole name. A stranger's words. */
function issuerOf({ signer }: Report): string | null {
  const name = signer?.claimed.issuer;
  return name === undefined ? null : (valueIn(name, 'CN') ?? valueIn(name, 'O') ?? name);
}

/** The value of an attribute in a name as RFC 4514 writes it. */
function valueIn(name: string, attribute: string): string | null {
  for (const [, type, value] of name.matchAll(/(?:^|[,+])\s*([A-Za-z]+)=((?:\\.|[^\\,+])*)/gs)) {
    if (type!.toUpperCase() === attribute && value !== '')
      return value!.replace(/(?:\\[0-9a-fA-F]{2})+/g, unescapedBytes).replace(/\\(.)/gs, '$1');
  }
  return null;
}

function unescapedBytes(escaped: string): string {
  const bytes = Uint8Array.from(escaped.split('\\').slice(1), (hex) => parseInt(hex, 16));
  return new TextDecoder().decode(bytes);
}
