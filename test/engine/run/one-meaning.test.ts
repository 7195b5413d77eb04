import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inspectPage } from "../support/inspect-page.ts";
import { makePlace, type PageRun, type Place, pageOf, runPage, undoPage } from "../support/run-page.ts";
import { treeOf } from "../support/tree.ts";

/** A page for a work folder; `before` sets up what was there before its first run. */
interface Fixture {
  steps: (work: string) => [info: string, text: string][];
  head?: string;
  before?: (work: string) => void;
}

const FIXTURES: Record<string, Fixture> = {
  "steps with guards, the shell's state carried on": {
    steps: (work) => [
      ['sh step="a"', `mkdir ${work}/d`],
      ['sh guard="a"', `[ -d ${work}/d ]`],
      ['sh undo="a"', `rmdir ${work}/d`],
      ['sh step="b"', `name=file\necho "$name" >${work}/b`],
      ['sh guard="b"', `[ -e ${work}/b ]`],
      ['sh undo="b"', `rm ${work}/b`],
    ],
  },
  "steps that their proofs guard": {
    steps: (work) => [
      ['sh step="a"', `touch ${work}/a`],
      ['sh proof="a" within="5s"', `[ -e ${work}/a ]`],
      ['sh undo="a"', `rm ${work}/a`],
      ['sh step="b" exits="3"', `touch ${work}/b\nexit 3`],
      ['sh proof="b"', `[ -e ${work}/b ]`],
      ['sh undo="b"', `rm --force ${work}/b`],
    ],
  },
  "files that were there, were links, or were not": {
    before: (work) => {
      writeFileSync(join(work, "old"), "old content", { mode: 0o640 });
      symlinkSync("nowhere", join(work, "link"));
    },
    steps: (work) => [
      [`ini step="old" file="${work}/old" mode="0600"`, "a = 1"],
      [`ini step="link" file="${work}/link"`, "b = 2"],
      [`ini step="new" file="${work}/made/new"`, "c = 3"],
    ],
  },
  "a step that does not apply, and one that was done before": {
    before: (work) => writeFileSync(join(work, "mine"), ""),
    steps: (work) => [
      ['sh step="never"', `touch ${work}/never`],
      ['sh when="never"', "echo not here; false"],
      ['sh undo="never"', `rm ${work}/never`],
      ['sh step="mine"', `touch ${work}/mine`],
      ['sh guard="mine"', `[ -e ${work}/mine ]`],
      ['sh undo="mine"', `rm ${work}/mine`],
      ['sh step="own"', `touch ${work}/own`],
      ['sh guard="own"', `[ -e ${work}/own ]`],
      ['sh undo="own"', `rm ${work}/own`],
    ],
  },
  "a variable handed on to a file and to a target": {
    head: '  targets:\n    there: env -C "$FOLDER"\n',
    before: (work) => mkdirSync(join(work, "in")),
    steps: (work) => [
      ['sh step="find" sets="FOLDER"', `FOLDER=${work}/in`],
      ['ini step="conf" file="$FOLDER/conf"', "in = $FOLDER"],
      ['sh step="touch" on="there"', "touch touched"],
      ['sh guard="touch"', "[ -e touched ]"],
      ['sh undo="touch"', "rm touched"],
    ],
  },
};

function placeOf({ steps, head = "", before }: Fixture): Place {
  const place = makePlace({ "page.md": "" });
  writeFileSync(join(place.content, "page.md"), pageOf(steps(place.work), head));
  before?.(place.work);
  return place;
}

const outcomes = ({ steps }: PageRun): string[] =>
  [...steps.values()].map(({ step, outcome, reason }) => `${step} ${outcome}${reason ? ` ${reason}` : ""}`);

/** What a run does by what `status` says. */
const acted: Record<string, string> = { done: "skipped guard", "not applicable": "skipped when" };

describe.each(Object.entries(FIXTURES))("%s", (_, fixture) => {
  test("means the same to exec, a dry run, status and undo", { timeout: 60_000 }, async () => {
    const place = placeOf(fixture);
    const before = treeOf(place.work);
    const first = await runPage(place);
    expect(first.result.outcome).toBe("passed");
    const done = treeOf(place.work);

    const { status, dry } = await inspectPage(place);
    expect(treeOf(place.work)).toEqual(done);
    const again = await runPage(place);
    expect(treeOf(place.work)).toEqual(done);
    // What nobody can know before a run, such as what needs a variable that a step hands on, is not said at all.
    const known = status.map(({ key, state }) => [key.slice("page/".length), acted[state]] as const);
    expect(outcomes(again)).toEqual(
      known.map(([id, words], index) => (words ? `${id} ${words}` : outcomes(again)[index])),
    );
    const said = dry.map(({ guard }) => (guard === "none" || guard === "not known yet" ? "unknown" : guard));
    expect(said).toEqual(status.map(({ state }) => state));

    const undone = await undoPage(place, { run: first.result.run });
    expect(undone.result.outcome).toBe("passed");
    expect(treeOf(place.work)).toEqual(before);
    await expect(undoPage(place, { run: first.result.run })).rejects.toMatchObject({ code: "nothing-to-undo" });
  });

  test("is gone on with from every step, and undone whole", { timeout: 120_000 }, async () => {
    const done = treeOf((await wholeRun(fixture)).work);
    const names = fixture.steps("").flatMap(([info]) => /step="(\w+)"/.exec(info)?.[1] ?? []);
    for (const name of names) {
      const place = placeOf(fixture);
      const before = treeOf(place.work);
      const interrupt = new AbortController();
      const onEvent = (event: { type: string; step?: string }): void => {
        if (event.type === "step-started" && event.step === name) interrupt.abort();
      };
      const stopped = await runPage(place, { interrupt: interrupt.signal, onEvent });
      expect(stopped.result.outcome).toBe("cancelled");
      const resumed = await runPage(place, { resume: stopped.result.run, yes: true });
      expect(resumed.result.outcome).toBe("passed");
      expect(Object.keys(treeOf(place.work))).toEqual(Object.keys(done));
      const undone = await undoPage(place, { run: resumed.result.run });
      expect(undone.result.outcome).toBe("passed");
      expect(treeOf(place.work)).toEqual(before);
    }
  });
});

async function wholeRun(fixture: Fixture): Promise<Place> {
  const place = placeOf(fixture);
  await runPage(place);
  return place;
}
