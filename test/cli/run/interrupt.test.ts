import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commandLine, root, run } from "../run.ts";

const pages = join(import.meta.dirname, "../fixtures/pages");
let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "runbook-interrupt-"));
  env = { PATH: process.env["PATH"], HOME: process.env["HOME"], RUNBOOK_STATE_DIR: join(folder, "state") };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Running {
  child: ChildProcessWithoutNullStreams;
  /** Resolves when what was printed so far has this in it. */
  until: (words: string) => Promise<void>;
  ended: Promise<{ exitCode: number | null; stdout: string; stderr: string }>;
}

function start(...args: string[]): Running {
  const [file = "", ...words] = commandLine(args);
  const child = spawn(file, words, { cwd: root, env, stdio: "pipe" });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data: Buffer) => {
    stdout += data.toString();
  });
  child.stderr.on("data", (data: Buffer) => {
    stderr += data.toString();
  });
  const ended = new Promise<Awaited<Running["ended"]>>((resolve) => {
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  const until = async (words: string): Promise<void> => {
    while (!stdout.includes(words) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  return { child, until, ended };
}

const slow = ["exec", "run-bad", "HOW=slow", "--yes", "--report", "ndjson", "--content", pages];

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s ends the step and all it started, and says how to go on",
  async (signal) => {
    const { child, until, ended } = start(...slow);
    await until("before the end");
    child.kill(signal);
    const { exitCode, stdout, stderr } = await ended;
    expect(exitCode).toBe(130);
    expect(stderr).toBe("Ending what runs; a second time ends at once.\n");
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.at(-1)).toMatchObject({ type: "run-finished", outcome: "cancelled", exitCode: 130 });
    expect(() => execFileSync("pgrep", ["-f", "^sleep 61\\.375$"])).toThrow();
    expect(run(["runs"], { env }).stdout).toContain("cancelled");
  },
);

test("an interrupted run, shown for people, names the line to go on with", async () => {
  const { child, until, ended } = start("exec", "run-bad", "HOW=slow", "--yes", "--verbose", "--content", pages);
  await until("before the end");
  child.kill("SIGINT");
  const { exitCode, stdout } = await ended;
  expect(exitCode).toBe(130);
  expect(stdout).toMatch(/Go on: +RUNBOOK_STATE_DIR=\S+ \.\/runbook resume \d{8}-\d{4}-\w{4} --yes --content /);
});

test("a second signal ends at once", async () => {
  const { child, until, ended } = start(...slow);
  await until("before the end");
  child.kill("SIGINT");
  child.kill("SIGTERM");
  expect((await ended).exitCode).toBe(130);
});

test("a run that a second signal ends at once names the line to go on with, too", async () => {
  const { child, until, ended } = start("exec", "run-stubborn", "--verbose", "--content", pages);
  await until("it stays");
  child.kill("SIGINT");
  await new Promise((resolve) => setTimeout(resolve, 200));
  child.kill("SIGINT");
  const { exitCode, stdout, stderr } = await ended;
  expect(exitCode).toBe(130);
  expect(`${stdout}${stderr}`).toMatch(/Go on: +RUNBOOK_STATE_DIR=\S+ \.\/runbook resume \d{8}-\d{4}-\w{4} --content /);
});

test("whoever reads the report may leave early", async () => {
  const { child, until, ended } = start("exec", "run-bad", "HOW=well", "--yes", "--content", pages);
  await until("[1/3]");
  child.stdout.destroy();
  expect((await ended).exitCode).toBe(0);
});
