import * as z from "zod/mini";
import { tableOf } from "./reference.ts";

/** A table of the fields of some data: the kind and the meaning of each, as its schema has them. */
export function fieldTable(fields: Readonly<Record<string, z.ZodMiniType>>): string {
  const rows = Object.entries(fields).map(([name, schema]) => [
    `\`${name}\``,
    kindOf(schema),
    z.globalRegistry.get(schema)?.description ?? "",
  ]);
  return tableOf(["field", "kind", "is"], rows);
}

/** A schema's kind of value, in words. */
function kindOf(schema: z.core.$ZodType): string {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "optional":
      return kindOf(def.innerType);
    case "nullable":
      return `${kindOf(def.innerType)} or null`;
    case "array":
      return isText(def.element) ? "texts" : "list";
    case "record":
      return isText(def.valueType) ? "texts by name" : "numbers by name";
    case "literal":
      return def.values.map((value) => JSON.stringify(value)).join(" or ");
    case "enum":
      return Object.values(def.entries)
        .map((word) => `\`${word}\``)
        .join(", ");
    case "boolean":
      return "true or false";
    case "number":
    case "object":
      return def.type;
    default:
      return "text";
  }
}

function isText(schema: z.core.$ZodType): boolean {
  return kindOf(schema) === "text";
}
