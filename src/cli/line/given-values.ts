import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { RunbookError } from "../../errors/runbook-error.ts";
import type { Parameter, Runbook } from "../../language/model/runbook.ts";
import { checkValue } from "../../language/values/check-value.ts";
import { didYouMean } from "../../words/nearest.ts";
import { type Context, flagValue } from "../context.ts";
import { parseValuesFile } from "./values-file.ts";

/** The values from the command line and from `--values`, as they were given. */
export function rawValues(context: Context): Map<string, string> {
  const file = flagValue(context, "values");
  return new Map([...(file === undefined ? [] : readValues(context, file)), ...context.values]);
}

/** The values from the command line and from `--values`, each one that its parameter takes. */
export function givenValues(context: Context, runbooks: readonly Runbook[]): Map<string, string> {
  const parameters = new Map(runbooks.flatMap((runbook) => runbook.params.map((one) => [one.name, one] as const)));
  const file = flagValue(context, "values");
  const fromFile = file === undefined ? new Map<string, string>() : readValues(context, file);
  for (const name of fromFile.keys()) expectParameter(name, parameters, `${file}: `, "a values file");
  for (const name of context.values.keys()) expectParameter(name, parameters, "", "the command line");
  const values = new Map([...fromFile, ...context.values]);
  for (const [name, value] of values) {
    const parameter = parameters.get(name);
    const problem = parameter && checkValue(parameter, value);
    if (problem) throw new RunbookError("bad-value", problem, { hint: parameter.description ?? "" });
  }
  return values;
}

function readValues({ io }: Context, file: string): Map<string, string> {
  try {
    return parseValuesFile(readFileSync(resolve(io.cwd, file)), file);
  } catch (error) {
    if (error instanceof RunbookError) throw error;
    throw new RunbookError("bad-values-file", `${file} can't be read: ${(error as Error).message}`, { cause: error });
  }
}

function expectParameter(
  name: string,
  parameters: ReadonlyMap<string, Parameter>,
  place: string,
  source: string,
): void {
  const parameter = parameters.get(name);
  if (!parameter) {
    const names = [...parameters.keys()];
    const all = names.length > 0 ? `It takes ${names.join(", ")}.` : "It takes no values.";
    throw new RunbookError("unknown-value", `${place}The runbook has no value ${name}.`, {
      hint: didYouMean(name, names, all) ?? all,
    });
  }
  // A command line is in the shell's history and in `ps`, a file stays behind.
  if (parameter.secret) {
    throw new RunbookError("secret-given", `${place}${name} is a secret: ${source} is no place for it.`, {
      hint: `Give it in the environment (${name}=… before the command, or exported), or wait to be asked.`,
    });
  }
}

/** The values that need no host to be known: those given, and plain defaults. */
export function knownValues(runbooks: readonly Runbook[], given: ReadonlyMap<string, string>): Map<string, string> {
  const values = new Map<string, string>();
  for (const { name, default: fallback, secret } of runbooks.flatMap((runbook) => runbook.params)) {
    const value = given.get(name) ?? (typeof fallback === "string" ? fallback : undefined);
    if (value !== undefined && !secret) values.set(name, value);
  }
  return values;
}
