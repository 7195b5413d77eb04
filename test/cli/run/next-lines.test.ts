import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { canMount, shNames, targetWith } from "../../engine/support/with-sh.ts";
import { type Ended, run, typeLine } from "../run.ts";

let folder: string;
const at = (name: string): string => join(folder, name);

// What each test sets up stands in a folder with a blank and a quote in its name: lines have to be quoted.
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "runbook-lines-")), "it's here");
  mkdirSync(at("pages"), { recursive: true });
  onTestFinished(() => rmSync(join(folder, ".."), { recursive: true, force: true }));
});

const page = (undo = 'rm "$DIR/$NAME"'): string => `---
runbook:
  id: thing
  params:
    DIR: {}
    NAME: { default: a }
---
# Thing

\`\`\`sh step="make"
touch "$DIR/$NAME"
\`\`\`

\`\`\`sh guard="make"
[ -e "$DIR/$NAME" ]
\`\`\`

\`\`\`sh undo="make"
${undo}
\`\`\`

\`\`\`sh step="end" keeps="it only looks"
[ ! -e "$DIR/stop-$NAME" ]
\`\`\`
`;

function command(...args: string[]): Ended {
  return run([...args, "--content", at("pages")], { env: { RUNBOOK_STATE_DIR: at("state") } });
}

/** The line behind these words of what was printed. */
function lineOf({ stdout, stderr }: Ended, words: string): string {
  return new RegExp(`${words}:? +(.*)$`, "m").exec(`${stdout}\n${stderr}`)?.[1] ?? "";
}

test("the line to go on with goes on, and the line to take away takes away", () => {
  writeFileSync(at("pages/thing.md"), page());
  writeFileSync(at("stop-b c"), "");
  const failed = command("exec", "thing", `DIR=${folder}`, "NAME=b c", "--yes");
  expect(failed.exitCode).toBe(1);
  rmSync(at("stop-b c"));
  const goneOn = typeLine(lineOf(failed, "Go on"));
  expect(goneOn).toMatchObject({ exitCode: 0, stderr: "" });
  expect(existsSync(at("b c"))).toBe(true);
  const taken = typeLine(`${lineOf(goneOn, "Take it away")} --yes`);
  expect(taken.exitCode).toBe(0);
  expect(existsSync(at("b c"))).toBe(false);
});

test("an undo that stopped is gone on with for the same values", () => {
  writeFileSync(at("pages/thing.md"), page('[ ! -e "$DIR/keep" ]\nrm "$DIR/$NAME"'));
  for (const name of ["a", "b"]) command("exec", "thing", `DIR=${folder}`, `NAME=${name}`);
  writeFileSync(at("keep"), "");
  const failed = command("undo", "thing", "NAME=a", "--yes");
  expect(failed.exitCode).toBe(1);
  rmSync(at("keep"));
  expect(typeLine(lineOf(failed, "Go on")).exitCode).toBe(0);
  expect([existsSync(at("a")), existsSync(at("b"))]).toEqual([false, true]);
});

test("an undo of a run is gone on with by the run's whole name", () => {
  writeFileSync(at("pages/thing.md"), page('[ ! -e "$DIR/keep" ]\nrm "$DIR/$NAME"'));
  const done = command("exec", "thing", `DIR=${folder}`);
  writeFileSync(at("keep"), "");
  const id = /\d{8}-\d{4}-\w{4}/.exec(done.stdout)?.[0] ?? "";
  const failed = command("undo", id.slice(0, 8), "--yes");
  expect(lineOf(failed, "Go on")).toContain(`undo ${id} --yes`);
  rmSync(at("keep"));
  expect(typeLine(lineOf(failed, "Go on")).exitCode).toBe(0);
  expect(existsSync(at("a"))).toBe(false);
});

test("a changed page is gone on with by the exec line, with values and selection", () => {
  writeFileSync(at("pages/thing.md"), page());
  writeFileSync(at("stop-x y"), "");
  const failed = command("exec", "thing", `DIR=${folder}`, "NAME=x y", "--only", "end");
  expect(failed.exitCode).toBe(1);
  writeFileSync(at("pages/thing.md"), page().replace("[ ! -e", "echo once more\n[ ! -e"));
  rmSync(at("stop-x y"));
  const refused = typeLine(lineOf(failed, "Go on"));
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("plan-changed") });
  const goneOn = typeLine(lineOf(refused, "skipped by their guards"));
  expect(goneOn.exitCode).toBe(0);
  expect(goneOn.stdout).toContain("1 passed, 1 skipped");
  expect(existsSync(at("x y"))).toBe(false);
});

test("an undo that is held names the line to undo first", () => {
  writeFileSync(
    at("pages/thing.md"),
    `---\nrunbook:\n  id: thing\n  params: { PORT: { default: '80' } }\n---\n# T\n\n\`\`\`ini step="conf" file="${folder.replace("'s", "")}"\nport = $PORT\n\`\`\`\n`,
  );
  const path = folder.replace("'s", "");
  writeFileSync(path, "original");
  const first = command("exec", "thing");
  command("exec", "thing", "PORT=81");
  const undoFirst = `${lineOf(first, "Take it away")} --yes`;
  const held = typeLine(undoFirst);
  expect(held.exitCode).toBe(3);
  const [, line = ""] = /undo that first \((.*)\)/.exec(held.stdout) ?? [];
  expect(typeLine(`${line} --yes`).exitCode).toBe(0);
  expect(readFileSync(path, "utf8")).toBe("port = 80\n");
  expect(typeLine(undoFirst).exitCode).toBe(0);
  expect(readFileSync(path, "utf8")).toBe("original");
});

test("a page that is gone is undone by its id, by its path and by its run", () => {
  const path = at("pages/thing.md");
  for (const words of [["thing", `NAME=n`], [path], undefined]) {
    writeFileSync(path, page());
    const done = command("exec", words?.[0] === path ? path : "thing", `DIR=${folder}`, "NAME=n");
    rmSync(path);
    const undone = words ? command("undo", ...words, "--yes") : typeLine(`${lineOf(done, "Take it away")} --yes`);
    expect(undone).toMatchObject({ exitCode: 0, stderr: "" });
    expect(existsSync(at("n"))).toBe(false);
  }
});

test("a run that is to be undone on failure is, in one record, and counts as failed", () => {
  writeFileSync(at("pages/thing.md"), page());
  writeFileSync(at("stop-a"), "");
  const report = at("run.ndjson");
  const words = ["exec", "thing", `DIR=${folder}`, "--undo-on-failure"];
  const failed = command(...words, "--report", `ndjson=${report}`);
  expect(failed.exitCode).toBe(1);
  expect(existsSync(at("a"))).toBe(false);
  const events = readFileSync(report, "utf8").trim().split("\n");
  const ends = events.map((line) => JSON.parse(line)).filter(({ type }) => type === "run-finished");
  expect(ends.map(({ outcome }) => outcome)).toEqual(["failed", "passed"]);
  expect(command(...words, "--keep-going")).toMatchObject({ exitCode: 2 });
});

test("what asks before each step says that it needs a terminal", () => {
  writeFileSync(at("pages/thing.md"), page());
  const refused = command("exec", "thing", `DIR=${folder}`, "--step");
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("`--step` needs a terminal") });
});

test.runIf(canMount && shNames.length > 0)("the line that enters a target names a shell that is there", () => {
  const box = targetWith(shNames[0] as string);
  const steps = '```sh step="a" on="box"\ntouch "$DIR/a"\n```\n\n```sh guard="a"\n[ -e "$DIR/a" ]\n```\n';
  const head = `---\nrunbook:\n  id: box\n  params:\n    DIR: {}\n  targets:\n    box: ${JSON.stringify(box)}\n---\n# Box\n\n`;
  writeFileSync(at("pages/box.md"), head + steps);
  for (const end of ["1 passed", "1 skipped"]) {
    const done = command("exec", "box", `DIR=${folder}`);
    expect(done.stdout).toContain(end);
    expect(typeLine(lineOf(done, "Enter box"))).toMatchObject({ exitCode: 0, stderr: "" });
  }
});

test("an undo of several runs' work names once what stays", () => {
  writeFileSync(at("pages/thing.md"), page());
  for (const time of [1, 2])
    expect([time, command("exec", "thing", `DIR=${folder}`, "--only", "end").exitCode]).toEqual([time, 0]);
  const again = command("undo", "thing", "--yes");
  expect(again.stdout.match(/thing\/end/g)).toEqual(["thing/end"]);
  expect(again.stdout).toContain("Nothing is undone.");
});
