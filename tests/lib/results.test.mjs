import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { lines, read } from "./results.mjs";

const script = fileURLToPath(new URL("results.mjs", import.meta.url));

function folderOf(t, files) {
  const folder = mkdtempSync(join(tmpdir(), "results-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const report = (...tests) => JSON.stringify({ results: { tests } });
const passed = { name: "sound", status: "passed", duration: 3 };
const skipped = { name: "absent", status: "skipped", duration: 0, extra: { reason: "../shared is not here" } };

test("reports are summed over files and the sum is the last line", (t) => {
  const folder = folderOf(t, { "a.json": report(passed, skipped), "b.json": report(passed) });
  assert.equal(lines(read(folder)).at(-1), "2 passed, 0 failed, 1 skipped");
});

test("a skip without a reason is a failure, also when the reason is blank", (t) => {
  const folder = folderOf(t, { "a.json": report({ ...skipped, extra: {} }, { ...skipped, extra: { reason: " " } }) });
  assert.equal(lines(read(folder)).at(-1), "0 passed, 2 failed, 0 skipped");
});

test("a status nobody has heard of is a failure", (t) => {
  const folder = folderOf(t, { "a.json": report({ ...passed, status: "other" }) });
  assert.equal(read(folder).failed.length, 1);
});

test("a report that is cut off, or holds no test, is a failure", (t) => {
  const folder = folderOf(t, { "cut.json": report(passed).slice(0, -2), "empty.json": report() });
  assert.deepEqual(read(folder).failed.map((f) => f.name), ["cut.json", "empty.json"]);
});

test("a failed step is a failure even when every test passed", (t) => {
  const folder = folderOf(t, { "a.json": report(passed), "failed-steps.txt": "format\n" });
  const run = spawnSync(process.execPath, [script, folder], { encoding: "utf8" });
  assert.equal(run.status, 1);
  assert.match(run.stdout, /\n1 passed, 1 failed, 0 skipped\n$/);
});

test("the exit status is 0 when nothing failed", (t) => {
  const run = spawnSync(process.execPath, [script, folderOf(t, { "a.json": report(passed) })]);
  assert.equal(run.status, 0);
});

test("only the ten slowest are listed, slowest first", (t) => {
  const many = Array.from({ length: 12 }, (_, i) => ({ ...passed, name: `test ${i}`, duration: i * 1000 }));
  const listed = lines(read(folderOf(t, { "a.json": report(...many) }))).filter((line) => line.includes(" s  "));
  assert.equal(listed.length, 10);
  assert.match(listed[0], /11\.00 s {2}test 11/);
});

test("our reporter for node writes what results.mjs reads", (t) => {
  const folder = folderOf(t, {
    "three.test.mjs": `import { test } from "node:test";
      test("good", () => {});
      test("bad", () => { throw new Error("because"); });
      test("later", { skip: "no reason to" }, () => {});
      test("silent", { skip: true }, () => {});`,
  });
  const reporter = new URL("reporter.mjs", import.meta.url).href;
  const environment = { ...process.env };
  delete environment.NODE_TEST_CONTEXT; // or the inner run would report to the outer one
  const run = spawnSync(process.execPath, ["--test", `--test-reporter=${reporter}`, join(folder, "three.test.mjs")], {
    encoding: "utf8",
    env: environment,
  });
  writeFileSync(join(folder, "report.json"), run.stdout);
  const sum = read(folder);
  assert.equal(sum.passed, 1);
  assert.deepEqual(sum.skipped, [{ name: "later", reason: "no reason to" }]);
  assert.deepEqual(sum.failed.map((f) => f.name).sort(), ["bad", "silent"]);
  assert.match(sum.failed.find((f) => f.name === "bad").why, /because/);
});
