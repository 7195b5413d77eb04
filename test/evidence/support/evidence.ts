import type { Evidence, StepEvidence } from "../../../src/evidence/index.ts";
import { stepHash } from "../../../src/language/meaning/hash.ts";
import type { Runbook } from "../../../src/language/model/runbook.ts";

/** Evidence that a runbook, the last of `order`, was proved as it is now; some of it told otherwise. */
export function evidenceOf(order: readonly Runbook[], other: Partial<Evidence> = {}): Evidence {
  const runbook = order.at(-1);
  if (!runbook) throw new Error("no runbook");
  return {
    version: 1,
    runbook: runbook.id,
    platform: "lxc-debian-12-amd64",
    date: "2026-11-24T21:00:00Z",
    commit: "0123456789abcdef",
    durationMs: 61_000,
    host: { os: "Debian 12.11", kernel: "6.18.44", cgroup: 2, tools: { bash: "5.2.15" } },
    values: {},
    steps: runbook.steps.map(({ id }, index) => stepOf(id, stepHash(order, runbook.steps[index] as never))),
    again: "passed",
    restart: "passed",
    undo: "passed",
    residue: [],
    lastFailure: null,
    ...other,
  };
}

function stepOf(id: string, hash: string): StepEvidence {
  const phase = { exitCode: 0, durationMs: 6000, output: `${id} ran\n`, cut: false };
  return { id, hash, outcome: "passed", durationMs: 6100, exitCode: 0, phases: [{ phase: "run", ...phase }] };
}
