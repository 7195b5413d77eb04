import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal } from "../../../src/engine/journal/journal.ts";
import type { NewRun, StepEnd } from "../../../src/engine/journal/record.ts";

/** A run with some steps, as the engine would write it down. */
export function sampleRun(change: Partial<NewRun> = {}): NewRun {
  return {
    id: "20261124-2250-k3f9",
    kind: "exec",
    runbook: "lxc-new",
    host: "localhost",
    started: new Date().toISOString(),
    values: { CONTAINER: "web1" },
    secrets: ["TOKEN"],
    runbooks: [],
    steps: ["create", "network", "start"].map((id) => ({ key: `lxc-new/${id}`, hash: `sha256-${id}`, target: "host" })),
    options: { yes: true },
    pid: process.pid,
    ...change,
  };
}

/** The end of a step that ran and held. */
export function passed(change: Partial<StepEnd> = {}): StepEnd {
  return { outcome: "passed", exitCode: 0, durationMs: 12, ...change };
}

/** A state directory of its own, taken away with the journal when the caller's scope ends. */
export function temporaryState() {
  const dir = mkdtempSync(join(tmpdir(), "runbook-state-"));
  const opened: Journal[] = [];
  return {
    dir,
    open(): Journal {
      const journal = Journal.open(dir);
      opened.push(journal);
      return journal;
    },
    [Symbol.dispose]() {
      for (const journal of opened) journal.close();
      rmSync(dir, { recursive: true });
    },
  };
}
