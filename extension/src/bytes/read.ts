import { sniff, type More, type Sniff } from '@provenance/browser/sniff';
import { joined, Pieces, release } from './pieces.js';
import type { Sequence } from './sequence.js';
import { Unread, Unsteady } from './unread.js';

/** What the sniffer looks at first. */
export const HEAD = 64 << 10;

/** Bytes that are looked at in one turn: a page's thread has other things to do. */
const PIECE = 256 << 10;

export interface ReadOptions {
  /** Reads it to its end also if the sniffer says that it has no credentials. */
  readonly isWhole: boolean;
  /** Bytes it may have. */
  readonly most: number;
  /** Asked before more is read than its start: told what tells the file from another one, again if it had to be read anew. False: nobody wants it. */
  opened(validator: string | null, isLikely: boolean): Promise<boolean>;
  /** Lets others have their turn. */
  pause(): Promise<void>;
}

export type ReadResult =
  /** `digest`: SHA-256, where all bytes were at hand. */
  | { readonly kind: 'bytes'; readonly blob: Blob; readonly digest?: string | null; readonly validator: string | null }
  | { readonly kind: 'spared'; readonly length: number; readonly validator: string | null }
  | { readonly kind: 'unwanted' };

/**
 * Reads a file as far as is needed to know that it has no credentials, else to its end.
 * @param open Begins: in parts, or, where these turn out not to belong together, in one piece.
 */
export async function readFile(open: (inParts: boolean) => Promise<Sequence>, options: ReadOptions): Promise<ReadResult> {
  try {
    return await readSequence(await open(true), options);
  }
  catch (fault) {
    if (!(fault instanceof Unsteady))
      throw fault;
  }
  try {
    return await readSequence(await open(false), options);
  }
  catch (fault) {
    throw fault instanceof Unsteady ? new Unread('changed') : fault;
  }
}

async function readSequence(sequence: Sequence, options: ReadOptions): Promise<ReadResult> {
  const { validator } = sequence;
  const read = new Bounded(sequence, options);
  try {
    let answer: Sniff = options.isWhole ? 'may' : await sniffedHead(read, sequence.length ?? Infinity);
    if (answer !== 'cannot' && !(await options.opened(validator, answer === 'may')))
      return { kind: 'unwanted' };
    while (typeof answer === 'object') {
      const { next, length }: More = answer;
      await read.next(PIECE, length, (bytes) => { answer = next(bytes); });
    }
    if (answer === 'cannot')
      return { kind: 'spared', length: read.pieces.length, validator };
    if (sequence.length !== null && sequence.length > options.most)
      throw new Unread('too-large');
    await read.toEnd();
    if (sequence.length !== null && read.pieces.length !== sequence.length)
      throw new Unread('changed');
    return { kind: 'bytes', blob: read.pieces.blob(), validator };
  }
  finally {
    sequence.cancel();
    read.pieces.drop();
  }
}

async function sniffedHead(read: Bounded, length: number): Promise<Sniff> {
  const head: Uint8Array[] = [];
  // Fewer than are put away together: they are still there when they are joined.
  for (let missing = HEAD; missing > 0;) {
    const length = await read.next(missing, missing, (bytes) => { head.push(bytes); });
    if (length === 0)
      break;
    missing -= length;
  }
  const start = joined(head);
  const answer = sniff(start, length);
  if (head.length > 1)
    release(start);
  return answer;
}

/** Keeps what was read, and ends where it becomes too much. */
class Bounded {
  readonly pieces = new Pieces();

  constructor(readonly sequence: Sequence, readonly options: ReadOptions) {}

  /** @param look Sees the bytes before they are put away. */
  async next(most: number, ahead: number, look?: (bytes: Uint8Array) => void): Promise<number> {
    await this.options.pause();
    const bytes = await this.sequence.read(most, ahead);
    if (this.pieces.length + bytes.length > this.options.most)
      throw new Unread('too-large');
    const { length } = bytes;
    look?.(bytes);
    this.pieces.add(bytes);
    return length;
  }

  async toEnd(): Promise<void> {
    const rest = await this.sequence.rest();
    if (rest !== null)
      this.pieces.addBlob(rest);
    else
      while ((await this.next(PIECE, Infinity)) > 0);
  }
}
