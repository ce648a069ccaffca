import type { Settings } from '../../contract/settings.js';
import { settingsIn } from '../../settings.js';

const FORMAT = 'provenance-settings';

/** Room for the largest lists that are kept. */
const MOST_BYTES = 64 << 20;

/** The reader's choices as a file, for another browser of theirs or for their colleagues. */
export function writeExport(chosen: Partial<Settings>): string {
  return `${JSON.stringify({ format: FORMAT, version: 1, settings: chosen }, null, 2)}\n`;
}

/** What such a file holds; null where it is none, or says something that cannot be a setting. */
export async function readExport(file: Blob): Promise<Partial<Settings> | null> {
  if (file.size > MOST_BYTES)
    return null;
  let value: unknown;
  try {
    value = JSON.parse(await file.text());
  }
  catch {
    return null;
  }
  const { format, version, settings } = (value ?? {}) as Partial<Record<'format' | 'version' | 'settings', unknown>>;
  if (format !== FORMAT || version !== 1 || typeof settings !== 'object' || settings === null)
    return null;
  const known = settingsIn(settings);
  // All of it or nothing: half of what somebody chose may be the opposite of it.
  return Object.keys(settings).every((name) => name in known) ? known : null;
}
