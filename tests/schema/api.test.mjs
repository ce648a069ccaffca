// The types of the API in the extension are those of server/openapi.json.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { target, types } from "./api.mjs";

test("the extension's types of the API are those of its description", async () => {
  const expected = await types();
  if (process.env.PROVENANCE_UPDATE === "1")
    writeFileSync(target, expected);
  assert.equal(readFileSync(target, "utf8"), expected, "If the description is meant to be so, run the tests once with PROVENANCE_UPDATE=1.");
});
