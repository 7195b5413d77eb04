import type { Listener, Outcome, RunEvent } from "../events.ts";
import type { Journal } from "../journal/journal.ts";
import type { Plan, PlanStep } from "../plan/plan.ts";
import type { Masker } from "../secrets/mask.ts";
import type { Host } from "../target/host.ts";
import type { TargetKey } from "../target/target-key.ts";
import type { Targets } from "../target/targets.ts";

/** Asks a question that a person answers with yes or no; rejects where nobody can be asked. */
export type Ask = (question: {
  kind: "danger" | "retry" | "step" | "undo";
  text: string;
  hint: string;
}) => Promise<boolean>;

/** What ends a run from outside: a first signal in order, a second one at once. */
export interface Interrupt {
  first: AbortSignal;
  second: AbortSignal;
  reason: "SIGINT" | "SIGTERM" | "SIGHUP";
}

/** What a step that failed leaves for `--shell`. */
export interface FailContext {
  step: PlanStep;
  target: TargetKey;
  /** The target's command; absent for the host. */
  command?: string;
  values: ReadonlyMap<string, string>;
  /** The shell's state before the step, as commands that restore it; absent where none is known. */
  restore?: string;
}

/** An event without what every event carries. */
export type BareEvent = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, "time" | "run"> : never) : never;

/** What the steps of a run share. */
export interface Session {
  id: string;
  plan: Plan;
  journal: Journal;
  host: Host;
  targets: Targets;
  masker: Masker;
  /** Every value that is known now, variables handed on too. */
  values: Map<string, string>;
  /** The page's number in the run, by its file. */
  pages: Map<string, number>;
  ask: Ask;
  yes: boolean;
  each: boolean;
  interrupt: Interrupt;
  emit: (event: BareEvent) => void;
  /** Steps that count as done, since the run that is resumed did them. */
  done: ReadonlySet<string>;
  /** Steps that the run that is resumed began and did not finish well. */
  doubtful: ReadonlySet<string>;
  counts: Record<Outcome, number>;
}

/** Adds time and run to a run's events. */
export function emitter(run: string, listen: Listener): (event: BareEvent) => void {
  return (event) => listen({ ...event, time: new Date().toISOString(), run } as RunEvent);
}

/** The mark of a step's attempt: its processes carry it, its control group is named after it. */
export function markOf(run: string, index: number, attempt: number): string {
  return `${run}-${index}.${attempt}`;
}
