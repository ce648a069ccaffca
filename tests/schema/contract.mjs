// Schemas as the declarations of TypeScript that say the same, and the declarations that a file has: both without comments, a line each.

const oneLine = (text) => text.replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, "").replace(/\s+/g, " ").replaceAll("; }", " }").trim();

/** The exported types and interfaces of a file, by name. */
export function declarationsIn(source) {
  const found = new Map();
  for (const [, text, name] of source.matchAll(/^export ((?:interface|type) (\w+)(?: \{[^]*?^\}| =[^;]*;))$/gm)) found.set(name, oneLine(text).replace("= | ", "= "));
  return found;
}

/** What a schema and its parts describe, as declarations by name; the schema itself is named by its title. */
export function declarationsOf(schema) {
  return new Map([[schema.title, schema], ...Object.entries(schema.$defs ?? {})].map(([name, part]) => [name, declarationOf(name, part, schema.title)]));
}

export function declarationOf(name, schema, title) {
  return oneLine(schema.properties ? `interface ${name} ${typeOf(schema, title)}` : `type ${name} = ${typeOf(schema, title)};`);
}

function typeOf(schema, title) {
  if (schema.$ref) return schema.$ref === "#" ? title : schema.$ref.replace("#/$defs/", "");
  if (schema.enum) return schema.enum.map((value) => `'${value}'`).join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  switch (schema.type) {
    case "string":
      return "string";
    case "integer":
      return "number";
    case "array":
      return `readonly ${typeOf(schema.items, title)}[]`;
    default:
      return `{ ${Object.entries(schema.properties).map(([name, member]) => `readonly ${name}${schema.required.includes(name) ? "" : "?"}: ${typeOf(member, title)};`).join(" ")} }`;
  }
}
