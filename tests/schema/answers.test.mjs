// Every page and every tree of boxes is one that its schema allows, and each schema says what the contract of the package says.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import { declarationOf, declarationsIn, declarationsOf } from "./contract.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (...path) => readFileSync(join(root, ...path), "utf8");
const [page, boxes, report] = ["page", "boxes", "report"].map((name) => JSON.parse(read(`docs/schema/${name}.v1.schema.json`)));
const contract = declarationsIn(read("verifier/Provenance.Browser/package/src/api.ts"));
const ajv = new Ajv({ allErrors: true, strict: true });
const [isPage, isBoxes] = [ajv.compile(page), ajv.compile(boxes)];
const samples = join(root, "tests/samples");
const corpus = join(root, "../shared/corpus");
const most = 4 << 20;

const program = ["Release", "Debug"].map((name) => join(root, `tests/Provenance.Samples/bin/${name}/net10.0/Provenance.Samples.dll`)).find(existsSync);

// For each file a short page, a page in full, and the boxes.
function answersOn(files) {
  const run = spawnSync("dotnet", [program, "--answers", ...files], { encoding: "utf8", maxBuffer: 1 << 30 });
  assert.equal(run.error, undefined);
  const lines = run.stdout.split("\n").slice(0, -1);
  assert.equal(lines.length, 3 * files.length, run.stderr);
  for (const line of lines) {
    assert.ok(line.length < most, `${line.length} characters`);
    assert.match(line, /^[\x20-\x7e]*$/);
  }
  return files.map((file, i) => ({ file, short: JSON.parse(lines[3 * i]), full: JSON.parse(lines[3 * i + 1]), boxes: JSON.parse(lines[3 * i + 2]) }));
}

function check(answers) {
  for (const { file, short, full, boxes } of answers) {
    for (const one of [short, full]) assert.ok(isPage(one), `${file}: ${JSON.stringify(isPage.errors, null, 1)}`);
    assert.ok(isBoxes(boxes), `${file}: ${JSON.stringify(isBoxes.errors, null, 1)}`);
    assert.equal(short.language, "en");
    assert.equal(full.language, "ko");
    assert.deepEqual(short.further, []);
    assert.ok(full.further.length > 0, file);
  }
}

test("answers on the samples follow their schemas", () => check(answersOn(readdirSync(samples).map((name) => join(samples, name)))));

test("answers on the whole corpus follow their schemas", { skip: !existsSync(corpus) && "../shared is not here" }, () => {
  const { items } = JSON.parse(readFileSync(join(corpus, "manifest.json"), "utf8"));
  check(answersOn(items.map((item) => join(corpus, item.path)).filter(existsSync)));
});

test("a page or a box with a member more, a member less or another word is refused", () => {
  const [{ full, boxes }] = answersOn([join(samples, "good.jpg")]);
  for (const change of [(p) => (p.path = "/home"), (p) => delete p.label, (p) => (p.label = "verified"), (p) => (p.sections[0].topic = "other"), (p) => (p.sections[0].strip = null), (p) => (p.sections[0].rows[0].isCode = false)]) {
    const changed = structuredClone(full);
    change(changed);
    assert.ok(!isPage(changed), change.toString());
  }
  for (const change of [(b) => delete b.name, (b) => (b.offset = -1), (b) => (b.value = null), (b) => (b.children[0].children = [])]) {
    const changed = structuredClone(boxes);
    change(changed);
    assert.ok(!isBoxes(changed), change.toString());
  }
});

test("the contract declares what the schemas describe, and nothing else", () => {
  for (const [name, text] of [...declarationsOf(page), ...declarationsOf(boxes)])
    assert.equal(contract.get(name), name === "LabelCode" ? "type LabelCode = Report['label'];" : text);
  assert.deepEqual(page.$defs.LabelCode.enum, report.properties.label.enum);
});

test("what the contract would have to say is compared with what it says", () => {
  const other = declarationsIn("export interface PageRow {\n  /** A name. */\n  readonly name: string;\n  readonly text?: string;\n}\nexport type Language =\n  | 'en' | 'ko';\n");
  assert.equal(other.get("PageRow"), "interface PageRow { readonly name: string; readonly text?: string }");
  assert.equal(other.get("Language"), "type Language = 'en' | 'ko';");
  assert.equal(declarationOf("X", { enum: ["a", "b"] }), "type X = 'a' | 'b';");
  assert.notEqual(other.get("PageRow"), declarationOf("PageRow", page.$defs.PageRow));
});

test("every member is described, and no object of the schemas admits members it does not name", () => {
  const pending = [["page", page], ["boxes", boxes]];
  for (let next; (next = pending.pop()); ) {
    const [path, part] = next;
    if (part === null || typeof part !== "object") continue;
    if (part.properties) assert.equal(part.additionalProperties, false, path);
    for (const [name, member] of Object.entries(part.properties ?? {})) assert.ok(member.description, `${path}/${name}`);
    for (const [name, inner] of Object.entries(part)) pending.push([`${path}/${name}`, inner]);
  }
});
