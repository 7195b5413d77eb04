import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunEvent, RunStarted } from "../../../../src/engine/events.ts";
import { endedLines, lostLines } from "../../../../src/report/step/ended-lines.ts";
import { inspectPage } from "../../support/inspect-page.ts";
import { runKilled } from "../../support/killed.ts";
import { isAlive, killSupervisors, processesOf } from "../../support/processes.ts";
import { runPage, undoPage } from "../../support/run-page.ts";
import { withoutBash } from "../../support/without-bash.ts";
import { endOf, last, loop, outcomes, pidOf, placeOf, serve } from "./services.ts";

const first: [string, string] = ['sh step="first"', "word='the word'\ncd /usr"];

test.each([
  ["bash", () => ""],
  ["a shell without bash", (work: string) => `  targets:\n    box: "${withoutBash(work)}"\n`],
])("in %s, a service has the shell's state, runs beside the steps, and ends with the run", async (where, targets) => {
  const on = where === "bash" ? "" : ' on="box"';
  const place = placeOf(
    [
      [`${first[0]}${on}`, first[1]],
      ...serve(on),
      [`sh step="use"${on}`, 'kill -0 "$(cat "$WORK/pid")"\necho "$word; $(pwd); ${other-no other}"; sleep 0.3'],
      [`sh undo="use"${on}`, "true"],
    ],
    targets,
  );
  const done = await runPage(place);
  expect(outcomes(done)).toEqual(["first passed", "serve passed", "use passed"]);
  expect([done.output("serve"), done.output("use")]).toEqual(["here is the word\n", "the word; /usr; no other\n"]);
  expect(endedLines(last(done))).toEqual(['Ended with the run: the service page/serve, `echo "here is ${word-}"`']);
  expect(isAlive(pidOf(place))).toBe(false);
  const { status, dry } = await inspectPage(place);
  expect([status[1]?.state, dry[1]?.guard]).toEqual(["not running", "not known yet"]);
  const undone = await undoPage(place, { run: done.result.run });
  expect(undone.undo.kept.map(({ key }) => key)).toEqual(["page/first"]);
  expect(undone.result.outcome).toBe("passed");
});

test.each([
  ["0", "passed", undefined, ["serve passed", "use passed", "next passed"]],
  ["3", "failed", "service-ended", ["serve passed", "use passed", "next cancelled"]],
])(
  "a service that ends with %s while the run goes on: said at once, and the run %s",
  async (status, outcome, code, ends) => {
    const place = placeOf([
      ...serve(),
      [
        'sh step="use"',
        `echo ${status} >"$WORK/stop"\nwhile kill -0 "$(cat "$WORK/pid")"; do sleep 0.05; done; sleep 0.3`,
      ],
      ['sh step="next"', "true"],
    ]);
    const done = await runPage(place);
    expect(done.result.outcome).toBe(outcome);
    expect(outcomes(done)).toEqual(ends);
    expect(endOf(done)).toMatchObject({ step: "serve", exitCode: Number(status) });
    expect(endOf(done)?.error?.code).toBe(code);
    expect(last(done)).not.toHaveProperty("ended");
    if (code !== undefined) {
      expect(last(done).counts).toMatchObject({ passed: 1, failed: 1, cancelled: 1 });
      expect(endOf(done)?.error?.message).toBe("The service ended while its run went on (exit 3).");
    }
  },
);

test.each([
  [
    "commands that end at once",
    "true",
    "",
    "service-ended",
    "The service ended before it was ready (exit 0: success).",
  ],
  [
    "commands that fail",
    "echo no >&2\n\nfalse",
    "",
    "service-ended",
    "The service ended before it was ready (exit 1).",
  ],
  ["a proof that never holds", "sleep 60; : never", "", "proof-failed", "The proof does not hold (exit 1)."],
  ["a limit", "sleep 60; : never", ' timeout="1s"', "timeout", "The step did not end within 1s"],
])("a service that is never ready, by %s, fails and is ended", async (_, text, info, code, message) => {
  const within = code === "timeout" ? "60s" : "1s";
  const place = placeOf([
    [`sh step="serve" background="true"${info}`, `setsid env -i sh -c "sleep 61; : $WORK" &\n${text}`],
    [`sh proof="serve" within="${within}"`, '[ -e "$WORK/pid" ]'],
    ['sh step="next"', "true"],
  ]);
  const done = await runPage(place);
  expect(outcomes(done)).toEqual(["serve failed", "next cancelled"]);
  expect(done.steps.get("page/serve")?.error).toMatchObject({ code });
  expect(done.steps.get("page/serve")?.error?.message).toContain(message);
  expect(processesOf(place.work)).toEqual([]);
  // A doubt is asked for as of any step.
  const asked: string[] = [];
  const ask = async ({ kind }: { kind: string }): Promise<boolean> => {
    asked.push(kind);
    return false;
  };
  await runPage(place, { resume: done.result.run, ask });
  expect(asked).toEqual(["retry"]);
});

test("an interruption ends a service that starts, and one that runs", async () => {
  for (const [at, text] of [
    ["serve", "sleep 60; : never"],
    ["use", loop],
  ] as const) {
    const place = placeOf([...serve("", `: ${"$WORK"}\n${text}`), ['sh step="use"', "sleep 60"]]);
    const interrupt = new AbortController();
    const onEvent = (event: RunEvent): void => {
      if (event.type === "step-started" && event.step === at) setTimeout(() => interrupt.abort(), 300);
    };
    const done = await runPage(place, { interrupt: interrupt.signal, onEvent });
    expect(done.result.outcome).toBe("cancelled");
    expect(done.steps.get(`page/${at}`)?.error).toMatchObject({ code: "interrupted" });
    expect(processesOf(place.work)).toEqual([]);
  }
});

test("the next run ends and names what a killed run had in the background, and their steps are not done", async () => {
  const place = placeOf([
    ...serve(),
    ['sh step="job"', 'sleep 70 & echo $! >"$WORK/job"; echo once >>"$WORK/jobs"'],
    ['sh step="over"', "(sleep 0.2; true) &"],
    ['sh step="use"', '[ -e "$WORK/ok" ] || sleep 60'],
    ['sh step="end"', "true"],
  ]);
  // Meanwhile the run sees that what `over` left has ended by itself.
  const killed = await runKilled(place, (event) => event.type === "step-started" && event.step === "use", 4500);
  expect(killed.killed).toBe(true);
  writeFileSync(join(place.work, "ok"), "");
  const { events, steps, result } = await runPage(place, { resume: killed.run, yes: true, impatient: true });
  const started = events[0] as RunStarted;
  expect(lostLines(started)).toEqual([
    `Ended with the run ${killed.run}, which was killed: the service page/serve, \`echo "here is \${word-}"\``,
    `Ended with the run ${killed.run}, which was killed, so that page/job is not done: \`sleep 70\``,
  ]);
  expect(steps.get("page/over")).toMatchObject({ outcome: "skipped", reason: "journal" });
  expect(result.outcome).toBe("passed");
  expect(readFileSync(join(place.work, "jobs"), "utf8")).toBe("once\nonce\n");
});

test("of a service whose supervisor is killed with its runner, nothing is left after the next run", async () => {
  const place = placeOf([
    ...serve("", 'setsid env -i sh -c "sleep 62; : $0" "$WORK" &\n'.concat(loop)),
    ['sh step="use"', 'sleep 60 "$([ ! -e "$WORK/ok" ] || echo 0s)"'],
  ]);
  let run = "";
  const killed = await runKilled(
    place,
    (event) => {
      run ||= event.run;
      if (event.type !== "step-started" || event.step !== "use") return false;
      killSupervisors(run);
      return true;
    },
    0,
  );
  expect(killed.killed).toBe(true);
  expect(isAlive(pidOf(place))).toBe(true);
  const undone = await undoPage(place, { run: killed.run }, { impatient: true }).catch((error: Error) => error);
  expect(undone).toMatchObject({ undo: { kept: [{ key: "page/use" }] } });
  await runPage(place, { resume: killed.run, ask: async () => false, impatient: true });
  expect(processesOf(place.work)).toEqual([]);
});
