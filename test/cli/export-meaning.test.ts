import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { pageOf } from "../engine/support/run-page.ts";
import { type Case, cases, tree } from "./meaning-cases.ts";
import { run } from "./run.ts";

/** The outcome of each step. */
type Outcomes = Record<string, string>;

interface Side {
  dir: string;
  exec(): Outcomes;
  undo(): void;
}

const first = (list: readonly string[]): string => list[0] ?? "";

function bothSides({ steps, head = "", before }: Case): [Side, Side] {
  const root = mkdtempSync(join(tmpdir(), "runbook-both-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "content"));
  writeFileSync(
    join(root, "content/page.md"),
    pageOf(steps, `  params:\n    DIR: { description: Where }\n    REL: { default: rel }\n${head}`),
  );
  const content = ["--content", join(root, "content")];
  const [one, other] = ["one", "other"].map((name) => {
    const dir = join(root, name);
    mkdirSync(dir);
    before?.(dir);
    return dir;
  }) as [string, string];
  const env = { RUNBOOK_STATE_DIR: join(root, "state") };
  const ids: string[] = [];
  const engine: Side = {
    dir: one,
    exec() {
      const { stdout } = run(["exec", "page", `DIR=${one}`, "--yes", "--report", "ndjson", ...content], { env });
      const events = stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, string>);
      ids.unshift(events[0]?.["run"] ?? "");
      // A service that fails later counts as failed, though it was ready.
      const ends = events.flatMap(({ type, step = "", outcome = "", error }): [string, string][] => {
        if (type === "step-finished") return [[step, outcome]];
        return type === "service-ended" && error ? [[step, "failed"]] : [];
      });
      return Object.fromEntries(ends);
    },
    // The later run stands on the earlier one.
    undo: () => ids.forEach((id) => void run(["undo", id, "--yes", ...content], { env })),
  };
  const script = join(root, "script.sh");
  const exported = run(["export", "page", "--to", "sh", ...content], { env });
  writeFileSync(script, exported.stdout);
  const names = steps.flatMap(([info]) => /step="([^"]+)"/.exec(info)?.slice(1) ?? []);
  const bash = (...words: string[]): string =>
    spawnSync("bash", [script, ...words, `DIR=${other}`], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 60_000,
    }).stdout;
  const exports: Side = {
    dir: other,
    exec() {
      const ends = new Map(
        Array.from(bash("--yes").matchAll(/^\[\d+\/\d+\] (\w+) +page\/(\S+)/gm), ([, end, step]) => [step, end]),
      );
      return Object.fromEntries(names.map((name) => [name, ends.get(name) ?? "cancelled"]));
    },
    undo: () => void bash("undo"),
  };
  return [engine, exports];
}

test.each(Object.keys(cases))("exec and the exported script agree: %s", { timeout: 120_000 }, (name) => {
  const one = cases[name];
  if (!one) throw new Error(name);
  const [engine, script] = bothSides(one);
  expect(script.exec()).toEqual(engine.exec());
  expect(tree(script.dir)).toEqual(tree(engine.dir));
  expect(tree(engine.dir).filter((line) => line.startsWith("never"))).toEqual([]);
  expect(script.exec()).toEqual(engine.exec());
  expect(tree(script.dir)).toEqual(tree(engine.dir));
  engine.undo();
  script.undo();
  expect(tree(script.dir)).toEqual(tree(engine.dir));
  expect(first(tree(engine.dir).filter((line) => line.startsWith("undone what")))).toBe("");
});
