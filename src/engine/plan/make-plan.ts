import { RunbookError } from "../../errors/runbook-error.ts";
import { stepHash } from "../../language/meaning/hash.ts";
import { runbookOrder } from "../../language/meaning/order.ts";
import type { Parameter, Runbook } from "../../language/model/runbook.ts";
import { checkValue } from "../../language/values/check-value.ts";
import { didYouMean } from "../../words/nearest.ts";
import { targetOf } from "../target/target-key.ts";
import type { Plan, PlanStep, PlanValue } from "./plan.ts";

/** Which steps of a plan run: none named means all. A required runbook's step is written `ID/STEP`. */
export interface Selection {
  from?: string;
  until?: string;
  only: string[];
  skip: string[];
}

/** What a plan is made from. */
export interface PlanOptions {
  library: { runbooks: ReadonlyMap<string, Runbook> };
  id: string;
  /** NAME=value of the command line and the values file. */
  given: ReadonlyMap<string, string>;
  env: NodeJS.ProcessEnv;
  /** Asks for a value that is missing; absent where nobody can be asked. Undefined means that none was given. */
  ask?: (parameter: Parameter) => Promise<string | undefined>;
  selection: Selection;
  /** The host is another machine than the caller's: a default that is about the caller's own does not hold there. */
  far?: boolean;
}

/** Makes the plan of a run. Throws what is missing or wrong before anything runs. */
export async function makePlan(options: PlanOptions): Promise<Plan> {
  const { id, selection } = options;
  const { runbooks } = options.library;
  const runbook = runbooks.get(id);
  if (!runbook) {
    const hint = didYouMean(id, [...runbooks.keys()]) ?? "`runbook list` shows what there is.";
    throw new RunbookError("unknown-runbook", `There is no runbook \`${id}\`.`, { hint });
  }
  const order = runbookOrder(runbooks, id);
  const values = await planValues(order, options);
  const steps = planSteps(order);
  select(steps, id, selection);
  return { runbook, runbooks: order, steps, values };
}

/** All steps of runbooks in order, each with its hash. */
export function planSteps(order: readonly Runbook[]): PlanStep[] {
  const steps = order.flatMap((runbook) => runbook.steps.map((step) => ({ runbook, step })));
  return steps.map(({ runbook, step }, index) => ({
    key: `${runbook.id}/${step.id}`,
    index,
    runbook,
    step,
    target: targetOf(step.on, runbook.targets),
    hash: stepHash(order, step),
    selected: true,
  }));
}

async function planValues(order: Runbook[], options: PlanOptions): Promise<Map<string, PlanValue>> {
  const { given, env, ask, far = false } = options;
  const values = new Map<string, PlanValue>();
  for (const runbook of order) {
    for (const parameter of runbook.params) {
      if (values.has(parameter.name)) continue;
      const value: PlanValue = { name: parameter.name, parameter, runbook: runbook.id, origin: "default" };
      const found = await findValue(parameter, given, env, ask, far);
      values.set(parameter.name, { ...value, ...found });
    }
  }
  const names = [...values.keys()];
  for (const name of given.keys()) {
    if (values.has(name)) continue;
    const hint = didYouMean(name, names) ?? `It takes ${names.length > 0 ? names.join(", ") : "no values"}.`;
    throw new RunbookError("unknown-value", `${options.id} takes no value ${name}.`, { hint });
  }
  return values;
}

async function findValue(
  parameter: Parameter,
  given: ReadonlyMap<string, string>,
  env: NodeJS.ProcessEnv,
  ask: PlanOptions["ask"],
  far: boolean,
): Promise<Pick<PlanValue, "origin"> & { text?: string }> {
  const { name } = parameter;
  const taken = given.get(name);
  if (taken !== undefined && parameter.secret) {
    throw new RunbookError(
      "secret-on-command-line",
      `${name} is secret and must not stand on a command line or in a file.`,
      {
        hint: `Put it into the environment as ${name}, or run on a terminal to be asked.`,
      },
    );
  }
  if (taken !== undefined) return { text: checked(parameter, taken), origin: "given" };
  if (parameter.secret && env[name] !== undefined)
    return { text: checked(parameter, env[name]), origin: "environment" };
  if (typeof parameter.default === "string") return { text: checked(parameter, parameter.default), origin: "default" };
  if (parameter.default !== undefined && !(far && parameter.default.local)) return { origin: "computed" };
  const answer = await ask?.(parameter);
  if (answer !== undefined) return { text: checked(parameter, answer), origin: "asked" };
  const hint = parameter.secret
    ? `It is secret: put it into the environment as ${name}.`
    : `Give it: ${name}=…${parameter.description ? ` (${parameter.description})` : ""}`;
  throw new RunbookError("missing-value", `${name} is missing.`, { hint });
}

function checked(parameter: Parameter, value: string): string {
  const problem = checkValue(parameter, value);
  if (problem) {
    const { name, description } = parameter;
    throw new RunbookError("bad-value", problem, description ? { hint: `${name} is: ${description}` } : {});
  }
  return value;
}

function select(steps: PlanStep[], id: string, selection: Selection): void {
  const find = (name: string): number => {
    const key = name.includes("/") ? name : `${id}/${name}`;
    const index = steps.findIndex((step) => step.key === key);
    if (index >= 0) return index;
    const hint = didYouMean(
      key,
      steps.map((step) => step.key),
    );
    throw new RunbookError("unknown-step", `There is no step \`${key}\`.`, { ...(hint && { hint }) });
  };
  const from = selection.from === undefined ? 0 : find(selection.from);
  const until = selection.until === undefined ? steps.length - 1 : find(selection.until);
  if (from > until)
    throw new RunbookError(
      "empty-selection",
      `The first step of the selection, ${selection.from}, comes after the last, ${selection.until}.`,
    );
  const only = new Set(selection.only.map(find));
  const skip = new Set(selection.skip.map(find));
  const isChosen = (index: number): boolean =>
    index >= from && index <= until && (only.size === 0 || only.has(index)) && !skip.has(index);
  const last = steps.findLastIndex(({ index }) => isChosen(index));
  for (const step of steps) {
    const { index } = step;
    // A step with `sets` only reads, and a later step may need its variables.
    const reads = step.step.sets.length > 0 && index < last && !skip.has(index);
    step.selected = reads || isChosen(index);
  }
}
