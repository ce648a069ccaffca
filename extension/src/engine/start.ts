import { createVerifier } from '@provenance/browser';
import type { EngineHost, EngineServices } from '../contract/background.js';
import { ENGINE_IDLE, MOST_ENGINE_TIME } from '../contract/limits.js';
import { sizeOf } from './dimensions.js';
import { Host } from './host.js';

/** Workers, each with an engine of its own and some 60 MB of memory: what is waited for is mostly bytes. */
const WORKERS = 1;

/** Starts the engine host; to be called before the first turn ends, so that no port is missed. */
export function startEngine(services: EngineServices): EngineHost {
  const base = chrome.runtime.getURL('engine/browser/');
  const metadataBase = chrome.runtime.getURL('engine/browser-metadata/');
  const host = new Host({
    services,
    createVerifier: () => createVerifier({ base, metadataBase, workers: WORKERS, timeLimit: MOST_ENGINE_TIME, idleLimit: ENGINE_IDLE }),
    sizeOf,
    ours: { id: chrome.runtime.id, base: chrome.runtime.getURL('') },
  });
  chrome.runtime.onConnect.addListener((port) => host.accept(port));
  return host;
}
