import { RunbookError } from "../../../errors/runbook-error.ts";
import type { Fence, Parameter, Runbook } from "../../../language/model/runbook.ts";
import { checkValue } from "../../../language/values/check-value.ts";
import { bareStep } from "../../plan/bare-step.ts";
import type { Plan, PlanStep, PlanValue } from "../../plan/plan.ts";
import { checkLimitMs } from "../../step/checks.ts";
import { held, runPhase } from "../../step/phase/phase.ts";
import { type LiveRun, StepInHand } from "../../step/step-in-hand.ts";
import { hostTarget } from "../../target/target-key.ts";

/**
 * Works out the values that a runbook declares as computed and that nobody gave: on the host, in a copy of its shell,
 * in order, each seeing those above it. Throws `computed-failed`.
 */
export async function computeValues(plan: Plan, live: LiveRun, runbook: Runbook): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const parameter of runbook.params) {
    const value = plan.values.get(parameter.name);
    if (!value || value.text !== undefined || typeof parameter.default !== "object") continue;
    const text = await compute(plan, live, runbook, parameter, parameter.default.command);
    const known: PlanValue = { ...value, text, origin: "computed" };
    plan.values.set(parameter.name, known);
    live.values.set(parameter.name, text);
    found[parameter.name] = text;
  }
  return found;
}

async function compute(
  plan: Plan,
  live: LiveRun,
  runbook: Runbook,
  parameter: Parameter,
  command: string,
): Promise<string> {
  const fence: Fence = { language: "sh", text: command, span: parameter.span, lines: [parameter.span.start] };
  const step: PlanStep = {
    key: `${runbook.id}/${parameter.name}`,
    // Its place is that of the step before which it is worked out.
    index: plan.steps.findIndex((other) => other.runbook === runbook),
    target: hostTarget,
    runbook,
    step: bareStep(parameter.name, "host", fence),
    hash: "",
    selected: true,
  };
  const hand = new StepInHand(live, step);
  const result = await runPhase(hand, { phase: "when", fence, copy: true, timeoutMs: checkLimitMs, silent: true });
  const where = `${runbook.file}:${parameter.span.start.line}:${parameter.span.start.column}`;
  if (!held(result)) {
    const said = result.why
      ? `the state of the host's shell cannot be read (${result.why}).`
      : (result.stderr.trim().split("\n").at(-1) ?? "");
    throw new RunbookError(
      "computed-failed",
      `The default of ${parameter.name} could not be worked out (${where}): ${said}`,
      {
        hint: `Give it: ${parameter.name}=…`,
      },
    );
  }
  const text = result.stdout.replace(/\n+$/, "");
  // The message names the value, which may contain a secret.
  const problem = live.masker.text(checkValue(parameter, text) ?? "");
  if (problem) {
    throw new RunbookError("computed-bad", `The default of ${parameter.name} came out wrong (${where}): ${problem}`, {
      hint: `Give it: ${parameter.name}=…`,
    });
  }
  return text;
}
