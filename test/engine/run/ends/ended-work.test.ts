import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { endedLines } from "../../../../src/report/step/ended-lines.ts";
import { runKilled } from "../../support/killed.ts";
import { isAlive, ownSleep } from "../../support/processes.ts";
import { makePlace, pageOf, runPage, undoPage } from "../../support/run-page.ts";

const last = (events: { type: string }[]) => events.at(-1) as Parameters<typeof endedLines>[0];

test("what a step left in the background is named where the run's end ends it, and its step runs again", async () => {
  const length = ownSleep();
  const { work } = makePlace({});
  const place = makePlace({
    "page.md": pageOf([
      ['sh step="serve"', `nohup sleep ${length} >/dev/null 2>&1 &\necho $! >${work}/pid\ndisown`],
      ['sh step="free"', `setsid sleep ${length}1 >/dev/null 2>&1 &\necho $! >${work}/free`],
      ['sh step="fetch"', `kill -0 "$(cat ${work}/pid)"\ntest -e ${work}/ok`],
    ]),
  });
  const first = await runPage(place);
  const ended = [{ runbook: "page", step: "serve", command: `sleep ${length}` }];
  expect(last(first.events)).toMatchObject({ type: "run-finished", ended });
  expect(endedLines(last(first.events))).toEqual([
    `Ended with the run, so that page/serve is not done: \`sleep ${length}\``,
  ]);
  expect(isAlive(readFileSync(join(work, "pid"), "utf8").trim())).toBe(false);
  const free = readFileSync(join(work, "free"), "utf8").trim();
  expect(isAlive(free)).toBe(true);
  process.kill(Number(free));
  writeFileSync(join(work, "ok"), "");
  const second = await runPage(place, { resume: first.result.run, yes: true });
  expect(second.steps.get("page/serve")).toMatchObject({ outcome: "passed" });
  expect(second.steps.get("page/free")).toMatchObject({ outcome: "skipped", reason: "journal" });
  expect(second.steps.get("page/fetch")).toMatchObject({ outcome: "passed" });
});

test("a step in doubt is undone from the state that it left, and not from that of later steps", async () => {
  const { work } = makePlace({});
  const place = makePlace({
    "page.md": pageOf([
      ['sh step="fail"', `dir=${work}/fail\nmkdir "$dir"\ntest -e ${work}/ok`],
      ['sh undo="fail"', 'rmdir "$dir"'],
      ['sh step="serve"', `dir=${work}/serve\nmkdir "$dir"\nsleep ${ownSleep()} &`],
      ['sh undo="serve"', 'rmdir "$dir"'],
      ['sh step="mine"', `dir=${work}/mine\nmkdir "$dir"\ncd "$dir"`],
      ['sh step="end"', 'echo "$dir $PWD"\nfalse'],
    ]),
  });
  const first = await runPage(place, { keepGoing: true });
  expect([...first.steps.values()].map(({ outcome }) => outcome)).toEqual(["failed", "passed", "passed", "failed"]);
  writeFileSync(join(work, "ok"), "");
  const second = await runPage(place, { resume: first.result.run, yes: true });
  const outcomes = [...second.steps.values()].map(({ outcome, reason }) => reason ?? outcome);
  expect(outcomes).toEqual(["passed", "passed", "journal", "failed"]);
  expect(existsSync(join(work, "mine"))).toBe(true);
  // What the undos started from is no part of the run's own state.
  expect(second.output("end")).toBe(`${work}/serve ${work}/mine\n`);
});

test("a step in doubt that was undone and could not begin again is not undone once more", async () => {
  const { work } = makePlace({});
  const file = (name: string): string => join(work, name);
  const enter = `sh -c '[ -e ${work}/open ] && exec "$@"' enter`;
  const place = makePlace({
    "page.md": pageOf(
      [
        ['sh step="make" on="box"', `mkdir ${work}/made\ntest -e ${work}/ok`],
        ['sh undo="make" on="host"', `rmdir ${work}/made`],
      ],
      `  targets:\n    box: ${JSON.stringify(enter)}\n`,
    ),
  });
  writeFileSync(file("open"), "");
  const first = await runPage(place);
  writeFileSync(file("ok"), "");
  rmSync(file("open"));
  const second = await runPage(place, { resume: first.result.run, yes: true });
  expect([second.result.outcome, existsSync(file("made"))]).toEqual(["failed", false]);
  writeFileSync(file("open"), "");
  const third = await runPage(place, { resume: second.result.run, yes: true });
  expect([third.result.outcome, existsSync(file("made"))]).toEqual(["passed", true]);
  await undoPage(place, { run: third.result.run });
  expect(existsSync(file("made"))).toBe(false);
});

test("commands of the step's own shell, secrets and many processes are named as far as they can be", async () => {
  const length = ownSleep();
  const page = pageOf(
    [
      [
        'sh step="a"',
        `for i in 1 2 3 4; do sleep ${length} & done\n( while :; do sleep ${length}; done ) &\nsh -c 'sleep ${length}; : "$0"' "$TOKEN" &`,
      ],
    ],
    "  params:\n    TOKEN: { secret: true }\n",
  );
  const done = await runPage(makePlace({ "page.md": page }), { env: { TOKEN: "hush-hush-42" } });
  const commands = last(done.events).ended?.map(({ command }) => command) ?? [];
  expect(commands).toContain("commands of the step's own shell");
  expect(commands.join()).not.toContain("hush-hush-42");
  expect(commands.filter((command) => command === `sleep ${length}`).length).toBeGreaterThanOrEqual(4);
  expect(endedLines(last(done.events))).toEqual([expect.stringMatching(/, and \d+ more$/)]);
});

test("a run that left nothing names nothing", async () => {
  const done = await runPage(makePlace({ "page.md": pageOf([['sh step="a"', "sleep 0.1 & wait"]]) }));
  expect(last(done.events)).not.toHaveProperty("ended");
});

test("what ended by itself in a long step is nothing that the runner's end has ended", async () => {
  const place = makePlace({
    "page.md": pageOf([
      ['sh step="a"', "sleep 1 &"],
      ['sh step="b"', "x=1\nsleep 60"],
    ]),
  });
  const { run } = await runKilled(place, (event) => event.type === "step-started" && event.step === "b", 5000);
  const resumed = await runPage(place, { resume: run, impatient: true });
  expect(resumed.events[0]).not.toHaveProperty("ended");
  expect(resumed.steps.get("page/a")).toMatchObject({ outcome: "skipped", reason: "journal" });
});
