import type { Evidence } from "../../evidence/schema.ts";
import { type Inventory, takeInventory } from "../residue/inventory.ts";
import { lostThings } from "../residue/lost.ts";
import { expectAgain, ranAgain } from "./again.ts";
import { expectStanding } from "./findings/expect-findings.ts";
import { ProofFailed } from "./findings/verdict.ts";
import { expectPassed } from "./first-run.ts";
import type { Stages } from "./stages.ts";

/**
 * What must hold on a host that has just restarted. The runbook's work is still there, before anything else runs; or, where the page says
 * that a restart takes it away, one more run brings all of it back.
 */
export async function expectRestarted(stages: Stages, before: Inventory, ran: Inventory): Promise<Evidence["restart"]> {
  const transient = stages.runbook.verify?.transient !== undefined;
  if (transient) await expectBroughtBack(stages);
  else {
    expectStanding(stages, await stages.inspect("prove"), "restart");
    expectAgain(stages, await stages.exec({}), "restart");
  }
  expectStanding(stages, await stages.inspect("prove"), "restart");
  expectNothingLost(stages, before, ran, await takeInventory(stages.host));
  return transient ? "rerun" : "passed";
}

/** A run after the restart must pass, and must have had something to do: else the page says of itself what is not so. */
async function expectBroughtBack(stages: Stages): Promise<void> {
  const seen = await stages.exec({});
  expectPassed(stages, seen, "restart");
  if (ranAgain(stages, seen).length > 0) return;
  throw new ProofFailed({
    stage: "restart",
    step: null,
    message: "The page says that a restart takes its work away (`transient`), and all of it was still there.",
    hint: "Take `transient` out of `verify:`.",
    place: stages.placeOf(null),
  });
}

/** Things that the run brought must outlive a restart, even where no proof asks for them. */
function expectNothingLost(stages: Stages, before: Inventory, ran: Inventory, now: Inventory): void {
  const lost = lostThings(before, ran, now);
  if (lost.length === 0) return;
  throw new ProofFailed({
    stage: "restart",
    step: null,
    message: `The run brought what the restart took away again: ${lost.join("\n")}`,
    hint: "Write it where the system reads it at boot, and let a proof ask for it.",
    place: stages.placeOf(null),
  });
}
