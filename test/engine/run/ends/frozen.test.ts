import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makePlace, pageOf, runPage } from "../../support/run-page.ts";

/** A page whose step stops its target's whole shell, supervisor too, as freezing a container does. */
const frozen = (work: string, timeout: string): string =>
  pageOf(
    [
      [
        `sh step="freeze" on="inner"${timeout}`,
        // The worker's parent waits for it, and that one's parent is the supervisor.
        `p=$PPID\nq=$(awk '{ print $4 }' /proc/$p/stat)\necho "$p $q $$" >${work}/pids\nsetsid sh -c "sleep 0.3; kill -STOP $p $q; kill -STOP $$" >/dev/null 2>&1 &\nsleep 60`,
      ],
      ['sh step="after"', "echo after"],
    ],
    "  targets:\n    inner: env INNER=1\n",
  );

function thaw(work: string): void {
  onTestFinished(() => {
    for (const pid of readFileSync(join(work, "pids"), "utf8").trim().split(/\s+/)) {
      try {
        process.kill(Number(pid), "SIGCONT");
        process.kill(Number(pid), "SIGKILL");
      } catch {
        // It is gone.
      }
    }
  });
}

test("a step's limit holds on a target that is frozen, and the run goes on", async () => {
  const { work } = makePlace({});
  thaw(work);
  const begun = performance.now();
  const done = await runPage(makePlace({ "page.md": frozen(work, ' timeout="1s"') }), { keepGoing: true });
  expect(done.steps.get("page/freeze")).toMatchObject({ outcome: "failed", error: { code: "timeout" } });
  expect(done.output("after")).toBe("after\n");
  expect(performance.now() - begun).toBeLessThan(45_000);
});

test("the first interrupt ends a run whose target is frozen", async () => {
  const { work } = makePlace({});
  thaw(work);
  const interrupt = new AbortController();
  const done = await runPage(makePlace({ "page.md": frozen(work, "") }), {
    interrupt: interrupt.signal,
    onEvent: (event) => {
      if (event.type === "step-started") setTimeout(() => interrupt.abort(), 2000);
    },
  });
  expect(done.result).toMatchObject({ outcome: "cancelled", exitCode: 130 });
});

test("a target that is frozen between its steps, or while it tells its state, holds up neither the run's end nor Ctrl-C", async () => {
  const { work } = makePlace({});
  thaw(work);
  const note = `p=$PPID\nq=$(awk '{ print $4 }' /proc/$p/stat)\necho "$p $q $$" >>${work}/pids`;
  const targets = "  targets:\n    inner: env INNER=1\n";
  const between = makePlace({
    "page.md": pageOf(
      [
        ['sh step="leave" on="inner"', `${note}\nsleep 90 &`],
        ['sh step="freeze"', `kill -STOP $(cat ${work}/pids)\nsleep 3`],
      ],
      targets,
    ),
  });
  expect((await runPage(between)).result.outcome).toBe("passed");
  // The copy of the shell that tells a large state is stopped.
  const telling = makePlace({
    "page.md": pageOf(
      [
        [
          'sh step="freeze" on="inner"',
          `${note}\nX=$(head -c 50000000 /dev/zero | tr '\\0' x)\nw=$$\nsetsid sh -c "sleep 0.2; copies=\\$(cat /proc/$w/task/$w/children); kill -STOP $w \\$copies; echo \\$copies >>${work}/pids" >/dev/null 2>&1 &`,
        ],
      ],
      targets,
    ),
  });
  const interrupt = new AbortController();
  const done = await runPage(telling, {
    interrupt: interrupt.signal,
    onEvent: (event) => {
      if (event.type === "phase-finished" && event.phase === "run") setTimeout(() => interrupt.abort(), 1500);
    },
  });
  expect(done.result).toMatchObject({ outcome: "cancelled", exitCode: 130 });
  expect(done.steps.get("page/freeze")?.outcome).toBe("failed");
});
