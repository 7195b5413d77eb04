import { expect, test, vi } from "vitest";
import { passed, sampleRun, temporaryState } from "./sample.ts";

test("a run comes back as it was written", () => {
  using state = temporaryState();
  const journal = state.open();
  const run = sampleRun({
    resumes: "20261123-0000-aaaa",
    undoes: ["a", "b"],
    values: { ["__proto__"]: "x", TEXT: "ü\u0000\u{1f600}\n" },
  });
  journal.createRun(run);
  expect(state.open().run(run.id)).toEqual({ ...run, order: 1, swept: false });

  journal.setValues(run.id, { CONTAINER: "web2" });
  journal.finishRun(run.id, "failed", 1);
  const { finished, ...rest } = state.open().run(run.id);
  expect(rest).toEqual({
    ...run,
    values: { CONTAINER: "web2" },
    order: 1,
    swept: false,
    outcome: "failed",
    exitCode: 1,
  });
  expect(finished).toMatch(/^\d{4}-.*Z$/);
});

test("a step is untouched, then begun, then ended", () => {
  using state = temporaryState();
  const journal = state.open();
  const run = sampleRun();
  const key = "lxc-new/create";
  journal.createRun(run);
  expect(journal.steps(run.id)[0]).toEqual({ ...run.steps[0], undone: false, kept: false, output: [] });

  journal.beginStep(run.id, key, 1);
  expect(journal.steps(run.id)[0]).toMatchObject({ begun: 1, attempt: 1 });
  expect(journal.steps(run.id)[0]).not.toHaveProperty("end");

  const end = passed({
    outcome: "failed",
    exitCode: null,
    detail: "why",
    error: { code: "timeout", message: "It took too long.", file: "a.md", line: 3, column: 1 },
    warnings: [],
  });
  journal.finishStep(run.id, key, end);
  expect(journal.steps(run.id)[0]).toMatchObject({ end, finished: expect.stringMatching(/Z$/) });

  journal.beginStep(run.id, key, 2);
  expect(journal.steps(run.id)[0]).toMatchObject({ begun: 2, attempt: 2 });
  expect(journal.steps(run.id)[0]).not.toHaveProperty("end");
});

test("a step that the plan doesn't have is an error of the caller", () => {
  using state = temporaryState();
  const journal = state.open();
  journal.createRun(sampleRun());
  expect(() => journal.beginStep(sampleRun().id, "lxc-new/none", 1)).toThrow("no step lxc-new/none");
  expect(() => journal.beginStep("none", "lxc-new/create", 1)).toThrow("of run none");
});

test("a clock that was set back does not change the order of runs and steps", () => {
  using state = temporaryState();
  const journal = state.open();
  const times = ["2026-11-24T22:50:00Z", "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"];
  vi.useFakeTimers({ toFake: ["Date"] });
  try {
    for (const [index, time] of times.entries()) {
      vi.setSystemTime(time);
      const run = sampleRun({ id: journal.newRunId(), started: time });
      journal.createRun(run);
      journal.beginStep(run.id, "lxc-new/create", 1);
      journal.saveState(run.id, "lxc-new/create", { target: "host", state: `state ${index}` });
      journal.finishStep(run.id, "lxc-new/create", passed());
      vi.setSystemTime("2020-01-01T00:00:00Z");
      journal.beginStep(run.id, "lxc-new/network", 1);
      journal.saveState(run.id, "lxc-new/network", { target: "host", state: `later ${index}` });
    }
  } finally {
    vi.useRealTimers();
  }
  const runs = state.open().runs();
  expect(runs.map((run) => run.started)).toEqual(times.toReversed());
  expect(
    runs.toReversed().flatMap((run) =>
      journal
        .steps(run.id)
        .slice(0, 2)
        .map((step) => step.begun),
    ),
  ).toEqual([1, 2, 3, 4, 5, 6]);
  expect(runs.map((run) => journal.lastState(run.id, "host"))).toEqual(["later 2", "later 1", "later 0"]);
});

test("shell states are kept by step and by target, equal ones once", () => {
  using state = temporaryState();
  const journal = state.open();
  const run = sampleRun();
  journal.createRun(run);
  journal.saveState(run.id, "lxc-new/create", { target: "host", state: "same" });
  journal.saveState(run.id, "lxc-new/network", { target: "container", state: "inside" });
  journal.saveState(run.id, "lxc-new/start", { target: "host", state: "same" });
  expect(journal.stateAfter(run.id, "lxc-new/create")).toBe("same");
  expect(journal.lastState(run.id, "host")).toBe("same");
  expect(journal.lastState(run.id, "container")).toBe("inside");
  expect(journal.lastState(run.id, "nowhere")).toBeUndefined();
  journal.saveState(run.id, "lxc-new/create", { target: "host", state: "again" });
  expect(journal.lastState(run.id, "host")).toBe("again");
});

test("variables, shells and files come back", () => {
  using state = temporaryState();
  const journal = state.open();
  const run = sampleRun();
  journal.createRun(run);
  journal.addSets(run.id, "lxc-new/create", "IP", "10.0.3.20");
  journal.addSets(run.id, "lxc-new/start", "PORT", "");
  journal.addSets(run.id, "lxc-new/create", "IP", "10.0.3.21");
  expect(journal.sets(run.id)).toEqual([
    { key: "lxc-new/start", name: "PORT", value: "" },
    { key: "lxc-new/create", name: "IP", value: "10.0.3.21" },
  ]);

  journal.addShell(run.id, { target: "container", command: "lxc-attach --", pid: 4711 });
  expect(journal.shells(run.id)).toEqual([{ target: "container", command: "lxc-attach --", pid: 4711 }]);

  const file = {
    path: "/etc/resolv.conf",
    existed: true,
    content: Buffer.from([0, 255, 10]),
    mode: 0o644,
    uid: 0,
    gid: 0,
  };
  journal.saveFile(run.id, "lxc-new/create", { ...file, link: "../x" });
  journal.saveFile(run.id, "lxc-new/create", { ...file, content: Buffer.from("what the first attempt wrote") });
  expect(journal.savedFile(run.id, "lxc-new/create")).toEqual({ ...file, link: "../x" });
  journal.saveFile(run.id, "lxc-new/start", { ...file, existed: false, content: Buffer.alloc(0) });
  expect(journal.savedFile(run.id, "lxc-new/start")).toEqual({ ...file, existed: false, content: Buffer.alloc(0) });
  expect(journal.savedFile(run.id, "lxc-new/network")).toBeUndefined();
});

test("changes made together are there together or not at all", () => {
  using state = temporaryState();
  const journal = state.open();
  const run = sampleRun();
  journal.createRun(run);
  expect(() =>
    journal.together(() => {
      journal.beginStep(run.id, "lxc-new/create", 1);
      journal.beginStep(run.id, "lxc-new/none", 1);
    }),
  ).toThrow("no step");
  expect(journal.steps(run.id)[0]).not.toHaveProperty("begun");
});

test("an unfinished run is one that neither ended nor was swept, on its host", () => {
  using state = temporaryState();
  const journal = state.open();
  for (const id of ["ended", "swept", "open", "elsewhere"]) {
    journal.createRun(sampleRun({ id, host: id === "elsewhere" ? "root@far" : "localhost" }));
  }
  journal.finishRun("ended", "passed", 0);
  journal.markSwept("swept");
  expect(journal.unfinished("localhost").map((run) => run.id)).toEqual(["open"]);
  expect(journal.unfinished("root@far").map((run) => run.id)).toEqual(["elsewhere"]);
});

test("a run is found by a beginning that only its id has", () => {
  using state = temporaryState();
  const journal = state.open();
  for (const id of ["20261124-2250-k3f9", "20261124-2251-abcd", "20261124-2251"]) journal.createRun(sampleRun({ id }));
  expect(journal.run("20261124-2250").id).toBe("20261124-2250-k3f9");
  expect(journal.run("20261124-2251").id).toBe("20261124-2251");
  expect(() => journal.run("20261124")).toThrow(expect.objectContaining({ code: "ambiguous-run", exitCode: 2 }));
  expect(() => journal.run("%")).toThrow(expect.objectContaining({ code: "unknown-run" }));
  expect(() => journal.run("")).toThrow(expect.objectContaining({ code: "unknown-run" }));
});
