import type { ToEngine } from '../contract/background.js';

/** Where the engine is, as the background reaches it. */
export interface EngineAccess {
  /** Resolves when a port to it can be opened. */
  wake(): Promise<void>;
  /** Lets it go. */
  close(): Promise<void>;
  /** Tells it something if it is there; what it answers, else null. */
  tell(message: ToEngine): Promise<unknown>;
}
