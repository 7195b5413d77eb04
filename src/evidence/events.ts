/** The parts of a proof in their order. `layer` makes what the proof starts from, where that is not there yet. */
export const STAGES = [
  "layer",
  "start",
  "look",
  "run",
  "proofs",
  "again",
  "restart",
  "undo",
  "residue",
  "probe",
  "script",
  "copied",
  "why",
] as const;

/** A part of a proof. */
export type Stage = (typeof STAGES)[number];

/** How a proof, or a part of one, ended. */
export type ProofOutcome = "passed" | "failed" | "blocked" | "cancelled";

/** Why a proof did not pass, with the place in the page. */
export interface ProofError {
  /** The stage's name, or the code of what kept it from beginning. */
  code: string;
  message: string;
  hint?: string;
  file: string;
  line: number;
  column: number;
}

/** What every event of a proof carries. */
export interface ProofEventBase {
  /** ISO 8601, UTC. */
  time: string;
  /** The proof's own id; events of the runs in its stages have it as `proof.run`. */
  run: string;
  runbook: string;
  /** Such as `lxc-debian-12-amd64`. */
  platform: string;
  /** The page, and the line on which the runbook is declared. */
  file: string;
  line: number;
}

/** The proof of a runbook begins. */
export interface ProofStarted extends ProofEventBase {
  type: "proof-started";
}

/** A part of a proof begins. */
export interface StageStarted extends ProofEventBase {
  type: "stage-started";
  stage: Stage;
  /** The thing that is made, where the stage's name does not say so. */
  detail?: string;
  /** The values that are given; none where all are the defaults. */
  values: Record<string, string>;
}

/** A part of a proof ended. */
export interface StageFinished extends ProofEventBase {
  type: "stage-finished";
  stage: Stage;
  values: Record<string, string>;
  outcome: ProofOutcome;
  durationMs: number;
  error?: ProofError;
}

/** The proof of a runbook ended. */
export interface ProofFinished extends ProofEventBase {
  type: "proof-finished";
  outcome: ProofOutcome;
  durationMs: number;
  /** When it was proved, where nothing has changed since on this machine. */
  since?: string;
  /** Steps that their guard skipped at once, so that they are not proved. */
  notProved?: string[];
  /** The evidence file that was written, or in which the failure is noted. */
  evidence?: string;
  /** The command that enters the host that was left. */
  kept?: string;
  error?: ProofError;
}

/** Every event of a proof beside the events of its runs, in order. */
export type ProofEvent = ProofStarted | StageStarted | StageFinished | ProofFinished;
