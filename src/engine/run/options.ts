import type { Listener, Outcome } from "../events.ts";
import type { Journal } from "../journal/journal.ts";
import type { RunRecord } from "../journal/record.ts";
import type { Host } from "../target/host.ts";
import type { Ask, FailContext, Interrupt } from "./session.ts";

/** How a run is done. */
export interface RunOptions {
  journal: Journal;
  /** Where the steps run. Who opened it closes it. */
  host: Host;
  listen: Listener;
  ask: Ask;
  /** Answer yes to what would be asked. */
  yes: boolean;
  /** Ask before each step. */
  each?: boolean;
  /** Later steps run although one failed. */
  keepGoing?: boolean;
  /** Called at a step that failed, while its target is still there. */
  onFail?: (context: FailContext) => Promise<void>;
  interrupt: Interrupt;
  /** The run that is gone on with. */
  resume?: RunRecord;
}

/** How a run ended. */
export interface RunResult {
  run: string;
  outcome: Outcome;
  exitCode: number;
  /** Every value that is known at the end, without secrets. */
  values: Record<string, string>;
}
