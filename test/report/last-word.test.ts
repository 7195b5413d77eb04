import { expect, test } from "vitest";
import type { RunEvent } from "../../src/engine/events.ts";
import { afterStep, RunningStep } from "../../src/report/step/step-view.ts";

const common = { time: "2026-11-24T21:00:00.000Z", run: "r", runbook: "page", step: "login", target: "host" };
const place = { file: "page.md", line: 1 };
const begun = { ...common, ...place, type: "step-started" } as const;
const ended = { ...common, ...place, type: "step-finished", outcome: "passed", exitCode: 0, durationMs: 1 } as const;
const said: RunEvent = { ...common, type: "output", phase: "run", stream: "stdout", text: "ssh root@10.0.3.2\n" };

function lines(sets: string[], isLast: boolean): string[] {
  const running = new RunningStep({ ...begun, ...(sets.length > 0 ? { sets } : {}) });
  if (said.type === "output") running.write(said);
  return afterStep(ended, running, { columns: 80, isLast } as Parameters<typeof afterStep>[2]);
}

test("what the last step reads is shown, and nothing of others", () => {
  expect(lines(["LOGIN"], true)).toEqual(["  ssh root@10.0.3.2"]);
  expect(lines(["LOGIN"], false)).toEqual([]);
  expect(lines([], true)).toEqual([]);
});
