import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { canBox, startBox } from "../support/box.ts";
import { makePlace, pageOf, runPage, undoPage } from "../support/run-page.ts";

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

test.runIf(canBox)("a host that does not restart fails its step in time", async () => {
  const { work } = makePlace({});
  const place = makePlace({
    "page.md": pageOf(steps(work, "true").map(([info, text]) => [info.replace("30s", "2s"), text])),
  });
  const done = await runPage(place, { box: await startBox(work) });
  expect(done.steps.get("page/restart")).toMatchObject({ outcome: "failed", error: { code: "timeout" } });
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
