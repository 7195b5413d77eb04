import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunEvent } from "../../../../src/engine/events.ts";
import { endOnly, killSupervisors, ownSleep, processesOf } from "../../support/processes.ts";
import { makePlace, pageOf, runPage } from "../../support/run-page.ts";

/** Helpers of all kinds, which have `work` on their command lines. */
const tree = (work: string): string => `
sh -c 'sleep 71; : plain' ${work} &
setsid sh -c 'trap "" TERM HUP; while sleep 0.1; do : apart; done' ${work} &
setsid env -i /bin/sh -c 'trap "" TERM HUP; while sleep 0.1; do : bare; done' ${work} &
(setsid env -i /bin/sh -c 'while sleep 0.1; do : orphan; done' ${work} &)
(trap '' TERM; while /bin/sleep 0.1; do :; done) &
nohup sh -c 'sleep 72; : nohup' ${work} >/dev/null 2>&1 &
echo begun
sleep 73`;

test.each(["host", "inner"])(
  "a timeout ends the whole tree of a step on %s, orphans without a mark too",
  async (on) => {
    const { work } = makePlace({});
    const sleep = ownSleep();
    const at = on === "host" ? "" : ` on="${on}"`;
    const done = await runPage(
      makePlace({
        "page.md": pageOf(
          [
            [`sh step="before"${at}`, `x=1\nsh -c 'sleep 74; : before' ${work}/before &\nsetsid sleep ${sleep} &`],
            [`sh step="slow"${at} timeout="1s"`, `x=2${tree(work)}`],
            [
              `sh step="after"${at}`,
              `echo "$x"\npgrep -f "^sh -c sleep 74; : before ${work}" >/dev/null && echo alive\npgrep -f "^sleep ${sleep}" >/dev/null && echo apart`,
            ],
            [
              'sh step="left"',
              `ps -eo args | grep -c "[d]one ${work}\\|[;] : plain ${work}\\|[;] : nohup ${work}" || true`,
            ],
          ],
          "  targets:\n    inner: unshare --mount\n",
        ),
      }),
      { keepGoing: true },
    );
    expect(done.steps.get("page/slow")).toMatchObject({ outcome: "failed", error: { code: "timeout" } });
    expect(done.output("after")).toBe("2\nalive\napart\n");
    expect(done.output("left")).toBe("0\n");
    // What a finished step left in a session of its own outlives the run, its plain background does not.
    expect(processesOf(work)).toEqual([]);
    endOnly(sleep);
  },
);

test.each(["host", "inner"])(
  "a step on %s whose supervisors are killed is ended by the runner, before the next one begins",
  async (on) => {
    const { work } = makePlace({});
    const sleep = ownSleep();
    const at = on === "host" ? "" : ` on="${on}"`;
    const done = await runPage(
      makePlace({
        "page.md": pageOf(
          [
            [`sh step="before"${at}`, `x=1\nsetsid sleep ${sleep} &`],
            [`sh step="slow"${at}`, `x=2${tree(work)}`],
            ['sh step="left"', `pgrep -f "[d]one ${work}|[;] : plain ${work}|[;] : nohup ${work}" || true`],
            [`sh step="after"${at}`, `echo "$x"`],
          ],
          "  targets:\n    inner: unshare --mount\n",
        ),
      }),
      {
        keepGoing: true,
        onEvent: (event) => {
          if (event.type === "output" && event.step === "slow") killSupervisors(event.run);
        },
      },
    );
    // A supervisor may just be making a copy of itself, which then ends the step and says so. Both endings are right.
    expect(done.steps.get("page/slow")).toMatchObject({
      outcome: "failed",
      error: { code: expect.stringMatching(/^(?:target-lost|shell-died)$/) },
    });
    expect([done.output("left"), done.output("after")]).toEqual(["", "1\n"]);
    expect(processesOf(work)).toEqual([]);
    endOnly(sleep);
  },
);

test("every attempt's tree ends at its timeout", async () => {
  const { work } = makePlace({});
  const done = await runPage(
    makePlace({
      "page.md": pageOf([
        [
          'sh step="slow" timeout="500ms" retry="2"',
          `(setsid env -i /bin/sh -c 'while sleep 0.1; do : bare; done' ${work} &)\nsleep 71`,
        ],
        ['sh step="left"', `ps -eo args | grep -c "[d]one ${work}" || true`],
      ]),
    }),
    { keepGoing: true },
  );
  expect(done.steps.get("page/slow")).toMatchObject({ outcome: "failed", error: { code: "timeout" } });
  expect(done.output("left")).toBe("0\n");
});

test("an interrupt ends the whole tree, and an EXIT trap still runs", async () => {
  const { work } = makePlace({});
  const sleep = ownSleep();
  const abort = new AbortController();
  const done = await runPage(
    makePlace({
      "page.md": pageOf([
        ['sh step="before"', `trap 'echo trapped >>${work}/trap' EXIT\nsetsid sleep ${sleep} &`],
        ['sh step="slow"', tree(work)],
        ['sh step="never"', "true"],
      ]),
    }),
    {
      interrupt: abort.signal,
      onEvent: (event: RunEvent) => {
        if (event.type === "output" && event.text.includes("begun")) abort.abort();
      },
    },
  );
  expect(done.result).toMatchObject({ outcome: "cancelled", exitCode: 130 });
  expect(readFileSync(join(work, "trap"), "utf8")).toBe("trapped\n");
  expect(done.steps.get("page/slow")).toMatchObject({ outcome: "failed", error: { code: "interrupted" } });
  expect(processesOf(work)).toEqual([]);
  endOnly(sleep);
});

test("a guard that hangs is ended at its timeout and is broken; a proof's try too", async () => {
  const { work } = makePlace({});
  const done = await runPage(
    makePlace({
      "page.md": pageOf([
        ['sh step="a"', `touch ${work}/ran`],
        ['sh guard="a" timeout="300ms"', `x=1\nsleep 71; : ${work}`],
        ['sh step="b"', "x=kept"],
        ['sh proof="b" timeout="300ms"', "sleep 71"],
        ['sh step="c"', 'echo "$x"'],
      ]),
    }),
    { keepGoing: true },
  );
  expect(done.steps.get("page/a")).toMatchObject({ outcome: "failed", error: { code: "timeout" } });
  expect(done.steps.get("page/b")).toMatchObject({ outcome: "failed", error: { code: "timeout" } });
  expect(done.output("c")).toBe("kept\n");
  expect(() => readFileSync(join(work, "ran"))).toThrow();
});

test("what steps print after their end is nobody's harm, and a run ends soon after its last step", async () => {
  const begun = performance.now();
  const done = await runPage(
    makePlace({
      "page.md": pageOf([
        ['sh step="a"', "(while sleep 0.02; do echo late; done) &\necho now"],
        ['sh step="b"', "sleep 0.3"],
      ]),
    }),
  );
  expect(done.result.outcome).toBe("passed");
  expect(done.output("a")).toContain("now\n");
  expect(performance.now() - begun).toBeLessThan(15_000);
});

test("an interrupt while a target is entered ends the entering, too", async () => {
  const sleep = ownSleep();
  const interrupt = new AbortController();
  const place = makePlace({
    "page.md": pageOf(
      [
        ['sh step="a" on="slow"', "echo a"],
        ['sh step="b"', "echo b"],
      ],
      `  targets:\n    slow: ${JSON.stringify(`sh -c 'sleep ${sleep}; exec "$@"' enter`)}\n`,
    ),
  });
  const done = await runPage(place, {
    interrupt: interrupt.signal,
    onEvent: ({ type }) => {
      if (type === "step-started") setTimeout(() => interrupt.abort(), 500);
    },
  });
  expect(done.result).toMatchObject({ outcome: "cancelled", exitCode: 130 });
  expect(done.steps.get("page/a")).toMatchObject({ outcome: "failed", error: { code: "interrupted" } });
  expect(processesOf(sleep)).toEqual([]);
});
