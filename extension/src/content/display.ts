import type { DisplayEvents, DisplayWatch } from '../contract/parts.js';

export function createDisplayWatch(_events: DisplayEvents): DisplayWatch {
  return { watch: () => 'whole', unwatch() { }, stop() { } };
}
