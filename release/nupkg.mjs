// A NuGet package without chance: `node release/nupkg.mjs PACKAGE RESULT`. The pack command gives the part with its core properties a random
// name, and relations random numbers; here both follow from what they hold.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const TIME = new Date(1980, 0, 1, 12);
const RELATIONS = '_rels/.rels';

const [from, to] = process.argv.slice(2);
const parts = unzipSync(readFileSync(from));

const random = Object.keys(parts).filter((name) => name.endsWith('.psmdcp'));
if (random.length !== 1 || !(RELATIONS in parts))
  throw new Error(`${from} has ${random.length} parts with core properties; one was expected.`);
const properties = `package/services/metadata/core-properties/${digest(parts[random[0]])}.psmdcp`;
parts[properties] = parts[random[0]];
delete parts[random[0]];

let relations = strFromU8(parts[RELATIONS]).replaceAll(random[0], properties);
relations = relations.replace(/<Relationship [^>]*>/g, (relation) => {
  const target = / Target="([^"]*)"/.exec(relation)[1];
  return relation.replace(/ Id="[^"]*"/, ` Id="R${digest(strToU8(target)).slice(0, 16).toUpperCase()}"`);
});
parts[RELATIONS] = strToU8(relations);

writeFileSync(to, zipSync(Object.fromEntries(Object.keys(parts).sort().map((name) => [name, [parts[name], { mtime: TIME, level: 9 }]]))));

function digest(bytes) {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}
