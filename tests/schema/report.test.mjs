// Every report the command line prints is one that docs/schema/report.v1.schema.json allows, and every member it describes is described.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const schema = JSON.parse(readFileSync(join(root, "docs/schema/report.v1.schema.json"), "utf8"));
const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
const samples = join(root, "tests/samples");
const corpus = join(root, "../shared/corpus");
const mebibyte = 1 << 20;

const program = ["Release", "Debug"].map((name) => join(root, `verifier/Provenance.Cli/bin/${name}/net10.0/provenance.dll`)).find(existsSync);

// The lines of "verify --format json", one for each file, without the lists that the developer has installed.
function reportsOn(files, ...options) {
  const folder = mkdtempSync(join(tmpdir(), "schema-"));
  try {
    const list = join(folder, "files");
    writeFileSync(list, files.join("\n") + "\n");
    const env = { ...process.env, PROVENANCE_HOME: join(folder, "home") };
    const run = spawnSync("dotnet", [program, "verify", "--format", "json", "--files-from", list, ...options], { encoding: "utf8", env, maxBuffer: 1 << 30 });
    assert.equal(run.error, undefined);
    const lines = run.stdout.split("\n").slice(0, -1);
    assert.equal(lines.length, files.length, run.stderr);
    return lines;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function check(lines) {
  for (const line of lines) {
    assert.ok(line.length < mebibyte, `${line.length} characters`);
    assert.match(line, /^[\x20-\x7e]*$/);
    const report = JSON.parse(line);
    assert.ok(validate(report), `${report.file}: ${JSON.stringify(validate.errors, null, 1)}`);
  }
}

const pem = (name) => join(samples, name);
const samplesIn = () => readdirSync(samples).map((name) => join(samples, name));

test("reports on the samples, with lists and without, follow the schema", () => {
  check(reportsOn(samplesIn(), "--no-trust"));
  check(reportsOn(samplesIn(), "--digest", "--older-time-model", "--trust-anchors", pem("anchors.pem"), "--tsa-anchors", pem("tsa-anchors.pem")));
});

test("reports on what cannot be read follow the schema", () => check(reportsOn([join(samples, "absent.jpg"), samples, "/dev/null"])));

test("reports on the whole corpus follow the schema", { skip: !existsSync(corpus) && "../shared is not here" }, () => {
  const { items } = JSON.parse(readFileSync(join(corpus, "manifest.json"), "utf8"));
  check(reportsOn(items.map((item) => join(corpus, item.path)), "--older-time-model"));
});

test("reports of earlier versions follow today's schema", () => {
  for (const version of readdirSync(join(root, "tests/yesterday"), { withFileTypes: true }).filter((entry) => entry.isDirectory()))
    check([readFileSync(join(root, "tests/yesterday", version.name, "report.json"), "utf8").trimEnd()]);
});

test("a report with a member more, a member less or another word is refused", () => {
  const [line] = reportsOn([join(samples, "good.jpg")]);
  for (const change of [(r) => (r.path = "/home"), (r) => delete r.label, (r) => (r.label = "verified"), (r) => (r.reportVersion = 2), (r) => (r.coverage.bytes = "1")]) {
    const report = JSON.parse(line);
    change(report);
    assert.ok(!validate(report), change.toString());
  }
});

test("every member is described, and no object of the schema admits members it does not name", () => {
  const pending = [["", schema]];
  for (let next; (next = pending.pop()); ) {
    const [path, part] = next;
    if (part === null || typeof part !== "object") continue;
    if (part.properties) assert.equal(part.additionalProperties, false, path);
    for (const [name, member] of Object.entries(part.properties ?? {})) assert.ok(member.description ?? member.$ref, `${path}/${name}`);
    for (const [name, inner] of Object.entries(part)) pending.push([`${path}/${name}`, inner]);
  }
});
