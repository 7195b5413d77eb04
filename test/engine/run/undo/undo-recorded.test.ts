import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { runKilled } from "../../support/killed.ts";
import { makePlace, type Place, pageOf, runPage, undoPage } from "../../support/run-page.ts";

const edit = (place: Place, text: string): void => writeFileSync(join(place.content, "page.md"), text);
const read = (path: string): string => readFileSync(path, "utf8");

function fixture(page: (work: string) => string): Place {
  const place = makePlace({ "page.md": "" });
  edit(place, page(place.work));
  return place;
}

describe("a file step is undone by what its run recorded", () => {
  const page = (path: string, text: string): string => pageOf([[`ini step="conf" file="${path}"`, text]]);

  test.each([
    ["its text edited", (work: string) => page(`${work}/a.conf`, "setting = 2")],
    ["its path edited", (work: string) => page(`${work}/b.conf`, "setting = 1")],
    ["its step taken off the page", () => pageOf([['sh step="other"', "true"]])],
    [
      "its step made one of commands",
      (work: string) =>
        pageOf([
          ['sh step="conf"', "true"],
          ['sh undo="conf"', `rm -rf ${work}`],
        ]),
    ],
    ["its page no runbook any more", () => "# Only prose\n"],
    ["its page broken", () => '---\nrunbook: [\n---\n\n```sh step="x"\n'],
  ])("with %s", async (_, edited) => {
    const place = fixture((work) => page(`${work}/a.conf`, "setting = 1"));
    const path = join(place.work, "a.conf");
    writeFileSync(path, "original");
    writeFileSync(join(place.work, "b.conf"), "never ours");
    const { result } = await runPage(place);
    edit(place, edited(place.work));
    const undone = await undoPage(place, { run: result.run });
    expect(undone.result).toMatchObject({ outcome: "passed", exitCode: 0 });
    expect([read(path), read(join(place.work, "b.conf"))]).toEqual(["original", "never ours"]);
    await expect(undoPage(place, { run: result.run })).rejects.toMatchObject({ code: "nothing-to-undo" });
  });

  test("and where it was changed since it is left, which is no success, until it is as it was", async () => {
    const place = fixture((work) => page(`${work}/a.conf`, "setting = 1"));
    const path = join(place.work, "a.conf");
    writeFileSync(path, "original");
    const { result } = await runPage(place);
    const written = read(path);
    writeFileSync(path, "by hand");
    const left = await undoPage(place, { run: result.run });
    expect(left.result).toMatchObject({ outcome: "left", exitCode: 1 });
    expect(left.steps.get("page/conf")).toMatchObject({
      outcome: "left",
      detail: expect.stringContaining("changed since"),
    });
    expect(read(path)).toBe("by hand");
    writeFileSync(path, written);
    expect((await undoPage(place, { run: result.run })).result.outcome).toBe("passed");
    expect(read(path)).toBe("original");
  });

  test("and a later run that wrote the same file is undone first", async () => {
    const param = "  params:\n    PORT: { default: '80' }\n";
    const place = fixture((work) =>
      pageOf(
        [
          [`ini step="conf" file="${work}/w.conf"`, "port = $PORT"],
          ['sh step="own"', `touch ${work}/own-$PORT`],
          ['sh undo="own"', `rm ${work}/own-$PORT`],
        ],
        param,
      ),
    );
    const path = join(place.work, "w.conf");
    writeFileSync(path, "original");
    const first = await runPage(place);
    const second = await runPage(place, { given: { PORT: "81" } });
    const held = await undoPage(place, { run: first.result.run });
    expect(held.undo.held).toEqual([{ key: "page/conf", run: second.result.run }]);
    expect(held.result).toMatchObject({ outcome: "left", exitCode: 1 });
    expect([read(path), existsSync(join(place.work, "own-80"))]).toEqual(["port = 81\n", false]);
    await undoPage(place, { run: second.result.run });
    expect(read(path)).toBe("port = 80\n");
    await undoPage(place, { run: first.result.run });
    expect(read(path)).toBe("original");
  });
});

describe("a step's commands are undone by what its run recorded", () => {
  const page = (work: string, undoTwo: string): string =>
    pageOf([
      ['sh step="one"', `touch ${work}/one`],
      ['sh undo="one"', `rm ${work}/one`],
      ['sh step="two"', `mkdir ${work}/two\ncd ${work}/two\nmine=1`],
      ['sh undo="two"', undoTwo],
    ]);
  const original = (work: string): string => page(work, `[ "$mine" = 1 ]\ncd /\nrmdir ${work}/two`);

  test("where the page was moved, emptied or deleted", async () => {
    for (const change of [
      (place: Place) => cpSync(join(place.content, "page.md"), join(place.content, "moved.mdx")),
      (place: Place) => edit(place, pageOf([['sh step="one"', "true"]])),
      (place: Place) => rmSync(place.content, { recursive: true }),
    ]) {
      const place = fixture(original);
      const { result } = await runPage(place);
      change(place);
      if (!existsSync(place.content)) mkdirSync(place.content);
      const undone = await undoPage(place, { run: result.run });
      expect([...undone.steps].map(([key, { outcome }]) => [key, outcome])).toEqual([
        ["page/two", "passed"],
        ["page/one", "passed"],
      ]);
      expect([existsSync(join(place.work, "one")), existsSync(join(place.work, "two"))]).toEqual([false, false]);
    }
  });

  test("and by today's page only where that is asked for", async () => {
    const place = fixture((work) => page(work, "false"));
    const { result } = await runPage(place);
    edit(place, original(place.work));
    const recorded = await undoPage(place, { run: result.run });
    expect(recorded.undo.steps.map(({ otherToday }) => otherToday)).toEqual([true, undefined]);
    expect(recorded.steps.get("page/two")).toMatchObject({ outcome: "failed" });
    const current = await undoPage(place, { run: result.run }, { current: true });
    expect(current.result.outcome).toBe("passed");
    expect(existsSync(join(place.work, "two"))).toBe(false);
  });

  test("each run of a runbook by its own record, where the page was edited in between", async () => {
    const made = (work: string, name: string): string =>
      pageOf([
        ['sh step="make"', `touch ${work}/${name}`],
        ['sh undo="make"', `rm ${work}/${name}`],
      ]);
    const place = fixture((work) => made(work, "old"));
    await runPage(place);
    edit(place, made(place.work, "new"));
    await runPage(place);
    const undone = await undoPage(place, { id: "page", given: new Map(), env: {} });
    expect(undone.result.outcome).toBe("passed");
    expect([existsSync(join(place.work, "old")), existsSync(join(place.work, "new"))]).toEqual([false, false]);
  });

  test("and what has no undo is named as what stays, and not as undone", async () => {
    const place = fixture((work) =>
      pageOf([
        ['sh step="made"', `touch ${work}/made`],
        ['sh undo="made"', `rm ${work}/made`],
        ['sh step="bare"', `touch ${work}/bare`],
        ['sh step="kept" keeps="others use it"', `touch ${work}/kept`],
      ]),
    );
    const { result } = await runPage(place);
    const { undo } = await undoPage(place, { run: result.run });
    expect(undo.kept.map(({ key, why }) => [key, why])).toEqual([
      ["page/kept", "others use it"],
      ["page/bare", "it has no undo"],
    ]);
  });
});

test("what was only asked is no work: a thing made by hand while a guard was asked stays", async () => {
  const place = fixture((work) =>
    pageOf([
      ['sh step="create"', `touch ${work}/container`],
      ['sh guard="create"', `[ -e ${work}/fast ] || sleep 60\n[ -e ${work}/container ]`],
      ['sh undo="create"', `rm ${work}/container`],
      ['sh step="next"', `touch ${work}/next`],
      ['sh undo="next"', `rm ${work}/next`],
    ]),
  );
  const killed = await runKilled(place, (event) => event.type === "step-started" && event.step === "create", 300);
  writeFileSync(join(place.work, "container"), "by hand");
  writeFileSync(join(place.work, "fast"), "");
  const resumed = await runPage(place, { resume: killed.run });
  expect(resumed.steps.get("page/create")).toMatchObject({ outcome: "skipped", reason: "guard" });
  await undoPage(place, { run: resumed.result.run });
  expect([read(join(place.work, "container")), existsSync(join(place.work, "next"))]).toEqual(["by hand", false]);
});

test("a run that an earlier version recorded is undone by its page", async () => {
  const place = makePlace({});
  const fixtures = join(import.meta.dirname, "../../journal/fixtures");
  const fill = (text: string): string => text.replaceAll("@WORK@", place.work).replaceAll("@CONTENT@", place.content);
  mkdirSync(place.content);
  mkdirSync(place.state, { mode: 0o700 });
  edit(place, fill(read(join(fixtures, "version-2.md"))));
  const journal = new DatabaseSync(join(place.state, "journal.db"));
  journal.exec(fill(read(join(fixtures, "version-2.sql"))));
  journal.close();
  mkdirSync(join(place.work, "made"));
  writeFileSync(join(place.work, "there"), "");
  writeFileSync(join(place.work, "last"), "by hand");
  writeFileSync(join(place.work, "conf"), "a = 1\n");
  const undone = await undoPage(place, { id: "page", given: new Map(), env: {} });
  expect([...undone.steps].map(([key, { outcome }]) => [key, outcome])).toEqual([
    ["page/conf", "passed"],
    ["page/made", "passed"],
  ]);
  expect(read(join(place.work, "conf"))).toBe("before\n");
  expect(["made", "there", "last"].map((name) => existsSync(join(place.work, name)))).toEqual([false, true, true]);
});
