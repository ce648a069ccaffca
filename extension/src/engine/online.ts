import type { RevocationResponse } from '@provenance/browser';
import { Unread } from '../bytes/unread.js';
import type { EngineSettings } from '../contract/background.js';
import { isPrivateHost } from './addresses.js';
import type { Checks } from './checks.js';
import type { Judge } from './judge.js';
import type { Subject } from './registry.js';
import { isAllowed } from './routes.js';
import { remoteOf } from './verdicts.js';

/** Bytes of a manifest store, and of a responder's answer. */
const MOST = { manifest: 16 << 20, response: 256 << 10 } as const;

/** Responders that are asked for one file. */
const MOST_QUESTIONS = 16;

const MOST_TIME = 20_000;

/** The browser must be asked for these hosts first. */
export class HostsMissing extends Error {
  constructor(readonly hosts: readonly string[]) {
    super('hosts');
  }
}

/** There is nothing to fetch, or what was fetched is of no use. */
export class Useless extends Error {}

/** Fetches what belongs to a file and is not in it, because the reader asked for it now; and judges the file with it. */
export async function goOnline(subject: Subject, what: 'manifest' | 'revocation', checks: Checks, judge: Judge, settings: EngineSettings): Promise<void> {
  const { verdict } = subject;
  const isSame = () => subject.verdict === verdict;
  if (what === 'manifest')
    await checks.judgeWith(subject, { manifest: await fetchManifest(subject, checks, settings) }, isSame);
  else
    await checks.judgeWith(subject, { responses: await fetchResponses(subject, checks, judge, settings) }, isSame);
}

async function fetchManifest(subject: Subject, checks: Checks, settings: EngineSettings): Promise<Uint8Array> {
  const { verification } = await checks.heldOf(subject);
  const url = remoteOf(verification.report);
  if (url === null || !isPublic(url, /^https:$/))
    throw new Useless();
  require([url], settings);
  const bytes = await fetched(url, { method: 'GET' }, MOST.manifest);
  // A page that says "not found" is no manifest that cannot be read: ISO 19566-5, the type of the outermost box.
  if (String.fromCharCode(...bytes.subarray(4, 8)) !== 'jumb')
    throw new Useless();
  return bytes;
}

async function fetchResponses(subject: Subject, checks: Checks, judge: Judge, settings: EngineSettings): Promise<readonly RevocationResponse[]> {
  const { blob } = await checks.heldOf(subject);
  const verification = await judge.verify(blob, { responses: [] });
  try {
    const all = await judge.asked(() => verification.questions());
    // Responders are asked without encryption as a rule (RFC 6960 appendix A); what they sign is checked.
    const questions = all.filter(({ url }) => isPublic(url, /^https?:$/)).slice(0, MOST_QUESTIONS);
    if (questions.length === 0)
      throw new Useless();
    require(questions.map(({ url }) => url), settings);
    const asked = questions.map(async (question): Promise<RevocationResponse | null> => {
      const init = { method: 'POST', headers: { 'Content-Type': 'application/ocsp-request' }, body: question.request as BodyInit };
      // One that is silent is as good as one that nobody asked.
      const response = await fetched(question.url, init, MOST.response).catch(() => null);
      return response === null ? null : { ...question, response };
    });
    const responses = (await Promise.all(asked)).filter((response) => response !== null);
    if (responses.length === 0)
      throw new Unread('offline');
    return responses;
  }
  finally {
    verification.dispose();
  }
}

/** A stranger names the address: it leads to no host of the reader's own network. */
function isPublic(url: string, protocol: RegExp): boolean {
  const address = URL.canParse(url) ? new URL(url) : null;
  return address !== null && protocol.test(address.protocol) && address.username === '' && address.password === '' && !isPrivateHost(address);
}

function require(urls: readonly string[], { hosts }: EngineSettings): void {
  const missing = urls.filter((url) => !isAllowed(url, hosts)).map((url) => new URL(url)).map(({ protocol, hostname }) => `${protocol}//${hostname}/*`);
  if (missing.length > 0)
    throw new HostsMissing([...new Set(missing)]);
}

async function fetched(url: string, init: RequestInit, most: number): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(MOST_TIME);
  try {
    const response = await fetch(url, { ...init, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'error', signal });
    if (response.status !== 200 || response.body === null)
      throw new Unread('http-error');
    const pieces: BlobPart[] = [];
    let length = 0;
    for await (const piece of response.body as unknown as AsyncIterable<Uint8Array<ArrayBuffer>>) {
      length += piece.length;
      if (length > most)
        throw new Unread('too-large');
      pieces.push(piece);
    }
    return new Uint8Array(await new Blob(pieces).arrayBuffer());
  }
  catch (fault) {
    throw fault instanceof Unread ? fault : new Unread(signal.aborted ? 'too-slow' : 'offline');
  }
}
