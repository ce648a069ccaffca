// Makes the types of the API for the extension (extension/src/server/api.ts) from server/openapi.json. As a program: writes them.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const root = new URL("../../", import.meta.url);

export const target = fileURLToPath(new URL("extension/src/server/api.ts", root));

const head = `// Made from server/openapi.json by openapi-typescript: npm run api --workspace @provenance/schema-tests
// Types alone: what a server answers is read by hand, as any stranger's text is.

`;

export async function types() {
  const api = JSON.parse(readFileSync(new URL("server/openapi.json", root), "utf8"));
  // The report has a schema and types of its own (docs/schema, verifier/Provenance.Browser); here it is unknown.
  const text = astToString(await openapiTS(withoutReport(api)));
  return head + text.replaceAll(/[ \t]+$/gm, "");
}

function withoutReport(value) {
  if (Array.isArray(value))
    return value.map(withoutReport);
  if (value === null || typeof value !== "object")
    return value;
  if (typeof value.$ref === "string" && !value.$ref.startsWith("#"))
    return {};
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutReport(inner)]));
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(target, await types());
