import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Journal } from "../../../src/engine/journal/journal.ts";
import { temporaryState } from "./sample.ts";

const writer = join(import.meta.dirname, "./writer.ts");

/** Starts a process that writes to the journal; `said` grows with what it says. */
function write(dir: string, runs: string[] = []) {
  const child = spawn(process.execPath, [writer, dir, ...runs], { stdio: ["ignore", "pipe", "inherit"] });
  const writing = { child, said: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    writing.said += text;
  });
  return writing;
}

/** The last word that was said of each run and step. */
function lastWords(said: string): Map<string, string> {
  const lines = said.slice(0, said.lastIndexOf("\n") + 1).split("\n");
  return new Map(
    lines.filter(Boolean).map((line) => [line.slice(line.indexOf(" ") + 1), line.slice(0, line.indexOf(" "))]),
  );
}

/** What is said before a change may or may not be there; what is said after one is. */
function expectAsSaid(journal: Journal, words: Map<string, string>): void {
  const runs = new Map(journal.runs().map((run) => [run.id, run]));
  for (const [what, word] of words) {
    const [id = "", key] = what.split(" ");
    const run = runs.get(id);
    if (!key) {
      expect([word, run !== undefined]).toEqual([word, word !== "run" || run !== undefined]);
      if (word === "finished") expect(run).toMatchObject({ outcome: "passed", exitCode: 0 });
      continue;
    }
    const step = journal.steps(id).find((step) => step.key === key);
    if (word !== "begin") expect(step?.begun).toBeGreaterThan(0);
    if (word !== "end" && word !== "ended") expect(step?.end).toBeUndefined();
    if (word === "ended") expect(step?.end).toBeDefined();
    if (step?.end) {
      expect(step.output).toEqual([{ phase: "run", stream: "stdout", text: `${key}\n`.repeat(500) }]);
      expect(journal.stateAfter(id, key)).toContain(`state of ${what}`);
    } else {
      expect(journal.stateAfter(id, key)).toBeUndefined();
    }
  }
}

/** Nothing is there that was not announced. */
function expectNoMore(journal: Journal, words: Map<string, string>): void {
  for (const run of journal.runs()) {
    expect(words.has(run.id)).toBe(true);
    for (const step of journal.steps(run.id)) {
      if (step.begun !== undefined) expect(words.has(`${run.id} ${step.key}`)).toBe(true);
    }
  }
}

test("a writer killed at any instant leaves exactly the steps begun and finished", async () => {
  using state = temporaryState();
  const words = new Map<string, string>();
  for (let kill = 0; kill < 20; kill++) {
    const writing = write(state.dir);
    const closed = once(writing.child, "close");
    // While it starts, and then anywhere in its first runs, however slow the machine is.
    const lines = kill % 4 === 0 ? 0 : Math.random() * 50;
    while (writing.said.split("\n").length <= lines) await once(writing.child.stdout, "data");
    await sleep(Math.random() * 5);
    writing.child.kill("SIGKILL");
    await closed;
    for (const [what, word] of lastWords(writing.said)) words.set(what, word);
    const journal = state.open();
    expectAsSaid(journal, words);
    expectNoMore(journal, words);
    journal.close();
  }
  expect([...words.values()].filter((word) => word === "ended").length).toBeGreaterThan(20);
});

test("processes that write at once, on a new journal too, lose nothing", async () => {
  using state = temporaryState();
  const writings = Array.from({ length: 4 }, () => write(state.dir, ["15"]));
  const codes = await Promise.all(writings.map(async ({ child }) => (await once(child, "close"))[0]));
  expect(codes).toEqual([0, 0, 0, 0]);
  const journal = state.open();
  const begun = journal.runs().flatMap((run) => journal.steps(run.id).map((step) => step.begun));
  expect(new Set(begun).size).toBe(4 * 15 * 3);
  for (const { said } of writings) expectAsSaid(journal, lastWords(said));
});
