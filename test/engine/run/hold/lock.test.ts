import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { Journal } from "../../../../src/engine/journal/journal.ts";
import { runKilled } from "../../support/killed.ts";
import { endOnly, killSupervisors, ownSleep, processesOf, supervisorsOf } from "../../support/processes.ts";
import { makePlace, pageOf, runPage } from "../../support/run-page.ts";

test("a second run is told who holds the host, whatever its journal, and nothing of it runs", async () => {
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

test("where a process that is no run holds the lock, it is said how to find that", async () => {
  const place = makePlace({ "page.md": pageOf([['sh step="a"', "echo no"]]) });
  // Its end takes away what a killed run may have left there of itself.
  await runPage(place);
  const held = join(place.work, "held");
  const other = spawn("flock", ["/run/lock", "sh", "-c", `touch ${held}; exec cat`], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  onTestFinished(() => void other.stdin.end());
  while (!existsSync(held)) await sleep(20);
  await expect(runPage(place, { impatient: true })).rejects.toMatchObject({
    code: "host-held",
    message: "localhost is locked, and no run says who it is.",
    hint: expect.stringContaining("lslocks"),
  });
});

test("what a dead run left is ended by the next run of any page", async () => {
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

test("what a dead run left is ended, also where nobody was left to do it", async () => {
  const { work } = makePlace({});
  const sleep = ownSleep();
  const tree = `setsid sh -c 'trap "" TERM HUP; while sleep 0.1; do : apart; done' ${work} &\nsh -c 'sleep 77; : bg' ${work} &\necho begun\nsleep 5`;
  const place = makePlace({
    "long.md": pageOf(
      [
        ['sh step="before"', `setsid sleep ${sleep} &`],
        ['sh step="a"', tree],
        ['sh step="b" on="inner"', tree],
      ],
      "  targets:\n    inner: env INNER=1\n",
    ).replace("id: page", "id: long"),
    "page.md": pageOf([['sh step="a"', `ps -eo args | grep -c "[d]one ${work}\\|[b]g ${work}" || true`]]),
  });
  for (const step of ["a", "b"]) {
    // Stopped before the runner is killed, so that they end nothing when they see it go; nor does it see them go.
    let supervisors: number[] = [];
    const killed = await runKilled(
      place,
      (event) => {
        if (event.type !== "output" || event.step !== step) return false;
        supervisors = supervisorsOf(event.run);
        for (const pid of supervisors) process.kill(pid, "SIGSTOP");
        return true;
      },
      0,
      { id: "long", selection: { only: ["before", step] } },
    );
    expect(killed.killed).toBe(true);
    for (const pid of supervisors) process.kill(pid, "SIGKILL");
    // What was begun in the background may say its own name a moment later than its step wrote.
    await expect.poll(() => processesOf(work).length, { timeout: 30_000 }).toBeGreaterThan(1);
    const next = await runPage(place, { impatient: true });
    expect(next.output("a")).toBe("0\n");
    expect(processesOf(work)).toEqual([]);
    endOnly(sleep);
  }
});

test("a run whose host's shell is gone holds the host again", async () => {
  const other = makePlace({ "page.md": pageOf([['sh step="a"', "echo no"]]) });
  const later: Promise<unknown>[] = [];
  const done = await runPage(
    makePlace({
      "page.md": pageOf(
        [
          ['sh step="a"', "x=1"],
          ['sh step="b"', "echo begun\nsleep 0.5"],
          ['sh step="wait" on="inner"', "sleep 0.5"],
          ['sh step="c"', 'echo "$x"\nsleep 2'],
        ],
        "  targets:\n    inner: env\n",
      ),
    }),
    {
      keepGoing: true,
      onEvent: (event) => {
        if (event.type !== "output") return;
        if (event.step === "b") killSupervisors(event.run);
        else later.push(runPage(other, { impatient: true }).catch((error: unknown) => error));
      },
    },
  );
  expect(done.output("c")).toBe("1\n");
  expect(await Promise.all(later)).toMatchObject([{ code: "host-held" }]);
});
