import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { RunEvent } from "../../../src/engine/events.ts";
import { makePlace, type PageRun, pageOf, runPage, undoPage } from "../support/run-page.ts";

const phases = (events: readonly RunEvent[]): string[] =>
  events.flatMap((event) =>
    event.type === "phase-finished" ? [`${event.step} ${event.phase} ${event.exitCode}`] : [],
  );

const ends = ({ steps }: PageRun) =>
  [...steps.values()].map(({ step, outcome, file, line }) => [step, outcome, file.endsWith("page.md"), line]);

test("each phase that decides something is told once, with its exit code", async () => {
  const { work } = makePlace({});
  const place = makePlace({
    "page.md": pageOf([
      ['sh step="a" retry="2"', `echo x >>${work}/tries\n[ "$(wc -l <${work}/tries)" -eq 2 ]`],
      ['sh when="a"', "true"],
      ['sh guard="a"', `[ -e ${work}/done ]`],
      [
        'sh proof="a" within="5s"',
        `echo x >>${work}/proofs\n[ "$(wc -l <${work}/proofs)" -ge 3 ] && touch ${work}/done`,
      ],
      ['sh undo="a"', `rm ${work}/done`],
      [`ini step="f" file="${work}/f"`, "x = 1"],
      ['sh step="proved"', `touch ${work}/proved`],
      ['sh proof="proved"', `[ -e ${work}/proved ]`],
    ]),
  });
  const first = await runPage(place);
  expect(phases(first.events)).toEqual([
    ...["a when 0", "a guard 1", "a run 1", "a run 0", "a proof 0"],
    ...["f guard 1", "f run 0"],
    ...["proved guard 1", "proved run 0", "proved proof 0"],
  ]);
  const second = await runPage(place);
  expect(phases(second.events)).toEqual(["a when 0", "a guard 0", "f guard 0", "proved guard 0"]);
  const undone = await undoPage(place, { run: first.result.run });
  expect(phases(undone.events)).toEqual(["f undo 0", "a undo 0"]);
});

test("every step's end names its place, reached or not", async () => {
  const place = makePlace({
    "page.md": pageOf(
      [
        ['sh step="left"', "true"],
        ['sh step="fails"', "false"],
        ['sh step="never"', "true"],
      ],
      "",
    ),
  });
  const done = await runPage(place, { selection: { skip: ["left"] } });
  expect(ends(done)).toEqual([
    ["left", "skipped", true, 9],
    ["fails", "failed", true, 13],
    ["never", "cancelled", true, 17],
  ]);
  writeFileSync(
    `${place.content}/page.md`,
    pageOf([['sh step="a"', "true"]], "  params:\n    X: { default: { command: 'false', example: x } }\n"),
  );
  const broken = await runPage(place);
  expect(ends(broken)).toEqual([["a", "failed", true, 11]]);
  expect(broken.steps.get("page/a")?.error?.code).toBe("computed-failed");
});

test("a step that hands variables on runs with a selection that begins after it, and not with one that ends before it", async () => {
  const place = makePlace({
    "page.md": pageOf([
      ['sh step="early" sets="A"', "A=a"],
      ['sh step="mid"', "echo mid"],
      ['sh step="use"', 'echo "$A"'],
      ['sh step="late" sets="B"', "B=b"],
    ]),
  });
  const outcomes = async (selection: object) =>
    [...(await runPage(place, { selection })).steps.values()].map(({ outcome }) => outcome);
  expect(await outcomes({ from: "use" })).toEqual(["passed", "skipped", "passed", "passed"]);
  expect(await outcomes({ only: ["use"] })).toEqual(["passed", "skipped", "passed", "skipped"]);
  expect(await outcomes({ until: "mid" })).toEqual(["passed", "passed", "skipped", "skipped"]);
  expect(await outcomes({ only: ["use"], skip: ["early"] })).toEqual(["skipped", "skipped", "failed", "cancelled"]);
});
