import { isReserved } from "../language/model/names.ts";
import type { Span } from "../language/model/place.ts";
import type { Parameter, Runbook, Step } from "../language/model/runbook.ts";
import { spanInFence } from "../language/read/fence/fence.ts";
import { readShell } from "../language/shell/analyse.ts";

/** A name that a page's shell can use, with where its value comes from. */
export interface Variable {
  name: string;
  file: string;
  span: Span;
  /** One sentence or more on what it holds, as Markdown. */
  about: string;
}

/** The variables that a runbook's steps see: parameters, what `sets` hands on, and what its own steps assign. */
export function variablesOf(order: readonly Runbook[]): Map<string, Variable> {
  const found = new Map<string, Variable>();
  const own = order.at(-1);
  const add = (variable: Variable): void => {
    if (!found.has(variable.name)) found.set(variable.name, variable);
  };
  // The nearest declaration is the page's own.
  for (const { params, file, id } of [...order].reverse()) {
    for (const parameter of params) {
      const from = own?.id === id ? "" : ` It is declared by the runbook \`${id}\`.`;
      add({ name: parameter.name, file, span: parameter.span, about: `${ofParameter(parameter)}${from}` });
    }
  }
  for (const runbook of order) {
    for (const step of runbook.steps) {
      for (const name of step.sets) {
        const step_ = runbook === own ? step.id : `${runbook.id}/${step.id}`;
        const span = placeOf(step, name) ?? step.fence.span;
        add({
          name,
          file: runbook.file,
          span,
          about: `The step \`${step_}\` hands it to all later steps on every target.`,
        });
      }
    }
  }
  for (const step of own?.steps ?? []) for (const variable of assignedBy(step, own?.file ?? "")) add(variable);
  return found;
}

function assignedBy(step: Step, file: string): Variable[] {
  if (step.file) return [];
  return readShell(step.fence.text)
    .assigned.filter(({ passing, name }) => !passing && !isReserved(name))
    .map(({ name, pos }) => ({
      name,
      file,
      span: spanInFence(step.fence, pos, pos + name.length),
      about: `The step \`${step.id}\` sets it, for later steps on \`${step.on}\`.`,
    }));
}

function placeOf(step: Step, name: string): Span | undefined {
  const assigned = readShell(step.fence.text).assigned.find((found) => found.name === name);
  return assigned && spanInFence(step.fence, assigned.pos, assigned.pos + name.length);
}

function ofParameter(parameter: Parameter): string {
  const { description, default: value, pattern, list, secret, multiline } = parameter;
  const facts = [
    ...(description === undefined ? [] : [`${description}.`]),
    secret
      ? "A secret: it comes from the environment or is asked for, and is never shown."
      : value === undefined
        ? "Required."
        : typeof value === "string"
          ? `Default: ${code(value)}.`
          : `Worked out on the host by ${code(value.command)}, such as ${code(value.example)}.`,
    ...(parameter.enum ? [`One of ${parameter.enum.map(code).join(", ")}.`] : []),
    ...(pattern === undefined ? [] : [`Pattern: ${code(pattern)}.`]),
    ...(list ? ["A list of words."] : []),
    ...(multiline ? ["May have several lines."] : []),
  ];
  return facts.join(" ");
}

/** Text as inline code, whatever backticks it holds. */
export function code(text: string): string {
  if (text === "") return "the empty text";
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = "`".repeat(longest + 1);
  return longest === 0 ? `\`${text}\`` : `${marks} ${text} ${marks}`;
}
