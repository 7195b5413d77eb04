import type { Evidence, LastFailure, Residue, StepEvidence, Verdict } from "../../../evidence/schema.ts";
import type { PackageList } from "../../evidence/package-list.ts";

/** A place of a page that a failure points at. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** Why a runbook is not proved. */
export interface ProofFailure {
  stage: LastFailure["stage"];
  /** The step's id, where it is one step of the runbook; null where it is the whole. */
  step: string | null;
  message: string;
  hint?: string;
  place: Place;
  /** Steps that printed something else than the page shows, with what they printed. */
  differs?: { step: string; printed: string }[];
}

/** The result of a runbook's proof. */
export type ProofResult =
  | { outcome: "proved"; proof: Proof }
  | { outcome: "failed"; failure: ProofFailure }
  | { outcome: "blocked"; message: string; hint: string };

/** What a proof found, before it is written down. */
export interface Proof {
  steps: StepEvidence[];
  again: Verdict;
  restart: Evidence["restart"];
  undo: Verdict;
  script: Verdict;
  copied: Verdict;
  residue: Residue[];
  values: Record<string, string>;
  host: { os: string; kernel: string; cgroup: 1 | 2; tools: Record<string, string> };
  durationMs: number;
  /** The packages of the host after the run. */
  packages: PackageList;
}

/** Ends a proof with a known failure. */
export class ProofFailed extends Error {
  readonly failure: ProofFailure;

  constructor(failure: ProofFailure) {
    super(failure.message);
    this.name = "ProofFailed";
    this.failure = failure;
  }
}
