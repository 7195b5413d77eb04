import type { YAMLMap } from "yaml";
import type * as z from "zod/mini";
import { didYouMean } from "../../../words/nearest.ts";
import type { Complaints } from "../../model/complaints.ts";
import type { Span } from "../../model/place.ts";
import { loadYaml } from "../../parsers.ts";
import { checkBy, mustBe, refusalOf } from "./refusals.ts";
import { dataOf, type PlacedYaml, pairsOf } from "./yaml-node.ts";

/** A value with its place in the page. */
export interface Placed<T> {
  value: T;
  span: Span;
}

/** An entry of a map by name; the span is the name's. */
export interface Entry<T> extends Placed<T> {
  name: string;
}

/** The values that a schema reads from YAML, with their places, without the values that it refuses. */
export type PlacedBy<S> =
  S extends z.ZodMiniObject<infer Shape>
    ? { -readonly [Key in keyof Shape]?: PlacedBy<Shape[Key]> }
    : S extends z.ZodMiniRecord<z.core.$ZodRecordKey, infer Value>
      ? Entry<PlacedBy<Value>>[]
      : S extends z.ZodMiniArray<infer Item>
        ? PlacedBy<Item>[]
        : S extends z.ZodMiniUnion<readonly (infer Option extends z.core.SomeType)[]>
          ? PlacedBy<Option>
          : S extends z.ZodMiniExactOptional<infer Inner>
            ? PlacedBy<Inner>
            : S extends z.ZodMiniNullable<infer Inner>
              ? PlacedBy<Inner> | null
              : Placed<z.infer<S>>;

/** A node of the page, and how messages call it. */
interface Subject {
  node: unknown;
  name: string;
  /** The key before the node: the place of a node that has none. */
  keyNode?: unknown;
}

/**
 * Reads a node of YAML by a schema. The schema library knows no places, and returns no data at all where one part is wrong.
 * Each node is therefore checked by itself: a refused node is complained of at its own place, and the others are read.
 */
export function readPlaced<S extends z.ZodMiniType>(
  schema: S,
  subject: Subject,
  yaml: PlacedYaml,
  complaints: Complaints,
): PlacedBy<S> | undefined {
  const { isMap, isSeq, isScalar } = loadYaml();
  const spanOf = ({ node, keyNode }: Subject): Span => yaml.spanOf(node ?? keyNode);

  function readNode(part: z.core.$ZodType, subject: Subject): unknown {
    const { def } = (part as z.core.$ZodTypes)._zod;
    const { node, name } = subject;
    if (def.type === "optional") return readNode(def.innerType, subject);
    if (def.type === "nullable") return dataOf(node) === null ? null : readNode(def.innerType, subject);
    if (def.type === "union") {
      const option = def.options.find((option) => isOfKind(option, node));
      if (option) return readNode(option, subject);
      const { code = "bad-value", hint } = refusalOf(part);
      complaints.add(code, spanOf(subject), mustBe(part, name), { hint: hint as string });
      return undefined;
    }
    const accepted = checkBy(part, { name, data: dataOf(node), span: spanOf(subject) }, complaints);
    if (!accepted) return undefined;
    if (def.type === "object") return readKeys(part, def.shape, subject);
    if (def.type === "record") return readEntries(def, node as YAMLMap);
    if (def.type === "array") {
      const items = (node as { items: unknown[] }).items;
      return items
        .map((item) => readNode(def.element, { node: item, name: `An item of ${name}` }))
        .filter((item) => item !== undefined);
    }
    return { value: accepted.data, span: spanOf(subject) };
  }

  function readKeys(part: z.core.$ZodType, shape: z.core.$ZodShape, { node, keyNode }: Subject): object {
    const { called } = refusalOf(part);
    const names = Object.keys(shape);
    const given: Record<string, unknown> = {};
    for (const { key, keyNode, value } of pairsOf(node as YAMLMap)) {
      const schema = Object.hasOwn(shape, key) ? shape[key] : undefined;
      if (schema) given[key] = readNode(schema, { node: value, name: `\`${key}\``, keyNode });
      else {
        complaints.add("unknown-key", yaml.spanOf(keyNode), `${called} has no key \`${key}\`.`, {
          hint: didYouMean(key, names, `Its keys are ${names.join(", ")}.`),
        });
      }
    }
    for (const [key, schema] of Object.entries(shape)) {
      if (key in given || typeOf(schema) === "optional") continue;
      const { code, message, hint } = refusalOf(schema).missing ?? {
        code: "bad-value",
        message: `${called} needs \`${key}\`.`,
      };
      complaints.add(code, yaml.spanOf(keyNode ?? node), message, { hint });
    }
    return given;
  }

  function readEntries({ keyType, valueType }: z.core.$ZodRecordDef, map: YAMLMap): Entry<unknown>[] {
    return pairsOf(map).flatMap(({ key, keyNode, value: node }) => {
      const span = yaml.spanOf(keyNode);
      const named = checkBy(keyType, { name: `\`${key}\``, data: key, span }, complaints);
      const read = readNode(valueType, { node, name: `\`${key}\``, keyNode });
      // The name is declared all the same where its value may be absent: else each use of it would be complained of, too.
      const value = read === undefined && typeOf(valueType) === "nullable" ? null : read;
      return named && value !== undefined ? [{ name: key, span, value }] : [];
    });
  }

  function isOfKind(part: z.core.$ZodType, node: unknown): boolean {
    const type = typeOf(part);
    if (type === "object" || type === "record") return isMap(node);
    return type === "array" ? isSeq(node) : isScalar(node) && node.value !== null;
  }

  return readNode(schema, subject) as PlacedBy<S> | undefined;
}

function typeOf(schema: z.core.$ZodType): z.core.$ZodTypes["_zod"]["def"]["type"] {
  return (schema as z.core.$ZodTypes)._zod.def.type;
}
