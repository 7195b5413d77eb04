import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { RunEvent, StepFinished } from "../../../src/engine/events.ts";

const checkout = join(import.meta.dirname, "../../..");

/** What a call of the launcher did. */
export interface Called {
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
  events: RunEvent[];
  /** The steps' ends, by `ID/STEP`. */
  ends: Map<string, StepFinished>;
}

/** How the launcher is called. */
export interface CallOptions {
  state: string;
  env?: Record<string, string>;
  /** Kill the runner with SIGKILL when this holds for an event. */
  killAt?: (event: RunEvent) => boolean;
}

/** Calls the launcher as a user does, and reads the events of a run. */
export async function runbook(args: string[], options: CallOptions): Promise<Called> {
  const report = join(options.state, `../events-${process.hrtime.bigint()}.ndjson`);
  const reports = ["exec", "resume", "undo"].includes(args[0] ?? "") ? ["--report", `ndjson=${report}`] : [];
  const child = execa(join(checkout, "runbook"), [...args, ...reports], {
    env: { RUNBOOK_STATE_DIR: options.state, ...options.env },
    stdin: "ignore",
    reject: false,
  });
  let watch: NodeJS.Timeout | undefined;
  if (options.killAt) {
    const { killAt } = options;
    watch = setInterval(() => {
      if (readEvents(report).some(killAt)) child.kill("SIGKILL");
    }, 20);
  }
  const { exitCode, stdout, stderr } = await child;
  clearInterval(watch);
  const events = reports.length > 0 ? readEvents(report) : [];
  const ends = new Map<string, StepFinished>();
  for (const event of events) if (event.type === "step-finished") ends.set(`${event.runbook}/${event.step}`, event);
  return { exitCode, stdout, stderr, events, ends };
}

function readEvents(file: string): RunEvent[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  // The last line may be half written.
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  return whole
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as RunEvent);
}
