import * as z from "zod/mini";
import type { DiagnosticCode } from "../../model/codes.ts";
import type { Complaints } from "../../model/complaints.ts";
import type { Span } from "../../model/place.ts";

/** The words about a value that a schema refuses, beside the message that the schema itself may have. */
export interface Refusal {
  /** `bad-value` where nothing is said. */
  code?: DiagnosticCode;
  /** What the value must be, as in "`list` must be true or false". */
  must?: string;
  hint?: string | ((value: string) => string | undefined);
  /** The subject of "… has no key `x`", for a map of known keys. */
  called?: string;
  /** The words about a required key that is absent. */
  missing?: { code: DiagnosticCode; message: string; hint: string };
}

const refusals = z.registry<Refusal>();

/** Gives a schema its refusal. */
export function refusing<T extends z.ZodMiniType>(schema: T, refusal: Refusal): T {
  refusals.add(schema, refusal);
  return schema;
}

/** A schema's refusal; empty where it was given none. */
export function refusalOf(schema: z.core.$ZodType): Refusal {
  return refusals.get(schema) ?? {};
}

/** A value that is checked: how messages call it, and where it stands. */
export interface Checked {
  name: string;
  data: unknown;
  span: Span;
}

/**
 * Checks a value by a schema, and complains of faults of the value as a whole; its parts are checked one by one later.
 * Returns the parsed value; undefined where the whole value is refused.
 */
export function checkBy(
  schema: z.core.$ZodType,
  { name, data, span }: Checked,
  complaints: Complaints,
): { data?: unknown } | undefined {
  const result = z.safeParse(schema, data, { error: () => mustBe(schema, name) });
  if (result.success) return { data: result.data };
  const own = result.error.issues.filter(({ path, code }) => path.length === 0 && code !== "unrecognized_keys");
  for (const issue of own) {
    const { code = "bad-value", hint }: Refusal = {
      ...refusalOf(schema),
      ...(issue.code === "custom" ? (issue.params as Refusal) : {}),
    };
    const said = typeof hint === "function" ? hint(typeof data === "string" ? data : "") : hint;
    complaints.add(code, span, issue.message, { hint: said });
  }
  return own.length > 0 ? undefined : {};
}

/** The words for what a schema's kind of value is. */
const KINDS: Readonly<Record<string, string>> = { string: "text", array: "a list", object: "a map", record: "a map" };

/** The message of a value that is of another kind than its schema's. */
export function mustBe(schema: z.core.$ZodType, name: string): string {
  return `${name} must be ${refusalOf(schema).must ?? KINDS[schema._zod.def.type] ?? "something else"}.`;
}
