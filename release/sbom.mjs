// What is in the released files that others made: CycloneDX 1.6, from the lock files. `node release/sbom.mjs RUNTIMECONFIG`
// Packages that only build or test are left out; the runtime that travels with the command line is named.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const components = new Map();
const add = (component) => components.set(component.purl, component);

// NuGet: what the lock file of a program or library names, without the analyzers that only build it.
const BUILD_ONLY = /^(Microsoft\.CodeAnalysis\.|Microsoft\.NET\.ILLink|Microsoft\.SourceLink)/;
const projects = ['verifier', 'server'].flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}/packages.lock.json`)).filter((file) => existsSync(file));
for (const file of projects) {
  for (const packages of Object.values(JSON.parse(readFileSync(file, 'utf8')).dependencies)) {
    for (const [name, { type, resolved, contentHash }] of Object.entries(packages)) {
      if (type !== 'Project' && !BUILD_ONLY.test(name))
        add({ type: 'library', name, version: resolved, purl: `pkg:nuget/${name}@${resolved}`, hashes: [hash(contentHash)] });
    }
  }
}

// npm: what the page, the package and the extension hold of others.
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
for (const [folder, { version, integrity, dev, link }] of Object.entries(packages)) {
  if (!folder.startsWith('node_modules/') || dev || link)
    continue;
  const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
  add({ type: 'library', name, version, purl: `pkg:npm/${name.replace('@', '%40')}@${version}`, hashes: [hash(integrity.replace('sha512-', ''))] });
}

const runtime = JSON.parse(readFileSync(process.argv[2], 'utf8')).runtimeOptions.includedFrameworks;
for (const { name, version } of runtime)
  add({ type: 'framework', name, version, purl: `pkg:nuget/${name}.Runtime@${version}` });

const { 1: version } = /<VersionPrefix>(.*)<\/VersionPrefix>/.exec(readFileSync('Directory.Build.props', 'utf8'));
const list = [...components.values()].sort((one, other) => (one.purl < other.purl ? -1 : 1));
const digest = createHash('sha256').update(JSON.stringify(list)).digest('hex');
console.log(JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  // A name that follows from the content (RFC 9562 §5.8), so that the same commit has the same bill.
  serialNumber: `urn:uuid:${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`,
  version: 1,
  metadata: {
    timestamp: new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000).toISOString(),
    component: { type: 'application', name: 'provenance', version, licenses: [{ license: { id: 'MIT' } }] },
  },
  components: list,
}, null, 2));

function hash(base64) {
  return { alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') };
}
