import type { Journal } from "../../../engine/journal/journal.ts";
import type { Plan } from "../../../engine/plan/plan.ts";
import { computeValues } from "../../../engine/run/begin/computed.ts";
import { Inspection } from "../../../engine/run/inspect.ts";
import type { InspectOptions } from "../../../engine/run/options.ts";
import { askCheck, prove } from "../../../engine/step/checks.ts";
import { isDone } from "../../../engine/step/is-done.ts";
import type { StepInHand } from "../../../engine/step/step-in-hand.ts";
import { RunbookError } from "../../../errors/runbook-error.ts";
import type { Finding } from "../process/job.ts";

/** The inputs of asking a host. */
export interface AskOptions extends InspectOptions {
  journal: Journal;
  /** Ask what the runbook requires, instead of its own steps. */
  required?: boolean;
}

/** Asks every proof of a plan's steps, those of steps that a run would skip, too. */
export async function askProofs(plan: Plan, options: AskOptions): Promise<Finding[]> {
  return await eachStep(plan, options, async (hand) => {
    const { key, step } = hand.step;
    for (const when of step.when) {
      const answer = await askCheck(hand, when);
      if (answer.says === "no") return { step: key, state: "not applicable" };
      if (answer.says === "broken") return { step: key, state: "broken", error: answer.error };
    }
    // A service that runs beside the steps ended with the run.
    if (step.proof.length === 0 || step.background) return { step: key, state: "nothing to ask" };
    const error = await prove(hand);
    return error ? { step: key, state: "fails", error } : { step: key, state: "holds" };
  });
}

/** Asks whether the work of every step of a plan is there. */
export async function askGuards(plan: Plan, options: AskOptions): Promise<Finding[]> {
  return await eachStep(plan, options, async (hand) => {
    const verdict = await isDone(hand);
    const finding = { step: hand.step.key, state: STATES[verdict.says] };
    return verdict.says === "broken" ? { ...finding, error: verdict.error } : finding;
  });
}

/** Milliseconds for one answer of a proof whose step has not run: it may wait for what never comes. */
const probeLimitMs = 10_000;

/**
 * Asks each proof of the steps whose work is not there, once, and then whether it is there now. A finding that `holds` is of
 * a step whose proof did its work.
 */
export async function probeProofs(plan: Plan, options: AskOptions): Promise<Finding[]> {
  return await eachStep(plan, options, async (hand) => {
    const { key, step } = hand.step;
    const untold = { step: key, state: "nothing to ask" } as const;
    if (step.proof.length === 0 || step.background || (await isDone(hand)).says !== "not done") return untold;
    for (const proof of step.proof) {
      await askCheck(hand, { ...proof, timeoutMs: Math.min(proof.timeoutMs ?? probeLimitMs, probeLimitMs) });
    }
    return { step: key, state: (await isDone(hand)).says === "done" ? "holds" : "fails" };
  });
}

const STATES = {
  done: "holds",
  "not done": "fails",
  unknown: "nothing to ask",
  "not applicable": "not applicable",
  broken: "broken",
} as const satisfies Record<Awaited<ReturnType<typeof isDone>>["says"], Finding["state"]>;

async function eachStep(
  plan: Plan,
  options: AskOptions,
  ask: (hand: StepInHand) => Promise<Finding>,
): Promise<Finding[]> {
  const inspection = new Inspection(plan, options);
  // The checks see the variables that the steps of the last run handed on.
  const last = options.journal.runs().find((run) => run.kind === "exec" && run.host === options.host.name);
  if (last) for (const { name, value } of options.journal.sets(last.id)) inspection.live.values.set(name, value);
  try {
    const findings: Finding[] = [];
    let computed: string | undefined;
    for (const step of plan.steps) {
      if (step.runbook.id !== computed) {
        computed = step.runbook.id;
        await computeValues(plan, inspection.live, step.runbook).catch((error: unknown) => {
          // After an undo, the source of a computed default may be gone.
          if (!(error instanceof RunbookError)) throw error;
        });
      }
      const own = step.runbook === plan.runbook;
      if (own !== (options.required ?? false)) findings.push(await ask(inspection.hand(step)));
    }
    return findings;
  } finally {
    await inspection.close();
  }
}
