import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunEvent } from "../../../../src/engine/events.ts";
import { endedLines } from "../../../../src/report/step/ended-lines.ts";
import { canBox, startBox } from "../../support/box.ts";
import { makePlace, pageOf, runPage, undoPage } from "../../support/run-page.ts";
import { hasSshd, startSshd } from "../../support/sshd.ts";

const steps = (work: string, restart = `touch ${work}/restart`): [string, string][] => [
  ['sh step="before"', `cd ${work}\nname=kept\necho "$$" >shell`],
  ['sh undo="before"', "rm shell"],
  ['sh step="restart" reboot="true" timeout="30s" keeps="a restart leaves nothing"', restart],
  ['sh proof="restart" within="5s"', `[ -e ${work}/restarted ]`],
  ['sh step="after"', 'echo "$name in $PWD" >after'],
  ['sh guard="after"', `[ -e ${work}/after ]`],
  ['sh undo="after"', "rm after"],
];

test.runIf(canBox)("a run goes on when its host is back, with the state that its shells had", async () => {
  const { work } = makePlace({});
  const place = makePlace({ "page.md": pageOf(steps(work)) });
  const box = await startBox(work);
  const init = readFileSync(join(work, "init"), "utf8");
  const done = await runPage(place, { box });
  expect(done.result.outcome).toBe("passed");
  expect(readFileSync(join(work, "init"), "utf8")).not.toBe(init);
  expect(readFileSync(join(work, "after"), "utf8")).toBe(`kept in ${work}\n`);
  await undoPage(place, { run: done.result.run }, { box });
  expect([existsSync(join(work, "after")), existsSync(join(work, "shell"))]).toEqual([false, false]);
});

test.runIf(canBox).each([
  ["that restarts the host goes on when the host is back", (work: string) => `touch ${work}/restart; sleep 60`, true],
  ["that has nothing to restart for goes on at once", () => "true", false],
])("an undo %s", async (_, undo, restarts) => {
  const { work } = makePlace({});
  const page = steps(work).map(([info, text]): [string, string] => [info.replace(/ keeps="[^"]*"/, ""), text]);
  const place = makePlace({ "page.md": pageOf([...page, ['sh undo="restart"', undo(work)]]) });
  const box = await startBox(work);
  const done = await runPage(place, { box });
  expect(done.result.outcome).toBe("passed");
  const init = readFileSync(join(work, "init"), "utf8");
  const undone = await undoPage(place, { run: done.result.run }, { box });
  expect(undone.result.outcome, JSON.stringify(undone.events)).toBe("passed");
  expect(readFileSync(join(work, "init"), "utf8") !== init).toBe(restarts);
  expect(existsSync(join(work, "shell"))).toBe(false);
});

test.runIf(canBox)("a host that does not restart fails its step in time", async () => {
  const { work } = makePlace({});
  const place = makePlace({
    "page.md": pageOf(steps(work, "true").map(([info, text]) => [info.replace("30s", "2s"), text])),
  });
  const done = await runPage(place, { box: await startBox(work) });
  expect(done.steps.get("page/restart")).toMatchObject({ outcome: "failed", error: { code: "timeout" } });
});

test.runIf(canBox)("a host that is back too late is not restarted again by the run that goes on", async () => {
  const { work } = makePlace({});
  const late = steps(work, `echo x >>${work}/restarts\ntouch ${work}/restart`)
    .filter(([info]) => !info.includes("proof"))
    .map(([info, text]): [string, string] => [info.replace("30s", "300ms"), text]);
  const place = makePlace({ "page.md": pageOf(late) });
  const box = await startBox(work);
  const stopped = await runPage(place, { box });
  expect(stopped.steps.get("page/restart")).toMatchObject({ outcome: "failed", error: { code: "timeout" } });
  while (!existsSync(join(work, "restarted"))) await new Promise((resolve) => setTimeout(resolve, 50));
  const resumed = await runPage(place, { box, resume: stopped.result.run });
  expect(resumed.result.outcome).toBe("passed");
  expect(readFileSync(join(work, "restarts"), "utf8")).toBe("x\n");
});

test.runIf(canBox)("a run that its restart ended is gone on with, and the host is not restarted again", async () => {
  const { work } = makePlace({});
  // Nothing but the journal and the host's start can tell that it happened.
  const unproved = steps(work, `echo x >>${work}/restarts\ntouch ${work}/restart`).filter(
    ([info]) => !info.includes("proof"),
  );
  const place = makePlace({ "page.md": pageOf(unproved) });
  const box = await startBox(work);
  const init = readFileSync(join(work, "init"), "utf8");
  const interrupt = new AbortController();
  const stopped = await runPage(place, {
    box,
    interrupt: interrupt.signal,
    // As on the runner's own machine, where the restart ends the runner, too.
    onEvent: (event) => {
      if (event.type === "phase-finished" && event.step === "restart" && event.phase === "run") interrupt.abort();
    },
  });
  expect(stopped.result.outcome).toBe("cancelled");
  while (existsSync(join(work, "restart")) || readFileSync(join(work, "init"), "utf8") === init) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const resumed = await runPage(place, { box, resume: stopped.result.run });
  expect(resumed.result.outcome).toBe("passed");
  expect(resumed.steps.get("page/restart")).toMatchObject({ outcome: "passed" });
  expect(readFileSync(join(work, "restarts"), "utf8")).toBe("x\n");
  expect(readFileSync(join(work, "after"), "utf8")).toBe(`kept in ${work}\n`);
});

/** A service beside those steps, which notes that it was asked to end. */
const beside = (work: string): [string, string][] => [
  ...steps(work).slice(0, 2),
  [
    'sh step="serve" background="true"',
    `trap 'echo asked >>${work}/asked; rm ${work}/up; exit 0' TERM\ntouch ${work}/up\nwhile :; do sleep 0.1; done`,
  ],
  ['sh proof="serve" within="20s"', `[ -e ${work}/up ]`],
  ...steps(work).slice(2),
];
const last = (events: RunEvent[]) => events.at(-1) as Extract<RunEvent, { type: "run-finished" }>;

test.runIf(canBox)(
  "a service is asked to end before its host restarts, and a run that goes on starts it again",
  async () => {
    const { work } = makePlace({});
    const asked = (): string => readFileSync(join(work, "asked"), "utf8");
    const stops: [string, string] = ['sh step="stops"', `[ -e ${work}/go ]`];
    const place = makePlace({ "page.md": pageOf([...beside(work), stops, ['sh step="use"', `[ -e ${work}/up ]`]]) });
    const box = await startBox(work);
    // The service is gone when its host goes down: the file that it had put there is away, and it was asked once.
    const first = await runPage(place, { box });
    expect(first.steps.get("page/stops")).toMatchObject({ outcome: "failed" });
    expect([asked(), existsSync(join(work, "up"))]).toEqual(["asked\n", false]);
    expect(endedLines(last(first.events))).toEqual([expect.stringContaining("the service page/serve")]);
    writeFileSync(join(work, "go"), "");
    const resumed = await runPage(place, { box, resume: first.result.run, yes: true });
    expect([...resumed.steps.values()].map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      "before skipped",
      "serve passed",
      "restart skipped",
      "after skipped",
      "stops passed",
      "use passed",
    ]);
    expect([asked(), existsSync(join(work, "up"))]).toEqual(["asked\nasked\n", false]);
  },
);

test.runIf(canBox && hasSshd).each([
  ["while its command runs", "\nsleep 60"],
  ["a moment after its command", ""],
])("over ssh, a host restarts %s: the run goes on when its sshd is back", async (_, more) => {
  const { work } = makePlace({});
  const page = pageOf(beside(work).map(([info, text]) => [info, text.endsWith("/restart") ? `${text}${more}` : text]));
  const place = makePlace({ "page.md": page });
  const { name: host } = await startSshd(work);
  const init = readFileSync(join(work, "init"), "utf8");
  const done = await runPage(place, { host });
  expect(done.result.outcome, JSON.stringify(done.events)).toBe("passed");
  expect(readFileSync(join(work, "init"), "utf8")).not.toBe(init);
  expect(readFileSync(join(work, "after"), "utf8")).toBe(`kept in ${work}\n`);
  expect(readFileSync(join(work, "asked"), "utf8")).toBe("asked\n");
  expect(endedLines(last(done.events))).toEqual([expect.stringContaining("the service page/serve")]);
  await undoPage(place, { run: done.result.run }, { host });
  expect([existsSync(join(work, "after")), existsSync(join(work, "shell"))]).toEqual([false, false]);
});
