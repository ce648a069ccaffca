/** Which issue of a list its bytes are. PEM says neither. */
export interface Issue {
  readonly number: number | null;
  /** Milliseconds since 1970. */
  readonly issued: number | null;
}

/** As lists of trusted entities (ETSI TS 119 602), such as the official ones, and lists of our own form (docs/trust.md) tell it. */
export function issueOf(bytes: Uint8Array): Issue {
  const json = parse(new TextDecoder().decode(bytes));
  const scheme = member(member(json, 'LoTE'), 'ListAndSchemeInformation');
  return scheme === undefined
    ? { number: numberIn(member(json, 'sequenceNumber')), issued: timeIn(member(json, 'issued')) }
    : { number: numberIn(member(scheme, 'LoTESequenceNumber')), issued: timeIn(member(scheme, 'ListIssueDateTime')) };
}

/**
 * Whether what is offered is older than what is kept: a lower number, or an earlier date under the same number, which the official lists have
 * kept since they exist. What tells neither could be an old copy of what does.
 */
export function isOlder(offered: Issue, kept: Issue): boolean {
  if (kept.number !== null && (offered.number === null || offered.number < kept.number))
    return true;
  const isSameNumber = offered.number === kept.number;
  return isSameNumber && kept.issued !== null && (offered.issued === null || offered.issued < kept.issued);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  }
  catch {
    return null;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function numberIn(value: unknown): number | null {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? value as number : null;
}

function timeIn(value: unknown): number | null {
  const time = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? null : time;
}
