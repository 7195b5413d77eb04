import { expect, test } from "vitest";
import type { Journal } from "../../../src/engine/journal/journal.ts";
import type { NewRun, StepEnd } from "../../../src/engine/journal/record.ts";
import { passed, sampleRun, temporaryState } from "./sample.ts";

const skipped: Partial<StepEnd> = { outcome: "skipped", reason: "guard" };

function finished(journal: Journal, id: string, end: Partial<StepEnd>, change: Partial<NewRun> = {}): void {
  journal.createRun(sampleRun({ id, ...change }));
  if (end === skipped) journal.startStep(id, "lxc-new/create");
  else journal.beginStep(id, "lxc-new/create", 1);
  journal.saveState(id, "lxc-new/create", { target: "host", state: `state of ${id}` });
  journal.finishStep(id, "lxc-new/create", passed(end));
  journal.finishRun(id, "passed", 0);
}

test("runs that an undo needs, or that are not done with, stay", () => {
  using state = temporaryState();
  const journal = state.open();
  finished(journal, "begun", {}, {});
  finished(journal, "worked", {}, { resumes: "begun" });
  finished(journal, "skipped", skipped);
  finished(journal, "undone", {});
  journal.markUndone("undone", "lxc-new/create");
  finished(journal, "undo", {}, { kind: "undo" });
  finished(journal, "read", {});
  journal.addSets("read", "lxc-new/create", "IP", "10.0.3.2");
  journal.createRun(sampleRun({ id: "open" }));

  expect(journal.prune({}).toSorted()).toEqual(["read", "skipped", "undo", "undone"]);
  expect(journal.runs().map((run) => run.id)).toEqual(["open", "worked", "begun"]);
  expect(journal.stateAfter("worked", "lxc-new/create")).toBe("state of worked");
  expect(journal.prune({ force: true }).toSorted()).toEqual(["begun", "worked"]);
  expect(journal.runs().map((run) => run.id)).toEqual(["open"]);
});

test("a step that was killed in its midst is what an undo may need, even when its run was swept", () => {
  using state = temporaryState();
  const journal = state.open();
  journal.createRun(sampleRun({ id: "killed" }));
  journal.beginStep("killed", "lxc-new/create", 1);
  journal.markSwept("killed");
  expect(journal.prune({})).toEqual([]);
});

test("what a kept run goes on with stays, whatever it did", () => {
  using state = temporaryState();
  const journal = state.open();
  finished(journal, "other", skipped);
  finished(journal, "first", skipped);
  finished(journal, "second", skipped, { resumes: "first" });
  finished(journal, "third", skipped, { resumes: "second" });
  expect(journal.prune({ count: 1 })).toEqual(["other"]);
  expect(journal.prune({})).toEqual(["third", "second", "first"]);
});

test("age and number both keep a run", () => {
  using state = temporaryState();
  const journal = state.open();
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  for (const days of [9, 8, 7, 2, 1]) finished(journal, `${days} days`, skipped, { started: daysAgo(days) });
  expect(journal.prune({ days: 5, count: 3 }).toSorted()).toEqual(["8 days", "9 days"]);
  expect(journal.prune({ days: 5 })).toEqual(["7 days"]);
  expect(journal.prune({ count: 1 })).toEqual(["2 days"]);
});
