import { lineage } from "../../plan/lineage.ts";
import { noPast, type PastWork, pastWork } from "../../plan/past-work.ts";
import type { Plan } from "../../plan/plan.ts";
import { outlineOf } from "../../plan/undo/recorded-step.ts";
import { Masker } from "../../secrets/mask.ts";
import { Services } from "../../step/service/services.ts";
import { type LiveRun, markOf } from "../../step/step-in-hand.ts";
import { Targets } from "../../target/targets.ts";
import type { RunOptions } from "../options.ts";
import { RunLog } from "../run-log.ts";
import { keptValues, valuesOf } from "./values.ts";

/** A run that has been opened: it is in the journal, and nothing of it has begun. */
export interface OpenRun {
  plan: Plan;
  live: LiveRun;
  log: RunLog;
  /** What the runs that it resumes did, as the journal has it now: their background processes may have ended meanwhile. */
  past: () => PastWork;
}

/** What a run is for: to do its plan, or to undo the work of these runs. */
export interface RunKind {
  undoes?: string[];
}

/** Opens what the steps of a run share, and writes the run into the journal. */
export function openRun(plan: Plan, options: RunOptions, kind: RunKind): OpenRun {
  const { journal, host, listen, interrupt, resume } = options;
  const { undoes } = kind;
  const run = journal.newRunId();
  options.named?.(run);
  const values = valuesOf(plan);
  const secrets = [...plan.values.values()].filter((value) => value.parameter.secret);
  const masker = new Masker(secrets.flatMap((value) => (value.text === undefined ? [] : [value.text])));
  const before = resume ? lineage(journal, resume) : [];
  journal.createRun({
    id: run,
    kind: undoes ? "undo" : "exec",
    runbook: plan.runbook.id,
    host: host.name,
    started: new Date().toISOString(),
    values: keptValues(plan, masker),
    secrets: secrets.map((value) => value.name),
    runbooks: plan.runbooks.map(outlineOf),
    steps: plan.steps.map(({ key, hash, target }) => ({ key, hash, target: target.key })),
    options: { selected: plan.steps.filter((step) => step.selected).map((step) => step.key) },
    pid: process.pid,
    ...(resume ? { resumes: resume.id } : {}),
    ...(undoes ? { undoes } : {}),
  });
  for (const { id } of [...before].reverse()) for (const { name, value } of journal.sets(id)) values.set(name, value);
  const targets = new Targets({
    run,
    host,
    values: () => values,
    marks: (key) =>
      plan.steps.flatMap(({ index, target, step }) => {
        // A service has a shell of its own, which makes its group.
        return target.key === key && !step.background ? [markOf(run, index, 1)] : [];
      }),
    stateOf: (key) => before.map(({ id }) => journal.lastState(id, key)).find((state) => state !== undefined),
    signal: interrupt.first,
    entered: (target, command, pid) => journal.addShell(run, { target, command, pid }),
  });
  const log = new RunLog({ run, plan, journal, listen, masker });
  const services = new Services();
  const live = { id: run, host, targets, services, values, masker, interrupt, log, pages: pageNumbers(plan) };
  return { plan, live, log, past: () => (resume ? pastWork(journal, before) : noPast) };
}

/** The numbers by which the shells of a run name its pages. */
export function pageNumbers(plan: Plan): Map<string, number> {
  return new Map(plan.runbooks.map((runbook, index) => [runbook.file, index]));
}
