import { type Attached, doneChecks, type Parameter, type Runbook, type Step } from "../../../language/model/runbook.ts";
import type { RunbookOutline, RunRecord, StepRecipe, WorkRecord } from "../../journal/record.ts";
import { bareStep } from "../bare-step.ts";
import type { PlanStep, PlanValue } from "../plan.ts";

const nowhere = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

/** What the journal keeps of a step that begins, so that it can be undone whatever becomes of its page. */
export function recipeOf({ runbook, step, target }: PlanStep, by: Pick<StepRecipe, "shell" | "start">): StepRecipe {
  const { fence, file, undo, keeps, sets, background, reboot } = step;
  const names = new Set([step.on, ...undo.flatMap(({ on }) => (on === undefined ? [] : [on]))]);
  return {
    page: runbook.file,
    target,
    ...by,
    // Only a `file` step's undo needs the text of the step itself.
    fence: file ? fence : { ...fence, text: "", lines: [] },
    ...(file ? { file } : {}),
    undo,
    ...(keeps === undefined ? {} : { keeps }),
    ...(sets.length > 0 ? { sets } : {}),
    ...(background ? { background } : {}),
    ...(reboot ? { reboot } : {}),
    ...(file || doneChecks(step).length > 0 ? {} : { unguarded: true }),
    targets: runbook.targets.filter(({ name }) => names.has(name)),
  };
}

/** A step as it was when it ran. `key` and `index` are its own in the plan of its undo. */
export function recordedStep(work: WorkRecord, recipe: StepRecipe, outline: RunbookOutline): Omit<PlanStep, "index"> {
  const { page, target, fence, file, undo, keeps, sets = [], background = false, reboot = false, targets } = recipe;
  const step: Step = {
    ...bareStep(work.key.slice(work.key.indexOf("/") + 1), target.name, fence),
    ...(file ? { file } : {}),
    undo,
    ...(keeps === undefined ? {} : { keeps }),
    sets,
    background,
    reboot,
  };
  const runbook: Runbook = { ...recordedRunbook(outline), file: page, targets, steps: [step] };
  return { key: work.key, runbook, step, target, hash: work.hash, selected: true };
}

/** A runbook as far as the journal knows it. */
export function recordedRunbook({ id, page, requires, needs, params }: RunbookOutline): Runbook {
  return {
    id,
    title: id,
    file: page,
    span: nowhere,
    requires: requires.map((required) => ({ id: required, span: nowhere })),
    needs,
    params: params.map((name) => bareParameter(name, false)),
    targets: [],
    steps: [],
  };
}

/** What a run keeps of its runbooks. */
export function outlineOf({ id, file, requires, needs, params }: Runbook): RunbookOutline {
  return { id, page: file, requires: requires.map((one) => one.id), needs, params: params.map(({ name }) => name) };
}

/** The values of a run, as a plan has them; a secret has no text until it is asked for. */
export function recordedValues({ runbook, values, secrets }: RunRecord): Map<string, PlanValue> {
  const of = (name: string, secret: boolean): PlanValue => ({
    name,
    parameter: bareParameter(name, secret),
    runbook,
    origin: "journal",
  });
  return new Map([
    ...Object.entries(values).map(([name, text]) => [name, { ...of(name, false), text }] as const),
    ...secrets.map((name) => [name, of(name, true)] as const),
  ]);
}

function bareParameter(name: string, secret: boolean): Parameter {
  return { name, list: false, secret, multiline: true, span: nowhere };
}

/** Whether two steps are undone by the same commands in the same places. */
export function sameUndo(one: PlanStep, other: PlanStep): boolean {
  return JSON.stringify(undoMeaning(one)) === JSON.stringify(undoMeaning(other));
}

function undoMeaning({ step, runbook, target }: PlanStep): unknown {
  const commandOf = ({ on }: Attached): string | undefined =>
    on === undefined ? target.command : runbook.targets.find(({ name }) => name === on)?.command;
  return step.undo.map((undo) => [undo.text, commandOf(undo) ?? null, undo.timeoutMs ?? null]);
}
