// A reporter for `node --test` that writes what xunit.v3's -ctrf writes, as far as results.mjs reads it.

const status = (type, data) => {
  if (data.skip !== undefined && data.skip !== false) return "skipped";
  return type === "test:pass" ? "passed" : "failed";
};

export default async function* report(events) {
  const tests = [];
  for await (const { type, data } of events) {
    // What tests print, such as sizes, is for whoever watches.
    if (type === "test:stdout") process.stderr.write(data.message);
    if (type !== "test:pass" && type !== "test:fail") continue;
    if (data.details.type === "suite" && type === "test:pass") continue;
    tests.push({
      name: data.name,
      status: status(type, data),
      duration: data.details.duration_ms,
      message: data.details.error?.cause?.message ?? data.details.error?.message,
      trace: data.details.error?.cause?.stack,
      extra: { reason: typeof data.skip === "string" ? data.skip : undefined },
    });
  }
  yield JSON.stringify({ reportFormat: "CTRF", results: { tests } });
}
