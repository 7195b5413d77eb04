import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePlace, pageOf, runPage, undoPage } from "../../support/run-page.ts";

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

test("folders that a file step made go with its file, unless something else is in them", async () => {
  const { work } = makePlace({});
  const steps: [string, string][] = ["a b/c/file", "d/e/file", "there/file"].map((name, index) => [
    `ini step="f${index}" file="$WORK/${name}"`,
    "text",
  ]);
  const place = makePlace({ "page.md": pageOf(steps, `  params:\n    WORK: { default: "${work}" }\n`) });
  mkdirSync(join(work, "there"));
  const done = await runPage(place);
  expect(existsSync(join(work, "a b/c/file"))).toBe(true);
  writeFileSync(join(work, "d/mine"), "");
  await undoPage(place, { run: done.result.run });
  expect(readdirSync(work).sort()).toEqual(["d", "there"]);
  expect([readdirSync(join(work, "d")), readdirSync(join(work, "there"))]).toEqual([["mine"], []]);
});
