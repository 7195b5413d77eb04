import * as z from "zod/mini";
import { described, exitStatus, formed, moment, textsByName, whole } from "../schema/shapes.ts";

const id = formed(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "an id");
const hash = formed(/^sha256-[0-9a-f]{64}$/, "a hash, sha256- and 64 hexadecimal digits,");
const commit = formed(/^[0-9a-f]{7,64}$/, "a commit's hash");
const verdicts = ["passed", "failed", "skipped"] as const;
const verdict = z.enum(verdicts);

const host = z.strictObject({
  os: described(z.string(), "the operating system and its version"),
  kernel: described(z.string(), "the kernel's version"),
  cgroup: described(z.literal([1, 2]), "the version of the control groups"),
  tools: described(textsByName, "the versions of the packages and programs that the page uses, by name"),
});

const phase = z.strictObject({
  phase: described(z.enum(["when", "guard", "run", "proof", "undo"]), "the part of the step"),
  exitCode: described(exitStatus, "the exit status of this part; null where a signal or a time limit ended it"),
  durationMs: described(whole, "how long this part took"),
  output: described(z.string(), "what this part printed on stdout and stderr; secrets are masked"),
  cut: described(z.boolean(), "whether the middle of the output was left out"),
});

const step = z.strictObject({
  id: described(id, "the step's id"),
  hash: described(hash, "the hash of the step's meaning at that time"),
  outcome: described(z.enum(["passed", "skipped", "failed", "blocked", "cancelled"]), "how the step ended"),
  reason: described(z.exactOptional(z.enum(["when", "guard"])), "why the step was skipped; absent where it was not"),
  durationMs: described(whole, "how long the step took, with its guards and proofs"),
  exitCode: described(exitStatus, "the exit status of the step's commands; null where none ran or a signal ended them"),
  downloadedBytes: described(
    z.exactOptional(whole),
    "how many bytes the host received from outside during the step, rounded to two significant digits; absent where that was next to nothing",
  ),
  phases: described(z.array(phase), "the parts of the step that ran, in order"),
});

const residue = z.strictObject({
  kind: described(
    z.enum(["package", "unit", "user", "network", "firewall", "mount", "setting", "file"]),
    "the kind of thing that undo left on the host",
  ),
  name: described(z.string(), "the name or path of that thing"),
  change: described(z.enum(["added", "removed", "changed"]), "how it differs from before the proof"),
  keeps: described(z.nullable(z.string()), "the page's reason; null where the page gives none, which fails the proof"),
});

const lastFailure = z.strictObject({
  date: described(moment, "when that attempt ended"),
  commit: described(commit, "the commit whose pages failed"),
  stage: described(
    z.enum(["run", "again", "restart", "undo", "script", "copied"]),
    "the part of the proof that failed",
  ),
  step: described(z.nullable(id), "the step that failed; null where no single step did"),
  hash: described(
    z.nullable(hash),
    "the hash of that step at that time; where no single step failed, the hash of the last step",
  ),
  message: described(z.string(), "the error's message"),
});

/** The file `evidence/<runbook>@<platform>.json` beside a page: what a proof of its runbook on a clean host left. */
export const evidenceSchema = z.strictObject({
  version: described(z.literal(1), "the version of this format"),
  runbook: described(id, "the runbook's id"),
  platform: described(
    formed(/^[a-z0-9][a-z0-9.-]*$/, "a platform such as lxc-debian-12-amd64"),
    "the kind of host, its system with version, and its architecture, such as `lxc-debian-12-amd64`",
  ),
  date: described(moment, "when the proof ended: ISO 8601, UTC"),
  commit: described(commit, "the commit whose pages were proved"),
  durationMs: described(whole, "how long the run, the second run, the restart and undo took together"),
  host: described(host, "the clean host that the runbook was proved on"),
  values: described(textsByName, 'the values that the runbook was proved with; a secret is `"***"`'),
  steps: described(z.array(step), "the runbook's own steps, in page order"),
  again: described(verdict, "whether a second run found every step done; `skipped` where there was no second run"),
  restart: described(
    z.enum([...verdicts, "rerun"]),
    "whether every step was still done after the host restarted; `rerun` where the page says that a restart takes its work away, and a run after the restart brought it back",
  ),
  undo: described(verdict, "whether undo left the host as it was before, except for what the page keeps"),
  script: described(
    z.exactOptional(verdict),
    "whether the script of `export --to sh` led to the same end state; absent in evidence from versions of `verify` that did not try it",
  ),
  copied: described(
    z.exactOptional(verdict),
    "whether the script that the page's button copies led to the same end state; absent in evidence from versions of `verify` that did not try it",
  ),
  residue: described(z.array(residue), "the things that were still on the host after undo"),
  lastFailure: described(z.nullable(lastFailure), "the last attempt, where it failed"),
});

/** The schema of each part of an evidence file, for the reference. */
export const evidenceParts = { evidence: evidenceSchema, host, step, phase, residue, lastFailure };

/** The evidence of a proof. */
export type Evidence = z.infer<typeof evidenceSchema>;

/** The clean host that a proof ran on. */
export type EvidenceHost = z.infer<typeof host>;

/** How one part of a proof ended; `skipped` where it was not tried. */
export type Verdict = z.infer<typeof verdict>;

/** A step's part of the evidence. */
export type StepEvidence = z.infer<typeof step>;

/** What one part of a step printed. */
export type PhaseEvidence = z.infer<typeof phase>;

/** A thing that undo left on the host. */
export type Residue = z.infer<typeof residue>;

/** An attempt to prove that failed. */
export type LastFailure = z.infer<typeof lastFailure>;
