// Sums the CTRF reports of a folder. Prints failures, skips with their reasons, the ten slowest tests and, last,
// "N passed, N failed, N skipped". A step named in failed-steps.txt is one failure, and so is a skip without a reason.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Everything the reports of a folder say: { passed, failed: [{ name, why }], skipped: [{ name, reason }], slowest }. */
export function read(folder) {
  const sum = { passed: 0, failed: [], skipped: [], timed: [] };
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json")).sort())
    addReport(sum, file, readFileSync(join(folder, file), "utf8"));

  const steps = join(folder, "failed-steps.txt");
  if (existsSync(steps))
    for (const step of readFileSync(steps, "utf8").split("\n").filter(Boolean))
      sum.failed.push({ name: step, why: "this step failed; its output is above" });
  return sum;
}

function addReport(sum, file, text) {
  let results;
  try {
    results = JSON.parse(text).results;
  } catch {
    sum.failed.push({ name: file, why: "the report is cut off: the test program ended early" });
    return;
  }
  if (results.tests.length === 0) sum.failed.push({ name: file, why: "the report holds no test" });
  for (const suite of results.extra?.suites ?? [])
    for (const error of suite.errors ?? [])
      sum.failed.push({ name: file, why: JSON.stringify(error) });
  for (const test of results.tests) addTest(sum, test);
}

function addTest(sum, { name, status, duration, message, trace, extra }) {
  const reason = extra?.reason?.trim();
  sum.timed.push({ name, duration });
  if (status === "passed") sum.passed++;
  else if (status === "skipped" && reason) sum.skipped.push({ name, reason });
  else if (status === "skipped") sum.failed.push({ name, why: "skipped without a reason" });
  else sum.failed.push({ name, why: [message ?? `ended as "${status}"`, trace].filter(Boolean).join("\n") });
}

/** The lines to print; the last one is the sum. */
export function lines({ passed, failed, skipped, timed }) {
  const out = [];
  if (timed.length > 0) out.push("", "Ten slowest:");
  for (const { name, duration } of timed.sort((a, b) => b.duration - a.duration).slice(0, 10))
    out.push(`${(duration / 1000).toFixed(2).padStart(8)} s  ${name}`);

  if (skipped.length > 0) out.push("", "Skipped:");
  for (const [reason, names] of group(skipped))
    out.push(`  ${reason}: ${names.length} (${names[0].name}${names.length > 1 ? ", ..." : ""})`);

  if (failed.length > 0) out.push("", "Failed:");
  for (const { name, why } of failed) out.push(`  ${name}`, ...why.split("\n").map((line) => `    ${line}`));

  out.push("", `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`);
  return out;
}

function group(skipped) {
  const groups = new Map();
  for (const skip of skipped) groups.set(skip.reason, [...(groups.get(skip.reason) ?? []), skip]);
  return groups;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const sum = read(process.argv[2]);
  console.log(lines(sum).join("\n"));
  process.exitCode = sum.failed.length > 0 ? 1 : 0;
}
