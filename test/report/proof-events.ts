import type { ProofError, ProofEvent, Stage } from "../../src/evidence/events.ts";
import type { ReportEvent } from "../../src/report/report.ts";
import { output, phaseFinished, runFinished, runStarted, stepFinished, stepStarted } from "./events.ts";

/** The id of the recorded proof. */
export const PROOF_RUN = "20261124-2100-prf2";

const known = {
  time: "2026-11-24T21:00:00.000Z",
  run: PROOF_RUN,
  runbook: "lxc-new",
  platform: "lxc-debian-12-amd64",
  file: "content/lxc/new.md",
  line: 1,
};

/** The failure of the stage `undo`. */
export const PROOF_ERROR: ProofError = {
  code: "undo",
  message: 'After undo the guard of "create" still says that its work is done.',
  hint: "Its undo leaves it.",
  file: "content/lxc/new.md",
  line: 6,
  column: 1,
};

/** An event of a proof, with what each of them has. */
export function proofEvent(event: Partial<ProofEvent> & Pick<ProofEvent, "type">): ProofEvent {
  return { ...known, ...event } as ProofEvent;
}

/** The same event, as one of a run in a stage of the proof. */
export function inProof(event: ReportEvent, stage: Stage, run = `run-${stage}`): ReportEvent {
  return { ...event, run, proof: { run: PROOF_RUN, stage } } as ReportEvent;
}

/** A stage that passes, around the events of its runs. */
export function stage(name: Stage, events: readonly ReportEvent[] = []): ReportEvent[] {
  return [
    proofEvent({ type: "stage-started", stage: name, values: {} }),
    ...events.map((event) => inProof(event, name)),
    proofEvent({ type: "stage-finished", stage: name, values: {}, outcome: "passed", durationMs: 1000 }),
  ];
}

/** The events of a run of one step. */
export function oneStep(...more: Parameters<typeof stepFinished>): ReportEvent[] {
  return [
    runStarted(),
    stepStarted("create"),
    output("create", "Unpacking\n"),
    phaseFinished("create", "run"),
    stepFinished(...more),
    runFinished("passed", 0, { passed: 1 }),
  ];
}

/** A proof that holds. */
export const GOOD_PROOF: readonly ReportEvent[] = [
  proofEvent({ type: "proof-started" }),
  ...stage("look"),
  ...stage("run", oneStep("create", "passed")),
  ...stage("again", oneStep("create", "skipped", { reason: "guard" })),
  proofEvent({ type: "proof-finished", outcome: "passed", durationMs: 61_000, notProved: ["key"] }),
];

/** A proof whose undo leaves something, while another one goes on. */
export const BAD_PROOF: readonly ReportEvent[] = [
  proofEvent({ type: "proof-started" }),
  proofEvent({ type: "proof-started", run: "other", runbook: "lxc-host" }),
  ...stage("run", oneStep("create", "passed")),
  proofEvent({ type: "stage-started", stage: "undo", values: {} }),
  proofEvent({
    type: "stage-finished",
    stage: "undo",
    values: {},
    outcome: "failed",
    durationMs: 2000,
    error: PROOF_ERROR,
  }),
  proofEvent({
    type: "proof-finished",
    run: "other",
    runbook: "lxc-host",
    outcome: "passed",
    durationMs: 2,
    since: "2026-11-23T10:00:00Z",
  }),
  proofEvent({ type: "proof-finished", outcome: "failed", durationMs: 33_000, error: PROOF_ERROR }),
];
