/** What a proof of a runbook on a clean host left: the file `evidence/<runbook>@<platform>.json` beside its page. */
export interface Evidence {
  version: 1;
  runbook: string;
  /** Kind of host, system, its version and architecture, such as `lxc-debian-12-amd64`. */
  platform: string;
  /** When the proof ended: ISO 8601, UTC. */
  date: string;
  /** The commit whose pages were proved. */
  commit: string;
  /** Of all of it: run, again, restart and undo. */
  durationMs: number;
  host: EvidenceHost;
  /** The values that it was proved with; a secret is `"***"`. */
  values: Record<string, string>;
  /** The runbook's own steps, in page order. */
  steps: StepEvidence[];
  /** Whether it ran again and found everything done. */
  again: Verdict;
  /** Whether it still held after the host restarted. */
  restart: Verdict;
  /** Whether undo led back to the host as it was, but for what the page keeps. */
  undo: Verdict;
  /** Whether the script of `export --to sh` led to the same end state; absent in evidence of before that was tried. */
  script?: Verdict;
  /** Whether the script that the page's button copies led to the same end state; absent as above. */
  copied?: Verdict;
  /** What was still on the host after undo. */
  residue: Residue[];
  /** The last attempt that failed, where none has succeeded since. */
  lastFailure: LastFailure | null;
}

/** What the clean host was. */
export interface EvidenceHost {
  os: string;
  kernel: string;
  /** The version of the control groups. */
  cgroup: 1 | 2;
  /** Versions by package or program. */
  tools: Record<string, string>;
}

/** How one part of a proof ended; `skipped` where it was not tried. */
export type Verdict = Word<"verdict">;

/** What was seen of a step. */
export interface StepEvidence {
  id: string;
  /** The hash of its meaning, as it was then. */
  hash: string;
  outcome: Word<"outcome">;
  /** Why it was skipped. */
  reason?: Word<"reason">;
  durationMs: number;
  /** Null where no command of its own ran, or a signal ended it. */
  exitCode: number | null;
  /** What its host received from outside meanwhile, in two digits that count; absent where that was nothing to speak of. */
  downloadedBytes?: number;
  phases: PhaseEvidence[];
}

/** What one part of a step printed. */
export interface PhaseEvidence {
  phase: Word<"phase">;
  exitCode: number | null;
  durationMs: number;
  /** What it printed, on both streams; secrets are masked. */
  output: string;
  /** The middle of the output was left out. */
  cut: boolean;
}

/** A thing that undo left on the host. */
export interface Residue {
  kind: Word<"kind">;
  name: string;
  change: Word<"change">;
  /** The page's reason; null where the page gives none, which fails the proof. */
  keeps: string | null;
}

/** An attempt to prove that failed. */
export interface LastFailure {
  date: string;
  commit: string;
  /** The part of the proof that failed. */
  stage: Word<"stage">;
  /** The step that failed; null where it was the whole. */
  step: string | null;
  /** That step's hash then; of the whole, the last step's. */
  hash: string | null;
  message: string;
}

/** The words that the fields take. */
export const WORDS = {
  verdict: ["passed", "failed", "skipped"],
  outcome: ["passed", "skipped", "failed", "blocked", "cancelled"],
  reason: ["when", "guard"],
  phase: ["when", "guard", "run", "proof", "undo"],
  stage: ["run", "again", "restart", "undo", "script", "copied"],
  kind: ["package", "unit", "user", "network", "firewall", "mount", "file"],
  change: ["added", "removed", "changed"],
} as const;

type Word<Key extends keyof typeof WORDS> = (typeof WORDS)[Key][number];
