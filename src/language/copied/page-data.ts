import { type Attached, doneChecks, endsWell, type Parameter, type Runbook, type Step } from "../model/runbook.ts";
import type { Template } from "../values/template.ts";
import type { Block } from "./block.ts";
import { blocksOf, computedCommands, initialValues, knownDefaults, titleOf } from "./blocks.ts";
import type { ScriptCheck, ScriptStep } from "./script.ts";

/** A parameter without what only people and hosts read; a computed default is null. */
type PageParameter = Omit<Parameter, "span" | "description" | "default"> & { default?: string | null };

/** What the browser needs to know of a runbook. */
export interface PageData {
  id: string;
  head: string[];
  params: PageParameter[];
  initial: [name: string, value: string][];
  /** What a copied text may have of `initial`: no example of a computed default. */
  known: [name: string, value: string][];
  computed: [name: string, command: Template][];
  steps: ScriptStep[];
  blocks: [key: string, block: Block][];
}

/** A runbook as data for the browser: what it needs to put other values in place. */
export function pageData(runbook: Runbook): PageData {
  const { id, title, requires, params, steps } = runbook;
  const first = requires.length > 0 ? [`It starts from what ${requires.map((one) => one.id).join(", ")} left.`] : [];
  return {
    id,
    head: [`${title} (${id})`, ...first],
    params: params.map(({ span, description, default: value, ...rest }) => ({
      ...rest,
      ...(value !== undefined && { default: typeof value === "string" ? value : null }),
    })),
    initial: [...initialValues(params)],
    known: [...knownDefaults(params)],
    computed: [...computedCommands(params)],
    steps: steps.map(scriptStep),
    blocks: [...blocksOf(runbook)],
  };
}

function scriptStep(step: Step): ScriptStep {
  const { id, on, exits, sets, file, background } = step;
  const checks = new Map<Attached, ScriptCheck>();
  for (const role of ["when", "guard", "proof"] as const) {
    for (const [index, check] of step[role].entries()) {
      checks.set(check, {
        key: `${id}:${role}:${index}`,
        ...(check.on !== undefined && { on: check.on }),
        ...(check.withinMs !== undefined && { within: Math.ceil(check.withinMs / 1000) }),
      });
    }
  }
  const of = (fences: readonly Attached[]): ScriptCheck[] => fences.flatMap((fence) => checks.get(fence) ?? []);
  const [when, proof] = [of(step.when), of(step.proof)];
  // A step that only reads runs every time; a file is written anew, with the same bytes where it is there.
  const done = sets.length > 0 || file ? [] : of(doneChecks(step));
  return {
    id,
    title: titleOf(step),
    on,
    ...(background && { background }),
    ...(!endsWell(step) && { exits }),
    ...(when.length > 0 && { when }),
    ...(sets.length > 0 && { sets }),
    ...(done.length > 0 && { done }),
    ...(proof.length > 0 && { proof }),
  };
}
