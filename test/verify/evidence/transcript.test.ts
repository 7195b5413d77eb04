import { expect, test } from "vitest";
import type { Phase, RunEvent, StepFinished } from "../../../src/engine/events.ts";
import { KnownAddresses } from "../../../src/verify/evidence/known-addresses.ts";
import { Transcript } from "../../../src/verify/evidence/transcript.ts";

const base = { time: "2026-11-24T21:00:00.000Z", run: "r", runbook: "demo", step: "make" };
const place = { target: "host", file: "demo.md", line: 7 };
const hash = `sha256-${"0".repeat(64)}`;

const started = (): RunEvent => ({ ...base, ...place, type: "step-started" });
const printed = (phase: Phase, text: string, stream: "stdout" | "stderr" = "stdout"): RunEvent => ({
  ...base,
  ...{ type: "output", phase, stream, text },
});
const ended = (phase: Phase, exitCode: number): RunEvent => ({
  ...base,
  type: "phase-finished",
  phase,
  exitCode,
  durationMs: 5,
});
const finished = (more: Partial<StepFinished> = {}): RunEvent => ({
  ...base,
  ...place,
  ...{ type: "step-finished", outcome: "passed", exitCode: 0, durationMs: 100 },
  ...more,
});

function evidence(events: RunEvent[], waited = 0) {
  const transcript = new Transcript("demo");
  for (const event of events) transcript.listen(event);
  if (waited > 0) transcript.waited("demo/make", waited);
  return transcript.evidenceOf("make", hash, {
    names: new Map([["build7", "host"]]),
    addresses: new KnownAddresses([]),
  });
}

test("a step that passed has what it and its proofs printed, and not that its guard said no", () => {
  const seen = evidence([
    started(),
    printed("guard", "no\n"),
    ended("guard", 1),
    printed("run", "on build7\n"),
    printed("run", "warned\n", "stderr"),
    ended("run", 0),
    printed("proof", "there\n"),
    ended("proof", 0),
    finished(),
  ]);
  expect(seen).toEqual({
    id: "make",
    hash,
    outcome: "passed",
    durationMs: 100,
    exitCode: 0,
    phases: [
      { phase: "run", exitCode: 0, durationMs: 5, output: "on host\nwarned\n", cut: false },
      { phase: "proof", exitCode: 0, durationMs: 5, output: "there\n", cut: false },
    ],
  });
});

test("of several attempts the last one counts", () => {
  const seen = evidence([
    started(),
    printed("run", "1\n"),
    ended("run", 1),
    printed("run", "2\n"),
    ended("run", 0),
    finished(),
  ]);
  expect(seen?.phases).toEqual([{ phase: "run", exitCode: 0, durationMs: 5, output: "2\n", cut: false }]);
});

test("what a polled proof says again and again is kept once", () => {
  const seen = evidence([
    started(),
    ended("run", 0),
    printed("proof", "no\nno\nno\nyes\n"),
    ended("proof", 0),
    finished(),
  ]);
  expect(seen?.phases.at(-1)?.output).toBe("no\nyes\n");
});

test("a skipped step says why, and has no other reason than evidence knows", () => {
  const outcome = "skipped" as const;
  expect(evidence([started(), finished({ outcome, exitCode: null, reason: "when" })])).toMatchObject({
    outcome,
    reason: "when",
  });
  expect(evidence([started(), finished({ outcome, exitCode: null, reason: "journal" })])).toMatchObject({
    reason: "guard",
  });
});

test("time for which a step was held up is not its own", () => {
  expect(evidence([started(), finished()], 60.4)?.durationMs).toBe(40);
});

test("a step that was not reached has none; another runbook's step of that name is another", () => {
  expect(evidence([])).toBeUndefined();
  expect(evidence([{ ...finished(), runbook: "other" } as RunEvent])).toBeUndefined();
});

test("of a step that failed the last lines of the phase that failed are at hand", () => {
  const transcript = new Transcript("demo");
  const lines = [1, 2, 3, 4, 5, 6].map((number) => `line ${number}\n`).join("");
  const events = [
    started(),
    ...[printed("guard", "no\n"), ended("guard", 1)],
    ...[printed("run", lines), printed("run", "mkdir: File exists\n", "stderr"), ended("run", 1)],
    finished({ outcome: "failed", exitCode: 1 }),
  ];
  for (const event of events) transcript.listen(event);
  expect(transcript.lastWordsOf("make")).toBe("line 3\nline 4\nline 5\nline 6\nmkdir: File exists");
  expect(transcript.lastWordsOf("other")).toBe("");
});
