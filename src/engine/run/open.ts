import { lineage } from "../plan/lineage.ts";
import type { Plan } from "../plan/plan.ts";
import { Masker } from "../secrets/mask.ts";
import { Targets } from "../target/targets.ts";
import type { RunOptions } from "./options.ts";
import { emitter, markOf, type Session } from "./session.ts";

/** A session with what its opener alone may do. */
export interface OpenSession extends Session {
  /** The run ended out of order: nothing of it is left to be swept where it never began a step. */
  abandon(): void;
}

/** Opens what the steps of a run share, and notes the run in the journal. */
export async function openSession(plan: Plan, options: RunOptions, kind: "exec" | "undo"): Promise<OpenSession> {
  const { journal, listen, ask, yes, each = false, interrupt, resume, host } = options;
  const id = journal.newRunId();
  const values = new Map<string, string>();
  for (const value of plan.values.values()) if (value.text !== undefined) values.set(value.name, value.text);
  const secrets = [...plan.values.values()].filter((value) => value.parameter.secret);
  const masker = new Masker(secrets.flatMap((value) => (value.text === undefined ? [] : [value.text])));
  const before = resume ? lineage(journal, resume) : [];
  const { done, doubtful } = whatIsDone(journal, before);
  for (const run of [...before].reverse()) for (const set of journal.sets(run.id)) values.set(set.name, set.value);
  journal.createRun({
    id,
    kind,
    runbook: plan.runbook.id,
    host: host.name,
    started: new Date().toISOString(),
    values: Object.fromEntries([...values].filter(([, text]) => !masker.contains(text))),
    secrets: secrets.map((value) => value.name),
    steps: plan.steps.map(({ key, hash, target }) => ({ key, hash, target: target.key })),
    options: { selected: plan.steps.filter((step) => step.selected).map((step) => step.key) },
    pid: process.pid,
    ...(resume ? { resumes: resume.id } : {}),
  });
  const targets = new Targets({
    run: id,
    host,
    values: () => values,
    marks: (key) => plan.steps.flatMap(({ index, target }) => (target.key === key ? [markOf(id, index, 1)] : [])),
    stateOf: (key) => before.map((run) => journal.lastState(run.id, key)).find((state) => state !== undefined),
    signal: options.interrupt.first,
    entered: (key, command, worker) => journal.addShell(id, key, { command, pid: worker, nonce: "" }),
  });
  return {
    id,
    plan,
    journal,
    host,
    targets,
    masker,
    values,
    pages: new Map(plan.runbooks.map((runbook, index) => [runbook.file, index])),
    ask,
    yes,
    each,
    interrupt,
    emit: emitter(id, listen),
    done,
    doubtful,
    counts: { passed: 0, skipped: 0, failed: 0, blocked: 0, cancelled: 0 },
    abandon() {
      if (journal.steps(id).some((step) => step.begun !== undefined)) return;
      journal.finishRun(id, "blocked", 3);
    },
  };
}

/** What the runs that are gone on with did, and what they left in doubt. */
function whatIsDone(
  journal: RunOptions["journal"],
  before: ReturnType<typeof lineage>,
): { done: Set<string>; doubtful: Set<string> } {
  const done = new Set<string>();
  const doubtful = new Set<string>();
  for (const run of [...before].reverse()) {
    for (const step of journal.steps(run.id)) {
      if (step.begun === undefined || step.undone) continue;
      const outcome = step.end?.outcome;
      if (outcome === "passed" || (outcome === "skipped" && step.end?.reason !== "deselected")) {
        done.add(step.key);
        doubtful.delete(step.key);
      } else if (step.end === undefined || step.end.ran) {
        done.delete(step.key);
        doubtful.add(step.key);
      }
    }
  }
  return { done, doubtful };
}
