import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { killSupervisors } from "../../support/processes.ts";
import { makePlace, pageOf, runPage } from "../../support/run-page.ts";

/** The control groups of a run's steps that are left on this machine. */
const groupsOf = (run: string): string[] => globSync(`/sys/fs/cgroup/**/runbook-${run}-*`);

const targets = "  targets:\n    inner: env INNER=1\n";

test.each(["a", "b", "c"])(
  "a run whose supervisors are killed at step %s ends with its steps told, and leaves no group",
  async (at) => {
    const page = pageOf(
      [
        ['sh step="a"', "echo a; sleep 0.3"],
        ['sh step="b" on="inner"', "echo b; sleep 0.3"],
        ['sh step="c"', "echo c; sleep 0.3"],
      ],
      targets,
    );
    const done = await runPage(makePlace({ "page.md": page }), {
      keepGoing: true,
      onEvent: (event) => {
        if (event.type === "output" && event.step === at) killSupervisors(event.run);
      },
    });
    expect(done.events.at(-1)).toMatchObject({ type: "run-finished" });
    expect(done.steps.size).toBe(3);
    expect(groupsOf(done.result.run)).toEqual([]);
  },
);
