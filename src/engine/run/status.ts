import { RunbookError } from "../../errors/runbook-error.ts";
import type { Plan, PlanStep } from "../plan/plan.ts";
import { askCheck } from "../step/checks.ts";
import { fileIsThere } from "../step/file-guard.ts";
import { computeValues } from "./computed.ts";
import { openLook } from "./inspect.ts";
import type { RunOptions } from "./options.ts";
import { markOf, type Session } from "./session.ts";

/** What a step's guards say now. */
export type StepState = "done" | "not done" | "unknown" | "not applicable" | "broken";

/** A step and what its guards say. */
export interface StepStatus {
  key: string;
  state: StepState;
  detail?: string;
}

/** Asks every step's `when` and guards, in order; nothing is run. */
export async function status(plan: Plan, options: Pick<RunOptions, "host" | "interrupt">): Promise<StepStatus[]> {
  const look = await openLook(plan, options);
  try {
    const found: StepStatus[] = [];
    let computed: string | undefined;
    for (const step of plan.steps) {
      if (step.runbook.id !== computed) {
        computed = step.runbook.id;
        try {
          await computeValues(look, step.runbook);
        } catch (error) {
          if (!(error instanceof RunbookError)) throw error;
        }
      }
      found.push({ key: step.key, ...(await stateOf(look, step)) });
    }
    return found;
  } finally {
    await look.close();
  }
}

/** What a step's `when` and guards say now. */
export async function stateOf(session: Session, step: PlanStep): Promise<Omit<StepStatus, "key">> {
  const mark = markOf(session.id, step.index, 1);
  const { when, guard, proof, file, sets } = step.step;
  for (const check of when) {
    const answer = await askCheck(session, step, check, mark);
    if (answer.says === "broken") return { state: "broken", detail: answer.error.message };
    if (answer.says === "no") return { state: "not applicable", detail: answer.printed };
  }
  if (file && !(await fileIsThere(session, step, mark))) return { state: "not done" };
  const checks = guard.length > 0 || file ? guard : proof;
  if (checks.length === 0 && !file)
    return { state: "unknown", detail: sets.length > 0 ? "it only reads" : "it has no guard" };
  for (const check of checks) {
    const answer = await askCheck(session, step, check, mark);
    if (answer.says === "broken" && check.role === "guard") return { state: "broken", detail: answer.error.message };
    if (answer.says !== "yes") return { state: "not done" };
  }
  return { state: "done" };
}
