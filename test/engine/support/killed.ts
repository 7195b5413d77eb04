import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { RunEvent } from "../../../src/engine/events.ts";
import type { Place, RunPageOptions } from "./perform.ts";

const runner = join(import.meta.dirname, "./runner.ts");

/** Runs a page in a process of its own, which is killed so long after the first event that `at` holds for. */
export async function runKilled(
  place: Place,
  at: (event: RunEvent) => boolean,
  delayMs: number,
  options: RunPageOptions = {},
): Promise<{ run: string; events: RunEvent[]; killed: boolean }> {
  const child = spawn(process.execPath, [runner, JSON.stringify({ place, options })], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  const events: RunEvent[] = [];
  let killing: NodeJS.Timeout | undefined;
  createInterface(child.stdout).on("line", (line) => {
    const event = JSON.parse(line) as RunEvent;
    events.push(event);
    if (at(event)) killing ??= setTimeout(() => child.kill("SIGKILL"), delayMs);
  });
  const [, signal] = await closed;
  clearTimeout(killing);
  return { run: events[0]?.run ?? "", events, killed: signal === "SIGKILL" };
}
