import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runKilled } from "../../support/killed.ts";
import { makePlace, pageOf, runPage, undoPage } from "../../support/run-page.ts";

const log = (work: string): string => (existsSync(join(work, "log")) ? readFileSync(join(work, "log"), "utf8") : "");

/** A page whose steps make a file each, and say in a log when they are undone. */
function page(id: string, work: string, steps: string[], requires = ""): string {
  const fences = steps.map(
    (step) => `\`\`\`sh step="${step}"
mine="${id}-${step}"
touch ${work}/${id}-${step}
\`\`\`

\`\`\`sh guard="${step}"
[ -e ${work}/${id}-${step} ]
\`\`\`

\`\`\`sh undo="${step}"
rm -f ${work}/${id}-${step}
echo "${id}/${step} \${mine-unknown}" >>${work}/log
\`\`\`
`,
  );
  return `---\ntitle: ${id}\nrunbook:\n  id: ${id}\n  requires: [${requires}]\n---\n\n${fences.join("\n")}`;
}

test("a run is undone in reverse, required runbooks too, each step from the shell state that it left", async () => {
  const { work } = makePlace({});
  const place = makePlace({ "a.md": page("a", work, ["one", "two"]), "page.md": page("page", work, ["three"], "a") });
  const done = await runPage(place);
  const undone = await undoPage(place, { run: done.result.run });
  expect(undone.result.outcome).toBe("passed");
  expect(log(work)).toBe("page/three page-three\na/two a-two\na/one a-one\n");
  expect([...undone.steps.keys()]).toEqual(["page/three", "a/two", "a/one"]);
  await expect(undoPage(place, { run: done.result.run })).rejects.toMatchObject({
    code: "nothing-to-undo",
    exitCode: 0,
  });
});

test("what a later run stands on stays, until that is undone; a run that only skipped holds nothing", async () => {
  const { work } = makePlace({});
  const place = makePlace({
    "a.md": page("a", work, ["one"]),
    "page.md": page("page", work, ["two"], "a"),
    "b.md": page("b", work, ["three"], "a"),
  });
  const first = await runPage(place);
  const second = await runPage(place, { id: "b" });
  await runPage(place, { id: "b" });
  const held = await undoPage(place, { run: first.result.run });
  expect(held.undo.held).toEqual([{ key: "a/one", run: second.result.run }]);
  expect(log(work)).toBe("page/two page-two\n");
  await undoPage(place, { run: second.result.run });
  await undoPage(place, { run: first.result.run });
  expect(log(work)).toBe("page/two page-two\nb/three b-three\na/one a-one\n");
});

test("what was there before a run is not undone by it", async () => {
  const { work } = makePlace({});
  const place = makePlace({ "page.md": page("page", work, ["one", "two"]) });
  writeFileSync(join(work, "page-one"), "mine");
  const done = await runPage(place);
  await undoPage(place, { run: done.result.run });
  expect(log(work)).toBe("page/two page-two\n");
  expect(readFileSync(join(work, "page-one"), "utf8")).toBe("mine");
});

test("undo of a runbook without a journal asks the guards", async () => {
  const { work } = makePlace({});
  const place = makePlace({ "page.md": page("page", work, ["one", "two", "three"]) });
  writeFileSync(join(work, "page-one"), "");
  writeFileSync(join(work, "page-three"), "");
  const undone = await undoPage(place, { id: "page", given: new Map(), env: {} });
  expect(log(work)).toBe("page/three unknown\npage/one unknown\n");
  expect(undone.steps.get("page/two")).toMatchObject({ outcome: "skipped", reason: "guard" });
});

test("undo of a runbook without a journal leaves what no guard can speak for, and says so", async () => {
  const { work } = makePlace({});
  const undo = (id: string): [string, string] => [`sh undo="${id}"`, `echo ${id} >>${work}/log`];
  const place = makePlace({
    "page.md": pageOf([
      ['sh step="name" sets="NAME"', "NAME=one"],
      ['sh step="bare"', "true"],
      undo("bare"),
      ['sh step="named"', "true"],
      ['sh guard="named"', `[ -e "${work}/$NAME" ]`],
      undo("named"),
      ['sh step="done"', "true"],
      ['sh guard="done"', "true"],
      undo("done"),
    ]),
  });
  const undone = await undoPage(place, { id: "page", given: new Map(), env: {} });
  expect(undone.result).toMatchObject({ outcome: "left", exitCode: 1 });
  expect(undone.steps.get("page/bare")).toMatchObject({ outcome: "left", detail: expect.stringContaining("no guard") });
  expect(undone.steps.get("page/named")).toMatchObject({ outcome: "left", detail: expect.stringContaining("NAME") });
  expect(log(work)).toBe("done\n");
});

test("a second undo of a runbook finds nothing left, also where no guard can say so: the journal does", async () => {
  const { work } = makePlace({});
  const place = makePlace({
    "page.md": pageOf([
      ['sh step="name" sets="NAME"', "NAME=one"],
      ['sh step="bare"', "true"],
      ['sh undo="bare"', `echo bare >>${work}/log`],
      ['sh step="named"', `touch "${work}/$NAME"`],
      ['sh guard="named"', `[ -e "${work}/$NAME" ]`],
      ['sh undo="named"', `rm "${work}/$NAME"\necho named >>${work}/log`],
    ]),
  });
  await runPage(place);
  const undo = async () => await undoPage(place, { id: "page", given: new Map(), env: {} });
  expect((await undo()).result).toMatchObject({ exitCode: 0 });
  const second = await undo();
  expect(second.result).toMatchObject({ exitCode: 0 });
  expect(second.steps.get("page/bare")).toMatchObject({ outcome: "skipped", reason: "journal" });
  expect(second.steps.get("page/named")).toMatchObject({ outcome: "skipped", reason: "journal" });
  expect(log(work)).toBe("named\nbare\n");
});

test("undo of a runbook without a journal fails where a guard is broken", async () => {
  const { work } = makePlace({});
  const place = makePlace({
    "page.md": pageOf([
      ['sh step="one"', "true"],
      ['sh guard="one"', "no-such-command"],
      ['sh undo="one"', `echo one >>${work}/log`],
    ]),
  });
  const undone = await undoPage(place, { id: "page", given: new Map(), env: {} });
  expect(undone.result.exitCode).toBe(1);
  expect(undone.steps.get("page/one")).toMatchObject({ outcome: "failed", error: { code: "guard-broken" } });
  expect(log(work)).toBe("");
});

test("a step that failed or was killed half-way is undone too", async () => {
  const { work } = makePlace({});
  const half = pageOf([
    ['sh step="one"', `touch ${work}/one`],
    ['sh undo="one"', `rm -f ${work}/one\necho one >>${work}/log`],
    ['sh step="two"', `touch ${work}/two\nsleep "$(cat ${work}/time)"\nfalse`],
    ['sh undo="two"', `rm -f ${work}/two\necho two >>${work}/log`],
    ['sh step="three"', "true"],
    ['sh undo="three"', `echo three >>${work}/log`],
  ]);
  const place = makePlace({ "page.md": half });
  writeFileSync(join(work, "time"), "0");
  const failed = await runPage(place);
  await undoPage(place, { run: failed.result.run });
  writeFileSync(join(work, "time"), "60");
  const killed = await runKilled(place, (event) => event.type === "step-started" && event.step === "two", 200);
  await undoPage(place, { run: killed.run });
  expect(log(work)).toBe("two\none\ntwo\none\n");
});

test("an undo that fails says where, stops, and can be done again", async () => {
  const { work } = makePlace({});
  const place = makePlace({
    "page.md": pageOf([
      ['sh step="one"', "true"],
      ['sh undo="one"', `echo one >>${work}/log`],
      ['sh step="two"', "true"],
      ['sh undo="two"', `[ -e ${work}/allowed ]\necho two >>${work}/log`],
    ]),
  });
  const done = await runPage(place);
  const failed = await undoPage(place, { run: done.result.run });
  expect(failed.result).toMatchObject({ outcome: "failed", exitCode: 1 });
  expect(failed.steps.get("page/two")).toMatchObject({ outcome: "failed", error: { line: 22, column: 1 } });
  writeFileSync(join(work, "allowed"), "");
  await undoPage(place, { run: done.result.run });
  expect(log(work)).toBe("two\none\n");
});

test("an undo on a target that is gone has nothing left to do", async () => {
  const { work } = makePlace({});
  const steps: [string, string][] = [
    ['sh step="machine"', `touch ${work}/machine`],
    ['sh undo="machine"', `rm ${work}/machine`],
    ['sh step="in" on="inner"', "true"],
    ['sh undo="in"', `echo no >>${work}/log`],
    [`ini step="file" on="inner" file="${work}/file"`, "text"],
  ];
  const place = makePlace({
    "page.md": pageOf(steps, `  targets:\n    inner: sh -c '[ -e ${work}/machine ] && exec "$@"' enter\n`),
  });
  const done = await runPage(place);
  renameSync(join(work, "machine"), join(work, "away"));
  const undone = await undoPage(place, { run: done.result.run });
  const left = { outcome: "skipped", detail: expect.stringContaining("cannot be entered") };
  expect([undone.steps.get("page/in"), undone.steps.get("page/file")]).toMatchObject([left, left]);
  expect(log(work)).toBe("");
  // The machine's own undo failed, for want of it: once it is back, all of it is still to be undone.
  expect(undone.steps.get("page/machine")).toMatchObject({ outcome: "failed" });
  renameSync(join(work, "away"), join(work, "machine"));
  await undoPage(place, { run: done.result.run });
  expect(log(work)).toBe("no\n");
  expect([existsSync(join(work, "file")), existsSync(join(work, "machine"))]).toEqual([false, false]);
});
