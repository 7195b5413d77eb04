import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { makePlace, type Place, pageOf, runPage, undoPage } from "../../support/run-page.ts";

/** A page that stops at its step `try` until `go` is there. */
function stopping(): Place {
  const place = makePlace({});
  const { work } = place;
  mkdirSync(place.content);
  writeFileSync(
    join(place.content, "page.md"),
    pageOf([
      [`ini step="conf" file="${work}/a.conf"`, "a = 1"],
      ['sh step="name"', "name=app"],
      ['sh undo="name"', `touch "${work}/undone-\${name-}"`],
      ['sh step="try" keeps="it only looks"', `touch ${work}/tried\ntest -e ${work}/go`],
      ['sh guard="try"', `[[ -e ${work}/go ]] && touch ${work}/asked\nfalse`],
      ['sh step="use"', `touch "${work}/used-\${name-}"`],
    ]),
  );
  return place;
}

/** Puts another text in the place of every kept state. */
function keepInstead(place: Place, text: string): void {
  const file = readdirSync(place.state).find((name) => name.endsWith(".db") || name.endsWith(".sqlite"));
  const journal = new DatabaseSync(join(place.state, file ?? ""));
  journal.prepare("UPDATE states SET text = ?").run(text);
  journal.close();
}

const sh = JSON.stringify({ kind: "sh", variables: {}, functions: {} });

test("a step whose shell cannot report its state fails, and no later step runs, also in another attempt", async () => {
  const { work } = makePlace({});
  const place = makePlace({
    "page.md": pageOf([
      // The runner's own variable: the report of the state breaks off.
      ['sh step="break" keeps="it only breaks" retry="2"', `readonly __rb_sep=x\necho ran >>${work}/ran`],
      ['sh step="use" keeps="it is not reached"', `touch ${work}/used`],
    ]),
  });
  const { steps } = await runPage(place, { keepGoing: true });
  for (const step of ["break", "use"])
    expect(steps.get(`page/${step}`)).toMatchObject({ outcome: "failed", error: { code: "state-unreadable" } });
  expect(readFileSync(join(work, "ran"), "utf8")).toBe("ran\n");
  expect(existsSync(join(work, "used"))).toBe(false);
});

test.each([
  ["cut", "", "the shell's report of it was cut"],
  ["damaged", '{"functions":', "its record is damaged"],
  ["of another kind of shell", sh, "sh left it, and the target offers bash now"],
])("where a kept state is %s nothing runs without it, neither resumed nor undone", async (_, text, why) => {
  const place = stopping();
  const first = await runPage(place);
  keepInstead(place, text);
  writeFileSync(join(place.work, "go"), "");
  const resumed = await runPage(place, { resume: first.result.run, yes: true });
  const { error } = resumed.steps.get("page/try") ?? {};
  expect(error).toMatchObject({ code: "state-unreadable", message: expect.stringContaining(why) });
  expect(error?.hint).toContain("`exec`");
  const undone = await undoPage(place, { run: resumed.result.run }, { yes: true });
  expect(undone.steps.get("page/name")).toMatchObject({ outcome: "failed", error: { code: "state-unreadable" } });
  expect(readdirSync(place.work).sort()).toEqual(["a.conf", "go", "tried"]);
  // What needs no state of a shell is undone all the same.
  const file = await undoPage(place, { run: resumed.result.run }, { yes: true, keepGoing: true });
  expect(file.steps.get("page/conf")?.outcome).toBe("passed");
  expect(existsSync(join(place.work, "a.conf"))).toBe(false);
});
