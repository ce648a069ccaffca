import type { Policy, TrustFile } from './api.js';

/** The policy as the engine reads it (PolicyReader.cs). */
export async function policyJson(policy: Policy): Promise<string> {
  const nobody = policy.trust === 'nobody';
  const files = policy.trust === undefined || policy.trust === 'nobody' ? [] : policy.trust;
  return JSON.stringify({
    time: Math.floor((timeOf(policy) ?? new Date()).getTime() / 1000),
    nobody,
    trust: await Promise.all(files.map(fileJson)),
    olderTimeModel: policy.olderTimeModel === true,
    digest: policy.digest === true,
    identityIssuers: policy.identityIssuers ?? [],
    shown: policy.shown ?? 'none',
  });
}

/** The time a policy names; null where it means now. */
export function timeOf(policy: Policy): Date | null {
  if (policy.time === undefined) return null;
  const time = new Date(policy.time);
  if (Number.isNaN(time.getTime())) throw new RangeError(`'${String(policy.time)}' is no time`);
  return time;
}

async function fileJson(file: TrustFile): Promise<Record<string, string>> {
  const bytes = typeof file.content === 'string' ? new TextEncoder().encode(file.content) : file.content;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource));
  return {
    role: file.role,
    name: file.name,
    content: base64(bytes),
    sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    ...(file.purposes === undefined ? {} : { purposes: file.purposes }),
  };
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x6000) text += btoa(String.fromCharCode(...bytes.subarray(at, at + 0x6000)));
  return text;
}
