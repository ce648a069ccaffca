import { createVerifier, VerifierError, type TrustFile } from '@provenance/browser';

const MOST_TIME = 30_000;

/** Whether the engine can use lists: it is asked about an empty file with them. Rejects where the engine cannot be asked. */
export async function areUsable(lists: readonly TrustFile[]): Promise<boolean> {
  const verifier = createVerifier({ base: chrome.runtime.getURL('engine/browser/'), timeLimit: MOST_TIME });
  try {
    const answer = await verifier.verify(new Uint8Array(), { trust: lists });
    answer.dispose();
    return true;
  }
  catch (fault) {
    if (fault instanceof VerifierError && fault.code === 'invalid-policy')
      return false;
    throw fault;
  }
  finally {
    verifier.dispose();
  }
}
