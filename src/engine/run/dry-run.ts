import { RunbookError } from "../../errors/runbook-error.ts";
import { copiedText } from "../../language/values/shown.ts";
import type { Plan, PlanStep } from "../plan/plan.ts";
import { EnterError } from "../shell/wire.ts";
import { fileCommands, readSaved } from "../step/file-step.ts";
import { refusedPath } from "../step/keep-file.ts";
import { runPiece } from "../step/phase.ts";
import { computeValues } from "./computed.ts";
import { type Look, openLook } from "./inspect.ts";
import type { RunOptions } from "./options.ts";
import { markOf } from "./session.ts";
import { stateOf } from "./status.ts";

/** What a dry run tells of a step. */
export interface DryStep {
  step: PlanStep;
  /** The exact commands with the values that are known. */
  commands: string;
  guard: "done" | "not done" | "not known yet" | "none" | "not applicable" | "broken" | "deselected";
  detail?: string;
  /** What a `file` step would replace: undefined where that is not known yet, or nothing is there. */
  before?: string;
  /** What a `file` step writes. */
  after?: string;
}

/** Goes through a plan and runs nothing but `when`, guards and computed defaults. */
export async function* dryRun(plan: Plan, options: Pick<RunOptions, "host" | "interrupt">): AsyncIterable<DryStep> {
  const look = await openLook(plan, options);
  try {
    let computed: string | undefined;
    let changed = false;
    for (const step of plan.steps) {
      if (step.runbook.id !== computed) {
        computed = step.runbook.id;
        // After a step that would have run, a default may not be there to be worked out yet.
        await computeValues(look, step.runbook).catch((error: unknown) => {
          if (!(error instanceof RunbookError) || !changed) throw error;
        });
      }
      const dry = await dryStep(look, step, changed);
      const would = dry.guard === "not done" || dry.guard === "none" || dry.guard === "not known yet";
      if (would && step.step.sets.length === 0) changed = true;
      yield dry;
    }
  } finally {
    await look.close();
  }
}

async function dryStep(look: Look, step: PlanStep, changed: boolean): Promise<DryStep> {
  const commands = look.masker.text(copiedText(step.step, look.values));
  if (!step.selected) return { step, commands, guard: "deselected" };
  const file = step.step.file ? await fileChange(look, step) : {};
  const asked = await stateOf(look, step);
  const detail = asked.detail ? { detail: look.masker.text(asked.detail) } : {};
  // What a guard says of a machine that an earlier step would have changed is not what it will say then.
  if (changed && asked.state !== "done") return { step, commands, guard: "not known yet", ...file };
  if (asked.state === "unknown") return { step, commands, guard: "none", ...file };
  return { step, commands, guard: asked.state, ...detail, ...file };
}

async function fileChange(look: Look, step: PlanStep): Promise<{ before?: string; after?: string }> {
  const commands = fileCommands(step, look.values);
  if (refusedPath(look, step, commands)) return {};
  const after = look.masker.text(commands.content);
  try {
    const mark = markOf(look.id, step.index, 1);
    const result = await runPiece(look, {
      step,
      phase: "guard",
      target: step.target,
      fence: step.step.fence,
      text: commands.save,
      copy: true,
      mark,
      silent: true,
    });
    const saved = readSaved(commands.path, result.stdout);
    if (!saved?.existed) return { after };
    return {
      before: saved.link === undefined ? look.masker.text(saved.content.toString("utf8")) : `-> ${saved.link}\n`,
      after,
    };
  } catch (error) {
    if (error instanceof EnterError) return { after };
    throw error;
  }
}
