import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePlace, pageOf, runPage, undoPage } from "../../support/run-page.ts";

const head = (id: string, requires: string): string =>
  `---\ntitle: ${id}\nrunbook:\n  id: ${id}\n  requires: [${requires}]\n---\n\n`;
const step = (id: string, text: string, guard: string, undo: string): string =>
  `\`\`\`sh step="${id}"\n${text}\n\`\`\`\n\n\`\`\`sh guard="${id}"\n${guard}\n\`\`\`\n\n\`\`\`sh undo="${id}"\n${undo}\n\`\`\`\n\n`;

test("a runbook begun by one run and ended by another is undone as a whole, and holds nothing after that", async () => {
  const { work } = makePlace({});
  const file = (name: string): string => join(work, name);
  const made = (name: string, before = ""): [string, string, string] => [
    `${before}touch ${file(name)}`,
    `[ -e ${file(name)} ]`,
    `rm --force ${file(name)}`,
  ];
  const place = makePlace({
    "base.md": head("base", "") + step("x", ...made("x")),
    "page.md": head("page", "base") + step("a", ...made("a")) + step("b", ...made("b", `[ -e ${file("allowed")} ]\n`)),
  });
  expect((await runPage(place)).result.exitCode).toBe(1);
  writeFileSync(file("allowed"), "");
  expect((await runPage(place)).result.exitCode).toBe(0);
  await undoPage(place, { id: "page", given: new Map(), env: {} });
  expect(["x", "a", "b"].map((name) => existsSync(file(name)))).toEqual([true, false, false]);
  await undoPage(place, { id: "base", given: new Map(), env: {} });
  expect(existsSync(file("x"))).toBe(false);
});

test("what two runs made under names of their own is undone by name, each", async () => {
  const { work } = makePlace({});
  const page = pageOf([
    ['sh step="folder"', `dir=$(mktemp --directory ${work}/folder.XXXXXX)`],
    ['sh undo="folder"', 'rmdir "$dir"'],
    ['sh step="name" sets="NAME"', `NAME=${work}/file.$BASHPID.$RANDOM`],
    ['sh step="file"', 'touch "$NAME"\nforget() { rm "$NAME"; }'],
    ['sh undo="file"', "forget"],
    ['sh step="inside"', `cd "$(mktemp --directory ${work}/inside.XXXXXX)"\ntouch here`],
    ['sh undo="inside"', 'rm here\nrmdir "$PWD"'],
    ['sh step="one"', `mkdir ${work}/one`],
    ['sh guard="one"', "false"],
    ['sh undo="one"', `rmdir ${work}/one`],
  ]);
  const place = makePlace({ "page.md": page });
  await runPage(place);
  expect((await runPage(place, { selection: { until: "inside" } })).result.outcome).toBe("passed");
  expect(readdirSync(work)).toHaveLength(7);
  const undone = await undoPage(place, { id: "page", given: new Map(), env: {} });
  expect([undone.result.outcome, readdirSync(work)]).toEqual(["passed", []]);
});

test("what two runs did to the same thing is undone once", async () => {
  const { work } = makePlace({});
  const page = pageOf([
    ['sh step="make"', `dir=${work}/made\nmkdir -p "$dir"`],
    ['sh undo="make"', 'rmdir "$dir"'],
    // Its guard says that what the first run did is gone: a number like this may be another's by now.
    ['sh step="number"', "number=$RANDOM"],
    ['sh guard="number"', "false"],
    ['sh undo="number"', `echo "$number" >>${work}/numbers`],
  ]);
  const place = makePlace({ "page.md": page });
  await runPage(place);
  await runPage(place);
  const undone = await undoPage(place, { id: "page", given: new Map(), env: {} });
  expect([undone.result.outcome, [...undone.steps.keys()]]).toEqual(["passed", ["page/number", "page/make"]]);
  expect(readFileSync(join(work, "numbers"), "utf8")).toMatch(/^\d+\n$/);
});
