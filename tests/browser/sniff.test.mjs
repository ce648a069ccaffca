// The sniffer never says `cannot` of a file in which the engine finds something, and says it of most others. The command line is the judge.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { minify, transformWithOxc } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));
const corpus = join(root, "../shared/corpus");
const folder = mkdtempSync(join(tmpdir(), "sniff-"));
after(() => rmSync(folder, { recursive: true }));

const source = join(root, "verifier/Provenance.Browser/package/src/sniff.ts");
const { code } = await minify("sniff.js", (await transformWithOxc(readFileSync(source, "utf8"), source)).code, { module: true });
const { sniff } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

const HEAD = 65536;
const built = (project, name) => ["Release", "Debug"].map((kind) => join(root, project, "bin", kind, "net10.0", name)).find(existsSync);

/** Asks until there is an answer, `most` bytes at a time; tells how many ranges behind the first were read. */
function ask(file, { known = true, most = Infinity, head = HEAD } = {}) {
  let answer = sniff(file.subarray(0, head), known ? file.length : undefined);
  let ranges = 0;
  for (; typeof answer === "object"; ranges++) {
    assert.ok(ranges <= file.length / Math.min(most, HEAD) + 1, "asks without end");
    answer = answer.next(file.subarray(answer.from, answer.from + Math.min(answer.length, most)));
  }
  return { answer, ranges };
}

const headAlone = (file) => sniff(file.subarray(0, HEAD), file.length);

/** The labels that the command line gives. */
function labelsOf(files) {
  const list = join(folder, "files");
  writeFileSync(list, files.join("\n") + "\n");
  const program = built("verifier/Provenance.Cli", "provenance.dll");
  const run = spawnSync("dotnet", [program, "verify", "--format", "json", "--no-trust", "--no-metadata", "--files-from", list], { encoding: "utf8", maxBuffer: 1 << 30 });
  assert.equal(run.error, undefined);
  const reports = run.stdout.split("\n").slice(0, -1).map((line) => JSON.parse(line));
  assert.equal(reports.length, files.length, run.stderr);
  // What lies beside a file is no matter of its bytes; the corpus has such files.
  return reports.map(({ label, mediaType, origin }) => ({ label, mediaType, isBeside: origin === "beside" }));
}

/** Sniffs in all ways, and holds what is said to what the engine says. */
function judge(files) {
  const found = new Map();
  const labels = labelsOf(files);
  files.forEach((path, i) => {
    const { label, mediaType, isBeside } = labels[i];
    const file = readFileSync(path);
    const { answer, ranges } = ask(file);
    for (const other of [{ known: false }, { most: 7777 }, { head: 4096, most: 4096 }]) assert.equal(ask(file, other).answer, answer, `${path}, ${JSON.stringify(other)}`);
    if (label !== "none" && !isBeside) assert.equal(answer, "may", `${path} is ${label}`);
    if (label !== "none") return;
    const sum = found.get(mediaType) ?? { none: 0, cannot: 0, atOnce: 0, ranges: 0 };
    found.set(mediaType, sum);
    sum.none++;
    sum.cannot += answer === "cannot" ? 1 : 0;
    sum.atOnce += headAlone(file) === "cannot" ? 1 : 0;
    sum.ranges = Math.max(sum.ranges, ranges);
  });
  return found;
}

function tell(found) {
  for (const [type, { none, cannot, atOnce, ranges }] of [...found].sort()) console.log(`${type}: ${cannot} of ${none} without credentials, ${atOnce} by the first 64 KiB, at most ${ranges} more ranges`);
}

function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => filesUnder(join(path, name)));
}

test("it is at most 900 bytes when minified", () => {
  console.log(`sniff: ${Buffer.byteLength(code)} bytes`);
  assert.ok(Buffer.byteLength(code) <= 900, `${Buffer.byteLength(code)} bytes`);
});

test("it never says cannot of a file of the corpus in which the engine finds something", { skip: !existsSync(corpus) && "../shared is not here" }, () => {
  const found = judge(filesUnder(corpus));
  tell(found);
});

test("nor of a sample or of one of the TestKit's signed files", () => {
  judge(filesUnder(join(root, "tests/samples")));
  const matrix = join(folder, "matrix");
  const run = spawnSync("dotnet", [built("tests/Provenance.Samples", "Provenance.Samples.dll"), "--matrix", matrix], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  tell(judge(filesUnder(matrix)));
});
