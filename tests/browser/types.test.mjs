// The types of a report are those of its schema, and the package's TypeScript is right by them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { schemaFile, typesFile, typesOf } from "../../verifier/Provenance.Browser/package/types.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packageFolder = join(root, "verifier/Provenance.Browser/package");
const samples = join(root, "tests/samples");
const folder = mkdtempSync(join(tmpdir(), "types-"));
after(() => rmSync(folder, { recursive: true }));

const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
const compile = (project) => spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", project], { encoding: "utf8" });

/** What the compiler says of each text, all compiled together. */
function faultsOf(texts) {
  const report = join(packageFolder, "src/report.js");
  texts.forEach((text, i) => writeFileSync(join(folder, `case${i}.ts`), `import type { Report } from ${JSON.stringify(report)};\n${text}\n`));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ extends: join(root, "tsconfig.base.json"), compilerOptions: { types: [] }, include: ["*.ts"] }));
  const { stdout } = compile(folder);
  return texts.map((_, i) => stdout.split("\n").filter((line) => line.includes(`case${i}.ts(`)));
}

test("src/report.ts is what types.mjs writes of the schema", () => {
  assert.equal(readFileSync(typesFile, "utf8"), typesOf(schema), "run node verifier/Provenance.Browser/package/types.mjs");
});

test("the package is right by its types", () => {
  const { status, stdout } = compile(packageFolder);
  assert.equal(status, 0, stdout);
});

test("the label is one of eight codes, and members are what the schema says", () => {
  const codes = schema.properties.label.enum;
  assert.equal(codes.length, 8);
  const cases = [
    ...codes.map((code) => `export const label: Report['label'] = '${code}';`),
    `export const all: Record<Report['label'], 0> = { ${codes.map((code) => `'${code}': 0`).join(", ")} };`,
    "export const read = (report: Report): string | null => report.mediaType;",
  ];
  assert.deepEqual(faultsOf(cases).flat(), []);
  const wrong = [
    "export const label: Report['label'] = 'verified';",
    `export const less: Record<Report['label'], 0> = { ${codes.slice(1).map((code) => `'${code}': 0`).join(", ")} };`,
    "export const read = (report: Report): string => report.mediaType;",
    "export const write = (report: Report): void => { report.label = 'none'; };",
  ];
  for (const [i, faults] of faultsOf(wrong).entries()) assert.equal(faults.length, 1, wrong[i]);
});

test("real reports are of the type, and with a member more or less they are not", () => {
  const program = ["Release", "Debug"].map((kind) => join(root, "verifier/Provenance.Cli/bin", kind, "net10.0/provenance.dll")).find(existsSync);
  const run = spawnSync("dotnet", [program, "verify", "--format", "json", "--no-trust", ...readdirSync(samples).map((name) => join(samples, name))], { encoding: "utf8" });
  const lines = run.stdout.split("\n").slice(0, -1);
  assert.equal(lines.length, readdirSync(samples).length, run.stderr);
  assert.deepEqual(faultsOf(lines.map((line) => `export const report: Report = ${line};`)).flat(), []);
  const { label, ...less } = JSON.parse(lines[0]);
  const wrong = [less, { ...less, label, path: "/home" }];
  for (const faults of faultsOf(wrong.map((report) => `export const report: Report = ${JSON.stringify(report)};`))) assert.equal(faults.length, 1);
});

const schemaOf = (member) => ({ title: "T", description: "D", type: "object", properties: { member }, required: [], additionalProperties: false, $defs: {} });

test("what a schema can say and the script knows is written", () => {
  const known = {
    'readonly member?: string | null;': { type: ["string", "null"], pattern: "a" },
    "readonly member?: readonly (string | null)[];": { type: "array", items: { type: ["string", "null"] } },
    "readonly member?: readonly {\n    readonly a?: 'it\\'s';\n  }[] | null;": {
      type: ["array", "null"], items: { type: "object", properties: { a: { const: "it's" } }, required: [], additionalProperties: false },
    },
    "/** What. */\n  readonly member?: ReportOther;": { description: "What.", $ref: "#/$defs/other" },
  };
  for (const [text, member] of Object.entries(known)) assert.ok(typesOf(schemaOf(member)).includes(text), `${text} in ${typesOf(schemaOf(member))}`);
});

test("what the script does not know stops it", () => {
  const open = { type: "object", properties: {}, required: [] };
  const unknown = [{}, { type: "string", format: "uri" }, { type: "string", oneOf: [] }, { type: "text" }, { type: "array", items: { type: "string" }, contains: {} }, open, { type: "string", description: "*/" }];
  for (const member of unknown) assert.throws(() => typesOf(schemaOf(member)), JSON.stringify(member));
});
