import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runKilled } from "../support/killed.ts";
import { makePlace, pageOf, runPage, undoPage } from "../support/run-page.ts";

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

test("a step that failed or was killed half-way is undone too", { timeout: 60_000 }, async () => {
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
  ];
  const place = makePlace({
    "page.md": pageOf(steps, `  targets:\n    inner: sh -c '[ -e ${work}/machine ] && exec "$@"' enter\n`),
  });
  const done = await runPage(place);
  rmSync(join(work, "machine"));
  const undone = await undoPage(place, { run: done.result.run });
  expect(undone.steps.get("page/in")).toMatchObject({ outcome: "passed", detail: expect.stringContaining("gone") });
  expect(log(work)).toBe("");
});

test("file steps give back what was there: content, mode, link, nothing; what was changed since stays", async () => {
  const { work } = makePlace({});
  const at = (name: string) => join(work, name);
  writeFileSync(at("content"), Buffer.from([0, 255, 10, 10]));
  chmodSync(at("content"), 0o640);
  writeFileSync(at("aim"), "aim");
  symlinkSync("aim", at("link"));
  symlinkSync("nowhere", at("dangling"));
  writeFileSync(at("changed"), "before");
  writeFileSync(at("same"), "text\n");
  const names = ["content", "link", "dangling", "absent", "changed", "same", "gone"];
  const steps = names.map((name): [string, string] => [`ini step="${name}" file="$WORK/${name}"`, "text"]);
  const place = makePlace({ "page.md": pageOf(steps, `  params:\n    WORK: { default: "${work}" }\n`) });
  writeFileSync(at("gone"), "old");
  const done = await runPage(place);
  expect(statSync(at("content")).mode & 0o777).toBe(0o640);
  for (const name of names) expect(readFileSync(at(name), "utf8")).toBe("text\n");
  expect(readFileSync(at("aim"), "utf8")).toBe("aim");
  expect(done.steps.get("page/same")).toMatchObject({ outcome: "skipped", reason: "guard" });
  writeFileSync(at("changed"), "mine now");
  rmSync(at("gone"));
  const undone = await undoPage(place, { run: done.result.run });
  expect(readFileSync(at("content"))).toEqual(Buffer.from([0, 255, 10, 10]));
  expect(statSync(at("content")).mode & 0o777).toBe(0o640);
  expect([readlinkSync(at("link")), readlinkSync(at("dangling"))]).toEqual(["aim", "nowhere"]);
  expect(existsSync(at("absent"))).toBe(false);
  expect(readFileSync(at("changed"), "utf8")).toBe("mine now");
  expect(undone.steps.get("page/changed")?.detail).toContain("changed since");
  expect(readFileSync(at("same"), "utf8")).toBe("text\n");
  expect(readFileSync(at("gone"), "utf8")).toBe("old");
});

test("a file whose path a step hands on is undone", async () => {
  const { work } = makePlace({});
  const place = makePlace({
    "page.md": pageOf(
      [
        ['sh step="find" sets="NAME"', "NAME=found"],
        ['ini step="file" file="$WORK/$NAME"', "name = $NAME"],
      ],
      `  params:\n    WORK: { default: "${work}" }\n`,
    ),
  });
  const done = await runPage(place);
  expect(readFileSync(join(work, "found"), "utf8")).toBe("name = found\n");
  await undoPage(place, { run: done.result.run });
  expect(existsSync(join(work, "found"))).toBe(false);
});

test("a file step refuses a folder, a device and what is too large to keep, and leaves them as they are", async () => {
  const { work } = makePlace({});
  mkdirSync(join(work, "folder"));
  const place = makePlace({
    "page.md": pageOf(
      [
        ['ini step="folder" file="$WORK/folder"', "x"],
        ['sh step="pipe"', `mkfifo ${work}/fifo\ntruncate --size 105M ${work}/large`],
        ['ini step="fifo" file="$WORK/fifo"', "x"],
        ['ini step="large" file="$WORK/large"', "x"],
      ],
      `  params:\n    WORK: { default: "${work}" }\n`,
    ),
  });
  const done = await runPage(place, { keepGoing: true });
  expect([...done.steps.values()].map(({ outcome, error }) => error?.code ?? outcome)).toEqual([
    "file-not-kept",
    "passed",
    "file-not-kept",
    "file-not-kept",
  ]);
  expect(lstatSync(join(work, "folder")).isDirectory()).toBe(true);
  expect(lstatSync(join(work, "fifo")).isFIFO()).toBe(true);
  expect(statSync(join(work, "large")).size).toBe(105 * 2 ** 20);
});

test("a file of some megabytes is given back whole", async () => {
  const { work } = makePlace({});
  const content = Buffer.alloc(6_000_000, "0123456789abcde\n");
  writeFileSync(join(work, "big"), content);
  const place = makePlace({
    "page.md": pageOf([['ini step="big" file="$WORK/big"', "x"]], `  params:\n    WORK: { default: "${work}" }\n`),
  });
  const done = await runPage(place);
  await undoPage(place, { run: done.result.run });
  expect(readFileSync(join(work, "big")).equals(content)).toBe(true);
});
