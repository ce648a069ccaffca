// Writes src/report.ts, the types of a report, from docs/schema/report.v1.schema.json: node types.mjs.
// It knows the part of JSON Schema that the schema uses and stops at anything else.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const schemaFile = fileURLToPath(new URL("../../../docs/schema/report.v1.schema.json", import.meta.url));
export const typesFile = fileURLToPath(new URL("src/report.ts", import.meta.url));

/** A line of TypeScript is no longer where it can be broken. */
const WIDTH = 150;

/** Keywords that TypeScript has no word for, besides the description. */
const BESIDE = ["description", "minimum", "maximum", "pattern"];

/** The keywords that go together, by the one that tells what is meant. */
const TOGETHER = {
  $ref: ["$ref"],
  const: ["const"],
  enum: ["enum"],
  object: ["type", "properties", "required", "additionalProperties"],
  array: ["type", "items"],
  other: ["type"],
};

/** All types of a schema, as TypeScript. */
export function typesOf({ $schema, $id, title, $defs, dependentRequired, ...report }) {
  const types = [declaration("Report", { ...report, description: `${title}. ${report.description}` })];
  for (const [name, part] of Object.entries($defs)) types.push(declaration(typeName(name), part));
  return `// Written by types.mjs from docs/schema/report.v1.schema.json: change that.\n\n${types.join("\n\n")}\n`;
}

const typeName = (name) => `Report${name[0].toUpperCase()}${name.slice(1)}`;

function declaration(name, part) {
  const type = typeOf(part, "");
  return comment(part.description, "") + (part.type === "object" ? `export interface ${name} ${type}` : `export type ${name} =${behind(type)};`);
}

function typeOf(part, indent) {
  const kinds = [part.type ?? []].flat();
  const kind = ["$ref", "const", "enum"].find((key) => key in part) ?? ["object", "array"].find((type) => kinds.includes(type)) ?? "other";
  const unknown = Object.keys(part).find((key) => !TOGETHER[kind].includes(key) && !BESIDE.includes(key));
  if (unknown) throw new Error(`${unknown} is not known beside ${kind}: ${JSON.stringify(part)}`);
  if (kind === "$ref") return typeName(part.$ref.replace(/^#\/\$defs\//, ""));
  if (kind === "const") return literal(part.const);
  if (kind === "enum") return union(part.enum.map(literal), indent);
  if (kinds.length === 0) throw new Error(`no type: ${JSON.stringify(part)}`);
  return union(kinds.map((type) => simpleType(type, part, indent)), indent);
}

function simpleType(type, part, indent) {
  switch (type) {
    case "object":
      return objectType(part, indent);
    case "array": {
      const items = typeOf(part.items, indent);
      return items.includes(" | ") && !items.startsWith("{") ? `readonly (${items})[]` : `readonly ${items}[]`;
    }
    case "integer":
      return "number";
    case "string":
    case "number":
    case "boolean":
    case "null":
      return type;
    default:
      throw new Error(`the type ${type} is not known`);
  }
}

function objectType({ properties, required, additionalProperties }, indent) {
  if (additionalProperties !== false) throw new Error("an object that admits members it does not name");
  const deeper = `${indent}  `;
  const members = Object.entries(properties).map(
    ([name, part]) => `${comment(part.description, deeper)}${deeper}readonly ${name}${required.includes(name) ? "" : "?"}:${behind(typeOf(part, deeper))};\n`,
  );
  return `{\n${members.join("")}${indent}}`;
}

const literal = (value) => (typeof value === "string" ? `'${value.replace(/[\\']/g, "\\$&")}'` : JSON.stringify(value));

function union(types, indent) {
  const line = types.join(" | ");
  return types.length > 1 && !line.includes("\n") && line.length > WIDTH - 50 ? types.map((type) => `\n${indent}  | ${type}`).join("") : line;
}

/** A long union starts on a line of its own. */
const behind = (type) => (type.startsWith("\n") ? type : ` ${type}`);

function comment(text, indent) {
  if (!text) return "";
  if (text.includes("*/")) throw new Error(`this would end its comment: ${text}`);
  if (indent.length + text.length + 7 <= WIDTH) return `${indent}/** ${text} */\n`;
  const lines = [""];
  for (const word of text.split(" ")) {
    if (indent.length + 4 + lines.at(-1).length + word.length > WIDTH) lines.push("");
    lines[lines.length - 1] += ` ${word}`;
  }
  return `${indent}/**\n${lines.map((line) => `${indent} *${line}\n`).join("")}${indent} */\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(typesFile, typesOf(JSON.parse(readFileSync(schemaFile, "utf8"))));
