import { hostname, userInfo } from "node:os";
import { expect, test } from "vitest";
import { Journal } from "../../../src/engine/journal/journal.ts";
import { runKilled } from "../support/killed.ts";
import { isAlive, processesOf } from "../support/processes.ts";
import { makePlace, pageOf, runPage } from "../support/run-page.ts";

test("a second run is told who holds the host, whatever its journal, and nothing of it runs", {
  timeout: 60_000,
}, async () => {
  const place = makePlace({ "page.md": pageOf([['sh step="a"', "sleep 1.5"]]) });
  const other = makePlace({ "page.md": pageOf([['sh step="a"', "echo no"]]) });
  let second: Promise<unknown> | undefined;
  let run = "";
  const first = await runPage(place, {
    onEvent: (event) => {
      run = event.run;
      if (event.type === "step-started")
        second ??= runPage(other, { impatient: true }).catch((error: unknown) => error);
    },
  });
  expect(await second).toMatchObject({
    code: "host-held",
    exitCode: 3,
    message: expect.stringMatching(
      new RegExp(
        `^Run ${run} \\(${userInfo().username}@${hostname()}, process ${process.pid}, since 20.*\\) holds localhost\\.$`,
      ),
    ),
  });
  expect(first.result.outcome).toBe("passed");
  const after = await runPage(other);
  expect(after.output("a")).toBe("no\n");
});

test("what a dead run left is ended by the next run of any page", { timeout: 60_000 }, async () => {
  const { work } = makePlace({});
  const place = makePlace({
    "long.md": pageOf([
      [
        'sh step="a"',
        `sh -c 'sleep 77; : bg' ${work} &\nsetsid sh -c 'trap "" TERM HUP; while sleep 0.1; do : apart; done' ${work} &\nsleep 78`,
      ],
    ]).replace("id: page", "id: long"),
    "page.md": pageOf([['sh step="a"', `ps -eo args | grep -c "[d]one ${work}\\|[b]g ${work}" || true`]]),
  });
  const killed = await runKilled(place, (event) => event.type === "step-started", 300, { id: "long" });
  expect(killed.killed).toBe(true);
  const next = await runPage(place, { impatient: true });
  expect(next.output("a")).toBe("0\n");
  expect(processesOf(work)).toEqual([]);
  const journal = Journal.open(place.state);
  expect(journal.unfinished("localhost")).toEqual([]);
  expect(journal.run(killed.run)).toMatchObject({ swept: true });
  journal.close();
});

test("a run whose host's shell is gone holds the host again", { timeout: 60_000 }, async () => {
  const { work } = makePlace({});
  const other = makePlace({ "page.md": pageOf([['sh step="a"', "echo no"]]) });
  let second: Promise<unknown> | undefined;
  const done = await runPage(
    makePlace({
      "page.md": pageOf(
        [
          [
            'sh step="a" on="inner"',
            `for p in $(pgrep -f 'rb_nonce|^bash --noprofile --norc$'); do if grep -qz "^RUNBOOK_RUN=$RUNBOOK_RUN" /proc/$p/environ && [ "$(cat /proc/$p/comm)" != cat ]; then echo $p; fi; done >${work}/pids`,
          ],
          ['sh step="b"', "kill -9 $PPID\nkill -9 $(ps -o ppid= $PPID) || true\nsleep 5"],
          ['sh step="c"', "sleep 1.5"],
        ],
        "  targets:\n    inner: env\n",
      ),
    }),
    {
      keepGoing: true,
      onEvent: (event) => {
        if (event.type === "step-started" && event.step === "c")
          second ??= new Promise((resolve) => setTimeout(resolve, 500)).then(() =>
            runPage(other, { impatient: true }).catch((error: unknown) => error),
          );
      },
    },
  );
  expect(done.steps.get("page/c")?.outcome).toBe("passed");
  expect(await second).toMatchObject({ code: "host-held" });
  expect(isAlive(process.pid)).toBe(true);
});
