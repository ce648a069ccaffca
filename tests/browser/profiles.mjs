// Whom the command line and the engine are told to trust: the same lists, once as options and once as a policy.
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installLists } from './command-line.mjs';
import { inRepository, shared } from './repository.mjs';

/** The day the reference was asked about the corpus (../shared/check/agreement.py). */
const time = '2026-11-21T12:00:00Z';

const common = ['--older-time-model', '--validation-time', time];
const policyOf = (trust) => ({ trust, time, olderTimeModel: true });

export const recorded = ['none', 'official', 'official_eku', 'interim', 'test'];

/** Lists as they are installed, packed. */
export const installed = 'installed';

/** A profile by name: `options` and `env` of the command line, `policy` of the engine. Its lists are written into a folder. */
export async function profileOf(name, folder) {
  if (name === 'none') return { name, options: [...common, '--no-trust'], env: {}, policy: policyOf('nobody') };
  if (name === 'samples') return samples();
  if (name === installed) return installedLists(folder);
  const { trust } = JSON.parse(await readFile(path.join(shared, `corpus/trust/oracle-profiles/${name}.settings.json`), 'utf8'));
  const textOf = (kind) => (trust.anchors ?? []).filter((anchor) => (anchor.trust_kind ?? 'manifest') === kind).map((anchor) => `${anchor.trust_anchors}\n`).join('');
  const list = await writer(folder, name);
  await list('--trust-anchors', 'anchors', 'anchors.pem', textOf('manifest') + (trust.trust_anchors ?? ''), trust.trust_config);
  // In the order in which the command line reads them, whatever the order of its options.
  await list('--allowed', 'allowed', 'allowed.pem', trust.allowed_list);
  await list('--tsa-anchors', 'time-stamp-anchors', 'tsa.pem', textOf('tsa'));
  return { name, options: [...common, ...list.options], env: {}, policy: policyOf(list.files) };
}

async function writer(folder, profile) {
  const list = async (option, role, name, content, purposes) => {
    if (!content) return;
    const file = path.join(folder, `${profile}-${name}`);
    await writeFile(file, content);
    list.options.push(option, file);
    list.files.push({ role, name: path.basename(file), content, ...(purposes ? { purposes } : {}) });
    if (!purposes) return;
    await writeFile(`${file}.purposes`, purposes);
    list.options.push('--ekus', `${file}.purposes`);
  };
  list.options = [];
  list.files = [];
  return list;
}

async function samples() {
  const [anchors, stamps] = ['anchors.pem', 'tsa-anchors.pem'].map((name) => inRepository('tests/samples', name));
  return {
    name: 'samples',
    options: [...common, '--trust-anchors', anchors, '--tsa-anchors', stamps],
    env: {},
    policy: policyOf([
      { role: 'anchors', name: 'anchors.pem', content: await readFile(anchors, 'utf8') },
      { role: 'time-stamp-anchors', name: 'tsa-anchors.pem', content: await readFile(stamps, 'utf8') },
    ]),
  };
}

async function installedLists(folder) {
  const home = await mkdtemp(path.join(folder, 'home-'));
  const lists = ['C2PA-TRUST-LIST.json', 'C2PA-TSA-TRUST-LIST.json'].map((name) => path.join(shared, 'corpus/trust/c2pa-official', name));
  const { env, packed } = await installLists(home, lists);
  return { name: installed, options: common, env, policy: policyOf(packed.map((content, i) => ({ role: 'packed', name: `list ${i}`, content }))) };
}

/** A folder for lists and other files of a run. */
export const scratch = () => mkdtemp(path.join(tmpdir(), 'provenance-equality-'));
