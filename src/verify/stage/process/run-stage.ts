import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { checkout } from "../../../checkout.ts";
import type { RunEvent } from "../../../engine/events.ts";
import type { FailContext } from "../../../engine/run/options.ts";
import type { CommandErrorCode } from "../../../errors/codes.ts";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { FailLine } from "./fail-line.ts";
import type { Job, Message, Reply } from "./job.ts";

/** How a stage ended. */
export type StageResult = Omit<Extract<Message, { type: "done" }>, "type">;

/** The callbacks of a stage. */
export interface StageWatch {
  listen?: (event: RunEvent) => void;
  /** Called before each step that is about to run; the step waits for it. */
  beforeStep?: (step: string) => Promise<void>;
  /** Called at a step that failed, while its target is still there. */
  atFailure?: (context: FailContext) => Promise<void>;
  signal: AbortSignal;
}

/** Does a job in a process of its own. Throws what kept it from beginning. */
export async function runStage(job: Job, watch: StageWatch): Promise<StageResult> {
  watch.signal.throwIfAborted();
  // Not execa: it would wait for whoever holds the worker's stderr open, and the worker's exit is what counts.
  const worker = fork(join(checkout, "src/cli/start.cjs"), ["__stage"], {
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    // A terminal's Ctrl-C must not end it before it has ended what runs on the host.
    detached: true,
  });
  let said = "";
  worker.stderr?.on("data", (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-4000);
  });
  const reply = (message: Reply): void => {
    if (worker.connected) worker.send(message);
  };
  const end = (): void => {
    worker.kill("SIGTERM");
  };
  watch.signal.addEventListener("abort", end);
  let last: Extract<Message, { type: "done" | "stopped" }> | undefined;
  let failed: unknown;
  const goAfter = (work: Promise<void> | undefined): void => {
    (work ?? Promise.resolve()).then(
      () => reply({ type: "go" }),
      (error: unknown) => {
        failed ??= error;
        end();
      },
    );
  };
  const line = new FailLine((request) => reply({ type: "request", request }));
  worker.on("message", (message: Message) => {
    if (message.type === "event") watch.listen?.(message.event);
    else if (message.type === "ask") goAfter(watch.beforeStep?.(message.step));
    else if (message.type === "failed") goAfter(watch.atFailure?.(line.context(message.step)));
    else if (message.type === "answer") line.answered(message.offered);
    else last = message;
  });
  reply({ type: "job", job });
  try {
    await once(worker, "exit");
  } finally {
    watch.signal.removeEventListener("abort", end);
  }
  if (failed) throw failed;
  watch.signal.throwIfAborted();
  if (last?.type === "done") {
    const { outcome, values, findings } = last;
    return { outcome, values, findings };
  }
  if (last)
    throw new RunbookError(
      last.code as CommandErrorCode,
      last.message,
      last.hint === undefined ? {} : { hint: last.hint },
    );
  throw new RunbookError("machine-failed", `The process of the stage ended: ${said.trim() || "it said nothing"}`);
}
