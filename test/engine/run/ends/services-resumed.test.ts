import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isAlive } from "../../support/processes.ts";
import { runPage, undoPage } from "../../support/run-page.ts";
import { last, outcomes, pidOf, placeOf, type Steps, serve } from "./services.ts";

test("resume asks a service's proof, and starts it again without a question", async () => {
  const place = placeOf([
    ...serve(),
    ['sh undo="serve"', 'echo undone >>"$WORK/undone"'],
    ['sh step="use"', 'kill -0 "$(cat "$WORK/pid")"\n[ -e "$WORK/ok" ]'],
  ]);
  const stopped = await runPage(place);
  expect(outcomes(stopped)).toEqual(["serve passed", "use failed"]);
  const before = pidOf(place);
  writeFileSync(join(place.work, "ok"), "");
  // What would have to be asked is answered with no: `use`, which failed, is in doubt.
  const ask = async ({ text }: { text: string }): Promise<boolean> => text.includes("page/use");
  const resumed = await runPage(place, { resume: stopped.result.run, ask });
  expect(outcomes(resumed)).toEqual(["serve passed", "use passed"]);
  expect(pidOf(place)).not.toBe(before);
  // Its undo takes away what it left, once, whichever run is undone.
  const undone = await undoPage(place, { run: resumed.result.run });
  expect(outcomes(undone)).toEqual(["serve passed"]);
  expect(readFileSync(join(place.work, "undone"), "utf8")).toBe("undone\n");
});

test.each([
  ["without a guard it is started again", [], "passed"],
  ["with a guard that holds, another one does its work", [['sh guard="serve"', '[ -e "$WORK/other" ]']], "skipped"],
] as [string, Steps, string][])(
  "a proof that outlives its service says nothing to resume: %s",
  async (_, guard, outcome) => {
    const place = placeOf([
      ['sh step="serve" background="true"', 'touch "$WORK/ready"; echo $$ >"$WORK/pid"; exec sleep 600'],
      ['sh proof="serve" within="20s"', '[ -s "$WORK/pid" ] && [ -e "$WORK/ready" ]'],
      ...guard,
      ['sh step="use"', '[ -e "$WORK/ok" ]'],
    ]);
    const stopped = await runPage(place);
    const before = pidOf(place);
    expect([outcomes(stopped), isAlive(before)]).toEqual([["serve passed", "use failed"], false]);
    writeFileSync(join(place.work, "ok"), "");
    writeFileSync(join(place.work, "other"), "");
    const resumed = await runPage(place, { resume: stopped.result.run, yes: true });
    expect(outcomes(resumed)).toEqual([`serve ${outcome}`, "use passed"]);
    expect(last(resumed).ended?.map(({ step }) => step) ?? []).toEqual(outcome === "passed" ? ["serve"] : []);
  },
);
