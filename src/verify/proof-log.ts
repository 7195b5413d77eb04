import type { RunEvent } from "../engine/events.ts";
import { makeRunId } from "../engine/journal/run-id.ts";
import { RunbookError } from "../errors/runbook-error.ts";
import type { ProofError, ProofEvent, ProofEventBase, ProofFinished, ProofOutcome, Stage } from "../evidence/events.ts";
import type { Runbook } from "../language/model/runbook.ts";
import type { ProofFailure } from "./stage/findings/verdict.ts";

/** A listener to proofs: to their own events, and to the events of the runs in their stages. */
export type ProofListener = (event: ProofEvent | RunEvent) => void;

/** An event without what the log knows itself. */
type BareEvent = ProofEvent extends infer E ? (E extends ProofEvent ? Omit<E, keyof ProofEventBase> : never) : never;

interface OpenStage {
  stage: Stage;
  begun: number;
}

/** Emits the events of one runbook's proof, stage by stage. */
export class ProofLog {
  readonly #runbook: Runbook;
  readonly #platform: string;
  readonly #listen: ProofListener;
  readonly #run = makeRunId(new Date());
  readonly #begun = performance.now();
  #open: OpenStage | undefined;
  #values: Record<string, string> = {};

  constructor(runbook: Runbook, platform: string, listen: ProofListener) {
    this.#runbook = runbook;
    this.#platform = platform;
    this.#listen = listen;
    this.#emit({ type: "proof-started" });
  }

  /** The stages that follow are given these values. */
  given(values: Record<string, string>): void {
    this.#values = values;
  }

  /** The next stage begins, so the one before it passed. */
  readonly begin = (stage: Stage, detail?: string): void => {
    this.endStage("passed");
    this.#open = { stage, begun: performance.now() };
    const values = this.#values;
    this.#emit({ type: "stage-started", stage, ...(detail !== undefined && { detail }), values });
  };

  /** Ends the current stage, if there is one. */
  endStage(outcome: ProofOutcome, error?: ProofError): void {
    const open = this.#open;
    if (!open) return;
    this.#open = undefined;
    const durationMs = Math.round(performance.now() - open.begun);
    const values = this.#values;
    this.#emit({ type: "stage-finished", stage: open.stage, values, outcome, durationMs, ...(error && { error }) });
  }

  /** The proof ends with an error that was thrown. */
  broken(error: unknown): void {
    if (error instanceof RunbookError) {
      const outcome = error.code === "blocked" ? "blocked" : "failed";
      this.finish({ outcome, error: this.errorAtRunbook(error.code, error.message, error.hint) });
    } else this.finish({ outcome: "cancelled" });
  }

  /** Takes an event of a run in the stage that goes on. */
  readonly listen = (event: RunEvent): void => {
    const values = Object.keys(this.#values).length > 0 ? { values: this.#values } : {};
    this.#listen({ ...event, proof: { run: this.#run, stage: this.#open?.stage ?? "", ...values } });
  };

  /** The proof is over. */
  finish(end: Pick<ProofFinished, "outcome"> & Partial<ProofFinished>): void {
    this.endStage(end.outcome, end.error);
    this.#emit({ ...end, type: "proof-finished", durationMs: Math.round(performance.now() - this.#begun) });
  }

  /** An error without a line of its own: its place is where the runbook is declared. */
  errorAtRunbook(code: string, message: string, hint?: string): ProofError {
    const { file, span } = this.#runbook;
    return { code, message, ...(hint && { hint }), file, ...span.start };
  }

  #emit(event: BareEvent): void {
    const { id: runbook, file, span } = this.#runbook;
    const time = new Date().toISOString();
    const known = { time, run: this.#run, runbook, platform: this.#platform, file, line: span.start.line };
    this.#listen({ ...event, ...known });
  }
}

/** A failure of a proof as an event has it. */
export function errorOf({ stage, message, hint, place }: ProofFailure): ProofError {
  return { code: stage, message, ...(hint && { hint }), ...place };
}
