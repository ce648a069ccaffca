// Makes detached CMS signatures by openssl, as docs/trust.md shows: signatures that none of our own code wrote.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Why tests that need signatures are skipped; false where they run. */
export const opensslIsAbsent = spawnSync('openssl', ['version']).status === 0 ? false : 'openssl is not here';

/** A key with a certificate that signed itself. `sign` gives DER. */
export function makeSigner(name, key = ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']) {
  const folder = mkdtempSync(path.join(tmpdir(), 'provenance-cms-'));
  const at = (file) => path.join(folder, file);
  execFileSync('openssl', ['req', '-x509', '-newkey', ...key, '-nodes', '-keyout', at('key.pem'), '-out', at('certificate.pem'), '-days', '2', '-subj', `/CN=${name}`], { stdio: 'ignore' });
  const pem = readFileSync(at('certificate.pem'), 'utf8');
  return {
    pem,
    sha256: createHash('sha256').update(new X509Certificate(pem).raw).digest('hex'),
    sign(bytes) {
      writeFileSync(at('content'), bytes);
      execFileSync('openssl', ['cms', '-sign', '-binary', '-in', at('content'), '-signer', at('certificate.pem'), '-inkey', at('key.pem'), '-outform', 'DER', '-out', at('signature')], { stdio: 'ignore' });
      return readFileSync(at('signature'));
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}
