/** What went wrong; never anything a file says. */
export type VerifierErrorCode =
  /** The browser lacks something the engine needs: a secure context (https or localhost), WebAssembly with SIMD, module workers. */
  | 'unsupported'
  /** A file of the engine could not be fetched. */
  | 'load-failed'
  /** A file of the engine is not the one this package was built with. */
  | 'integrity'
  /** The policy makes no sense, or a trust list in it is damaged. */
  | 'invalid-policy'
  /** The bytes of the file could not be read to their end. */
  | 'unreadable'
  /** The verification took longer than the verifier's time limit; its worker was stopped and another one started. */
  | 'timeout'
  /** The engine ended unexpectedly; another one was started. */
  | 'crashed'
  /** The verifier was disposed. */
  | 'disposed'
  /** A fault of ours. */
  | 'internal';

/** What a fault says: anything can be thrown. */
export function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}

/** Why there is no answer. An aborted verification rejects with its signal's reason instead. */
export class VerifierError extends Error {
  override readonly name = 'VerifierError';

  constructor(readonly code: VerifierErrorCode, message: string) {
    super(message);
  }
}
