import { RunbookError } from "../../errors/runbook-error.ts";
import type { Stage } from "../../evidence/events.ts";
import type { Evidence, Verdict } from "../../evidence/schema.ts";
import { evidenceHost } from "../evidence/host-facts.ts";
import { packagesOf } from "../evidence/package-list.ts";
import { type Machine, sanitise } from "../evidence/sanitise.ts";
import { Traffic } from "../evidence/traffic.ts";
import { restartKept } from "../machine/restart-kept.ts";
import type { LayerRecord } from "../machine/store.ts";
import { networksWithin } from "../residue/inventory.ts";
import { changesBetween, type Look, lookAt } from "../residue/look.ts";
import { residueOf } from "../residue/residue.ts";
import { expectedOutput } from "../update/rewrite-output.ts";
import { expectAgain } from "./again.ts";
import { expectNoCanary } from "./findings/canary.ts";
import { expectIdle, expectStanding, expectUndone } from "./findings/expect-findings.ts";
import { KeptWatch } from "./findings/kept-watch.ts";
import type { Proof, ProofFailure, ProofResult } from "./findings/verdict.ts";
import { ProofFailed } from "./findings/verdict.ts";
import { expectRun } from "./first-run.ts";
import { expectRestarted } from "./restarted.ts";
import { expectSameByScript } from "./script.ts";
import type { ProofScript } from "./scripts.ts";
import type { Stages } from "./stages.ts";

/** The inputs of a proof besides its stages. */
export interface ProofOptions {
  /** The names of the machine, which are removed from everything that is kept. */
  machine: Machine;
  /** The layer that the runbook's end state becomes; undefined where nothing stands on it. */
  endState?: LayerRecord | undefined;
  /** The scripts that must lead to the same end state. */
  scripts: readonly ProofScript[];
  /** Called where a stage begins. */
  begin: (stage: Stage) => void;
}

/**
 * Proves a runbook on a clean host that has the end state of what it requires: run, proofs, again, restart, undo, and the
 * host as it was before.
 */
export async function proveRunbook(stages: Stages, options: ProofOptions): Promise<ProofResult> {
  const begun = performance.now();
  try {
    const proof = await allStages(stages, options);
    return { outcome: "proved", proof: { ...proof, durationMs: Math.round(performance.now() - begun) } };
  } catch (error) {
    if (error instanceof ProofFailed) return { outcome: "failed", failure: cleaned(error.failure, options.machine) };
    if (error instanceof RunbookError && error.code === "blocked") {
      return { outcome: "blocked", message: error.message, hint: error.hint ?? "" };
    }
    throw error;
  }
}

async function allStages(stages: Stages, options: ProofOptions): Promise<Omit<Proof, "durationMs">> {
  const { host, runbook } = stages;
  const { begin, machine } = options;
  begin("look");
  await stages.wake();
  const before = await lookAt(host, "before");

  begin("run");
  const kept = new KeptWatch(host, runbook);
  const traffic = new Traffic(host);
  const first = await stages.exec({
    beforeStep: async (step) => {
      await kept.beforeStep(step);
      await traffic.beforeStep(step);
    },
  });
  await traffic.end();
  await kept.end();
  expectRun(stages, first);
  const facts = await evidenceHost(host, runbook);
  begin("proofs");
  expectStanding(stages, await stages.inspect("prove"), "run");

  const ran = await lookAt(host, "ran");
  for (const network of networksWithin(ran.inventory)) machine.addresses.allow(network);

  begin("again");
  expectAgain(stages, await stages.exec({}), "again");

  let restart: Evidence["restart"] = "skipped";
  if (host.restart) {
    begin("restart");
    await restartKept(host, options.endState);
    restart = await expectRestarted(stages, before.inventory, ran.inventory);
  }

  begin("undo");
  const undone = await stages.undo();
  expectUndone(stages, undone, first.transcript, await stages.inspect("status"));

  begin("residue");
  const changes = await changesSince(stages, before);
  const residue = residueOf(changes, kept.changes).map((one) => ({ ...one, name: sanitise(one.name, machine) }));
  expectNothingLeft(stages, residue);

  if (runbook.steps.some(({ proof }) => proof.length > 0)) {
    begin("probe");
    await host.reset?.();
    expectIdle(stages, await stages.inspect("probe"));
  }

  for (const script of options.scripts) {
    begin(script.stage);
    await expectSameByScript(stages, ran, script);
  }
  const tried = (stage: ProofScript["stage"]): Verdict =>
    options.scripts.some((script) => script.stage === stage) ? "passed" : "skipped";
  const steps = runbook.steps.flatMap((step) => {
    const seen = first.transcript.evidenceOf(step.id, stages.hashOf(step), machine);
    const downloadedBytes = traffic.downloaded(`${runbook.id}/${step.id}`);
    return seen ? [{ ...seen, ...(downloadedBytes !== undefined && { downloadedBytes }) }] : [];
  });
  const values = Object.fromEntries(
    Object.entries(first.values).map(([name, text]) => [name, sanitise(text, machine)]),
  );
  expectNoCanary(stages, [JSON.stringify(steps), JSON.stringify(values)]);
  const passed = { again: "passed", restart, undo: "passed" } as const;
  const scripts = { script: tried("script"), copied: tried("copied") };
  return { steps, ...passed, ...scripts, residue, values, host: facts, packages: packagesOf(ran.inventory) };
}

async function changesSince(stages: Stages, before: Look): ReturnType<typeof changesBetween> {
  return await changesBetween(before, await lookAt(stages.host, "after"));
}

function expectNothingLeft({ runbook }: Stages, residue: ReturnType<typeof residueOf>): void {
  const left = residue.filter(({ keeps }) => keeps === null);
  if (left.length === 0) return;
  const shown = left.slice(0, 20).map(({ kind, name, change }) => `${kind} ${name} (${change})`);
  const more = left.length > shown.length ? `\n… and ${left.length - shown.length} more` : "";
  throw new ProofFailed({
    stage: "undo",
    step: null,
    message: `Undo leaves the host other than it was: ${shown.join("\n")}${more}`,
    hint: 'Let an undo take it away, or write `keeps="why"` on the step that makes it.',
    place: { file: runbook.file, ...runbook.span.start },
  });
}

/** A failure goes into an evidence file and into CI's logs. */
function cleaned(failure: ProofFailure, machine: Machine): ProofFailure {
  const { differs, ...rest } = failure;
  return {
    ...rest,
    message: sanitise(failure.message, machine),
    ...(differs && {
      differs: differs.map(({ step, printed }) => ({ step, printed: expectedOutput(printed, machine) })),
    }),
  };
}
