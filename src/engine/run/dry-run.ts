import { RunbookError } from "../../errors/runbook-error.ts";
import { copiedText } from "../../language/values/shown.ts";
import type { Plan, PlanStep } from "../plan/plan.ts";
import { EnterError } from "../shell/protocol/wire.ts";
import { fileCommands, readSaved } from "../step/file/file-step.ts";
import { refusedPath } from "../step/file/keep-file.ts";
import { runPhase } from "../step/phase/phase.ts";
import type { StepInHand } from "../step/step-in-hand.ts";
import { computeValues } from "./begin/computed.ts";
import { notHandedOn } from "./begin/not-handed-on.ts";
import { Inspection } from "./inspect.ts";
import type { InspectOptions } from "./options.ts";
import { stateOf } from "./status.ts";

/** What a dry run reports of a step. */
export interface DryStep {
  step: PlanStep;
  /** The exact commands with the values that are known. */
  commands: string;
  guard: "done" | "not done" | "not running" | "not known yet" | "none" | "not applicable" | "broken" | "deselected";
  detail?: string;
  /** What a `file` step would replace: undefined where that is not known yet, or nothing is there. */
  before?: string;
  /** What a `file` step writes. */
  after?: string;
}

/** Goes through a plan and runs nothing but `when`, guards and computed defaults. */
export async function* dryRun(plan: Plan, options: InspectOptions): AsyncIterable<DryStep> {
  const inspection = new Inspection(plan, options);
  try {
    let computed: string | undefined;
    let changed = false;
    for (const step of plan.steps) {
      if (step.runbook.id !== computed) {
        computed = step.runbook.id;
        // After a step that would have run, a default may not be there to be worked out yet.
        await computeValues(plan, inspection.live, step.runbook).catch((error: unknown) => {
          if (!(error instanceof RunbookError) || !changed) throw error;
        });
      }
      const dry = await dryStep(plan, inspection.hand(step), changed);
      const would = ["not done", "not running", "none", "not known yet"].includes(dry.guard);
      if (would && step.step.sets.length === 0) changed = true;
      yield dry;
    }
  } finally {
    await inspection.close();
  }
}

async function dryStep(plan: Plan, hand: StepInHand, changed: boolean): Promise<DryStep> {
  const { step } = hand;
  const { masker, values } = hand.run;
  const commands = masker.text(copiedText(step.step, values));
  if (!step.selected) return { step, commands, guard: "deselected" };
  // A path with a variable of an earlier step is not known yet.
  if (notHandedOn(plan, step, values)) return { step, commands, guard: "not known yet" };
  const file = step.step.file ? await fileChange(hand) : {};
  const asked = await stateOf(plan, hand);
  const detail = asked.detail ? { detail: asked.detail } : {};
  // After an earlier step that would have run, a guard's answer here says nothing about its answer in a real run.
  if (changed && asked.state !== "done") return { step, commands, guard: "not known yet", ...file };
  if (asked.state === "unknown") return { step, commands, guard: "none", ...file };
  return { step, commands, guard: asked.state, ...detail, ...file };
}

async function fileChange(hand: StepInHand): Promise<{ before?: string; after?: string }> {
  const { step } = hand;
  const { masker, values } = hand.run;
  const commands = fileCommands(step, values);
  if (refusedPath(hand, commands)) return {};
  const after = masker.text(commands.content);
  try {
    const { fence } = step.step;
    const result = await runPhase(hand, { phase: "guard", fence, text: commands.save, copy: true, silent: true });
    const saved = readSaved(commands.path, result.stdout);
    if (!saved?.existed) return { after };
    return {
      before: saved.link === undefined ? masker.text(saved.content.toString("utf8")) : `-> ${saved.link}\n`,
      after,
    };
  } catch (error) {
    if (error instanceof EnterError) return { after };
    throw error;
  }
}
