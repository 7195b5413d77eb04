import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makePlace, type PageRun, pageOf, runPage } from "../support/run-page.ts";

const told = (done: PageRun, step: string): string => {
  const { outcome, error } = done.steps.get(`page/${step}`) ?? {};
  return error ? `${error.code}: ${error.message}` : String(outcome);
};

test("a path that its values make none of a file fails at its place, and nothing is written", async () => {
  const { work } = makePlace({});
  const page = pageOf(
    [
      ['ini step="relative" file="$FOLDER/file"', "x"],
      ['ini step="empty" file="$EMPTY"', "x"],
      ['ini step="up" file="$WORK/$UP/file"', "x"],
      ['ini step="folder" file="$WORK/$EMPTY"', "x"],
      ['sh step="hand" sets="FEED"', "FEED=$(printf 'a\\nb')"],
      ['ini step="feed" file="$WORK/$FEED"', "x"],
      ['ini step="secret" file="$WORK/$TOKEN"', "x"],
      ['sh step="hide" sets="HIDDEN"', 'HIDDEN=key-$(printf %s "$TOKEN" | base64)'],
      ['ini step="hidden" file="$WORK/$HIDDEN/key"', "x"],
    ],
    `  params:\n    FOLDER: { default: etc }\n    EMPTY: { default: "" }\n    UP: { default: ".." }\n    WORK: { default: "${work}" }\n    TOKEN: { secret: true }\n`,
  );
  const done = await runPage(makePlace({ "page.md": page }), { keepGoing: true, env: { TOKEN: "s3cr3t-t0ken" } });
  expect(told(done, "relative")).toBe('file-path-bad: The path "etc/file" is not absolute.');
  expect(done.steps.get("page/relative")?.error?.line).toBe(
    page.split("\n").indexOf('```ini step="relative" file="$FOLDER/file"') + 1,
  );
  expect(told(done, "empty")).toBe("file-path-bad: The path of the file is empty.");
  expect(told(done, "up")).toBe(`file-path-bad: The path "${work}/../file" has \`..\`.`);
  expect(told(done, "folder")).toBe(`file-path-bad: The path "${work}/" names a folder, not a file.`);
  expect(told(done, "feed")).toContain("has a control character");
  for (const step of ["secret", "hidden"])
    expect(told(done, step)).toBe("file-path-bad: The path of the file contains a secret.");
  expect(readdirSync(work)).toEqual([]);
});

test.runIf(process.getuid?.() === 0)(
  "a full disk, a disk that can't be written and a file that is mounted leave what was there, and nothing else",
  async () => {
    const { work } = makePlace({});
    const [full, fixed, mounted] = ["full", "fixed", "mounted"].map((name) => join(work, name)) as [
      string,
      string,
      string,
    ];
    for (const folder of [full, fixed, mounted]) mkdirSync(folder);
    const mount = (...words: string[]): void => {
      execFileSync("mount", words);
      onTestFinished(() => void execFileSync("umount", ["--lazy", words.at(-1) ?? ""]));
    };
    mount("-t", "tmpfs", "-o", "size=64k", "none", full);
    mount("-t", "tmpfs", "none", fixed);
    for (const folder of [full, fixed, mounted]) writeFileSync(join(folder, "file"), "old\n");
    execFileSync("mount", ["-o", "remount,ro", fixed]);
    mount("--bind", join(mounted, "file"), join(mounted, "file"));
    const steps = ["full", "fixed", "mounted"].map((name): [string, string] => [
      `ini step="${name}" file="$WORK/${name}/file"`,
      "x".repeat(100_000),
    ]);
    const page = pageOf(steps, `  params:\n    WORK: { default: "${work}" }\n`);
    const done = await runPage(makePlace({ "page.md": page }), { keepGoing: true });
    for (const name of ["full", "fixed", "mounted"]) {
      expect(told(done, name)).toContain("command-failed");
      expect([readdirSync(join(work, name)), readFileSync(join(work, name, "file"), "utf8")]).toEqual([
        ["file"],
        "old\n",
      ]);
    }
    expect(done.output("full", "stderr")).toContain("No space left on device");
    expect(done.output("fixed", "stderr")).toContain("Read-only file system");
  },
);

test("a run that is broken off while it writes leaves the old file, and nothing beside it", async () => {
  const { work } = makePlace({});
  mkdirSync(join(work, "conf"));
  writeFileSync(join(work, "conf/file"), "old\n");
  const abort = new AbortController();
  const page = pageOf(
    [
      [
        'sh step="slow"',
        `mkdir ${work}/bin\nprintf '#!/bin/sh\\necho writing >&2\\nexec sleep 50\\n' >${work}/bin/mv\nchmod +x ${work}/bin/mv\nPATH=${work}/bin:$PATH`,
      ],
      ['ini step="file" file="$WORK/conf/file"', "new"],
    ],
    `  params:\n    WORK: { default: "${work}" }\n`,
  );
  const done = await runPage(makePlace({ "page.md": page }), {
    interrupt: abort.signal,
    onEvent: (event) => {
      if (event.type === "output" && event.step === "file") abort.abort();
    },
  });
  expect(told(done, "file")).toContain("interrupted");
  expect([readdirSync(join(work, "conf")), readFileSync(join(work, "conf/file"), "utf8")]).toEqual([["file"], "old\n"]);
  expect(existsSync(join(work, "bin/mv"))).toBe(true);
});
