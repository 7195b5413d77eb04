import type { Listener, Outcome } from "../events.ts";
import type { Journal } from "../journal/journal.ts";
import type { RunRecord } from "../journal/record.ts";
import type { Ask } from "../step/ask-person.ts";
import type { Interrupt } from "../step/step-in-hand.ts";
import type { Host } from "../target/host.ts";
import type { OfferedState } from "../target/offer-state.ts";

/** How a run is done. */
export interface RunOptions {
  journal: Journal;
  /** Where the steps run. Who opened it closes it. */
  host: Host;
  listen: Listener;
  /** Called with the run's name before the journal has the run, so that what is kept beside the journal is there for every run in it. */
  named?: (run: string) => void;
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

/** The options of a run that guards and computed defaults need. */
export type InspectOptions = Pick<RunOptions, "host" | "interrupt">;

/** The step that failed, for the shell that `--shell` opens. */
export interface FailContext {
  /** The step, as `runbook/step`. */
  key: string;
  /** The target's name; `host` is the host. */
  on: string;
  /** The target's command; absent for the host. */
  command?: string;
  values: ReadonlyMap<string, string>;
  /**
   * Offers the state of the target's shell on the target, to a shell that reads it there, between what else that
   * shell is to run. Undefined where the target is gone.
   */
  offer: (before: string, after: string) => Promise<OfferedState | undefined>;
  /** Offers a script on the host in the same way, through a pipe. */
  offerOnHost: (script: string) => Promise<OfferedState | undefined>;
}

/** How a run ended. */
export interface RunResult {
  run: string;
  outcome: Outcome;
  exitCode: number;
  /** Every value that is known at the end, without secrets. */
  values: Record<string, string>;
}
