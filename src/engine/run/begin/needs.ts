import { RunbookError } from "../../../errors/runbook-error.ts";
import { hostFacts, missingNeeds } from "../../facts/facts.ts";
import type { Plan } from "../../plan/plan.ts";
import { type LiveRun, markOf } from "../../step/step-in-hand.ts";
import { hostTarget } from "../../target/target-key.ts";

/** Throws `blocked` where the host lacks what a runbook of the plan needs and no runbook can supply. */
export async function refuseNeeds(live: LiveRun, plan: Plan): Promise<void> {
  const needs = [...new Set(plan.runbooks.flatMap((runbook) => runbook.needs))];
  if (needs.length === 0) return;
  const shell = await live.targets.shell(hostTarget);
  const ask = async (text: string): Promise<{ exitCode: number; stdout: string; stderr: string }> => {
    const said = { stdout: "", stderr: "" };
    const request = { text, line: 2, copy: true, pipefail: false, sets: [], keep: false, exports: new Map() };
    const { status } = await shell.text({ ...request, mark: markOf(live.id, 0, 0) }, (stream, bytes) => {
      said[stream] += bytes.toString("utf8");
    });
    return { exitCode: status ?? 1, ...said };
  };
  const facts = await hostFacts(ask, { network: needs.includes("internet") });
  const missing = missingNeeds(needs, facts);
  if (missing.length === 0) return;
  throw new RunbookError("blocked", `${plan.runbook.id}: ${missing.map(({ message }) => message).join(" ")}`, {
    hint: missing.map(({ hint }) => hint).join(" "),
  });
}
