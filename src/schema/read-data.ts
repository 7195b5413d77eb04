import * as z from "zod/mini";

/** What is wrong at a path of some data, such as `steps[2].hash`. */
export interface DataProblem {
  path: string;
  message: string;
}

/** The words for what a schema's kind of value is. */
const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a whole number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

/** Reads data by a schema: gives the data, or else every problem that it has, in our words. */
export function readData<T>(schema: z.ZodMiniType<T>, data: unknown): { data: T } | { problems: DataProblem[] } {
  const result = schema.safeParse(data, { error: wording });
  return result.success ? { data: result.data } : { problems: result.error.issues.flatMap(problemsOf) };
}

/** The error of a schema that says for itself what it expects, such as "an id". */
export function expected(what: string): (issue: { readonly input: unknown }) => string {
  return ({ input }) => (input === undefined ? MISSING : `${what} is expected, not ${named(input)}`);
}

const MISSING = "is missing";

function wording(issue: RawIssue): string | undefined {
  if (issue.code === "unrecognized_keys") return `is not known here; there are ${keysOf(issue.inst).join(", ")}`;
  if (issue.code === "invalid_value") return expected(issue.values.map(named).join(" or "))(issue);
  if (issue.code === "invalid_type") return expected(KINDS[issue.expected] ?? issue.expected)(issue);
  if (issue.code === "too_small" || issue.code === "too_big") return expected("a whole number")(issue);
  return undefined;
}

function keysOf(schema: unknown): string[] {
  return schema instanceof z.ZodMiniObject ? Object.keys(schema.shape) : [];
}

/** zod names all unknown keys of an object in one issue; here each has a problem of its own. */
function problemsOf(issue: z.core.$ZodIssue): DataProblem[] {
  const ends = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return ends.map((path) => ({ path: pathText(path), message: issue.message }));
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text ? `${text}.${String(key)}` : String(key);
  }, "");
}

/** A value as an error names it: short, and of a long or nested one only its kind. */
function named(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const shown = JSON.stringify(value) ?? String(value);
  return shown.length > 60 ? `${shown.slice(0, 57)}…` : shown;
}
