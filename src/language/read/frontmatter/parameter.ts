import type { Complaints } from "../../model/complaints.ts";
import type { Span } from "../../model/place.ts";
import type { ComputedDefault, Parameter } from "../../model/runbook.ts";
import { checkValue } from "../../values/check-value.ts";
import type { Entry, PlacedBy } from "./placed.ts";
import { checkBy } from "./refusals.ts";
import { variableName } from "./scalars.ts";
import type { parameterSchema } from "./schema.ts";

type ReadKeys = PlacedBy<typeof parameterSchema>;
type ReadDefault = NonNullable<ReadKeys["default"]>;

/** Complains of a name that no variable of a page may have. */
export function checkVariableName(name: string, span: Span, complaints: Complaints): boolean {
  return checkBy(variableName, { name, data: name, span }, complaints) !== undefined;
}

/** A parameter of the keys that were read of it; without a map of keys it is a required one. */
export function parameterOf({ name, span, value }: Entry<ReadKeys | null>, complaints: Complaints): Parameter {
  const { description, default: read, pattern, enum: choices, list, secret, multiline } = value ?? {};
  const given = read && defaultOf(read);
  const parameter: Parameter = {
    name,
    list: list?.value ?? false,
    secret: secret?.value ?? false,
    multiline: multiline?.value ?? false,
    span,
    ...(given !== undefined && { default: given }),
    ...(pattern && { pattern: pattern.value }),
    ...(choices?.length && { enum: choices.map((choice) => choice.value) }),
    ...(description && { description: description.value }),
  };
  if (read) checkDefault(parameter, read, complaints);
  return parameter;
}

/** Undefined for a map that lacks a key: that is complained of already. */
function defaultOf(read: ReadDefault): string | ComputedDefault | undefined {
  if ("value" in read) return read.value;
  const { command, example, local } = read;
  if (!command || !example) return undefined;
  return { command: command.value, example: example.value, ...(local?.value && { local: true }) };
}

function checkDefault(parameter: Parameter, read: ReadDefault, complaints: Complaints): void {
  const { name, secret, default: value } = parameter;
  if (value === undefined) return;
  const span = "value" in read ? read.span : (read.example?.span ?? parameter.span);
  if (secret) {
    complaints.add("bad-default", span, `The secret ${name} must have no default.`, {
      hint: "A page is no place for a secret: leave the default out.",
    });
    return;
  }
  const computed = typeof value !== "string";
  const problem = checkValue(parameter, computed ? value.example : value);
  if (problem === undefined) return;
  const which = computed ? "example" : "default";
  complaints.add("bad-default", span, `The ${which} breaks its own rule: ${problem}`, {
    hint: "Change the value, or the rule.",
  });
}
