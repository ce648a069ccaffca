import type { Policy, TrustFile } from './api.js';
import type { EngineExports } from './engine.js';
import { hexOf } from './hex.js';

/** Hands a policy to the engine (PolicyBuilder.cs). */
export async function addPolicy(engine: EngineExports, number: number, policy: Policy): Promise<void> {
  const files = policy.trust === undefined || policy.trust === 'nobody' ? [] : policy.trust;
  // Nothing is waited for between the calls below: they belong to one policy.
  const read = await Promise.all(files.map(bytesOf));
  engine.BeginPolicy();
  for (const { file, bytes, sha256 } of read) engine.AddList(file.role, file.name, bytes, sha256, file.purposes ?? null);
  const time = Math.floor((timeOf(policy) ?? new Date()).getTime() / 1000);
  engine.AddPolicy(
    number, time, policy.trust !== 'nobody', policy.olderTimeModel === true, policy.digest === true, policy.shown ?? 'none', [...(policy.identityIssuers ?? [])]);
}

/** The time a policy names; null where it means now. */
export function timeOf(policy: Policy): Date | null {
  if (policy.time === undefined) return null;
  const time = new Date(policy.time);
  if (Number.isNaN(time.getTime())) throw new RangeError(`'${String(policy.time)}' is no time`);
  return time;
}

async function bytesOf(file: TrustFile): Promise<{ file: TrustFile; bytes: Uint8Array; sha256: string }> {
  const bytes = typeof file.content === 'string' ? new TextEncoder().encode(file.content) : file.content;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource));
  return { file, bytes, sha256: hexOf(digest) };
}
