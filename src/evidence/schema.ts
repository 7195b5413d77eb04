import * as z from "zod/mini";
import { described, exitStatus, formed, moment, textsByName, whole } from "../schema/shapes.ts";

const id = formed(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "an id");
const hash = formed(/^sha256-[0-9a-f]{64}$/, "a hash, sha256- and 64 hexadecimal digits,");
const commit = formed(/^[0-9a-f]{7,64}$/, "a commit's hash");
const verdict = z.enum(["passed", "failed", "skipped"]);

const host = z.strictObject({
  os: described(z.string(), "the operating system and its version"),
  kernel: described(z.string(), "the kernel's version"),
  cgroup: described(z.literal([1, 2]), "the version of the control groups"),
  tools: described(textsByName, "versions by package or program"),
});

const phase = z.strictObject({
  phase: described(z.enum(["when", "guard", "run", "proof", "undo"]), "the part of the step"),
  exitCode: described(exitStatus, "its exit status; null where it was ended from outside"),
  durationMs: described(whole, "of this part alone"),
  output: described(z.string(), "what it printed, on both streams; secrets are masked"),
  cut: described(z.boolean(), "whether the middle of the output was left out"),
});

const step = z.strictObject({
  id: described(id, "the step's id"),
  hash: described(hash, "the hash of the step's meaning at that time"),
  outcome: described(z.enum(["passed", "skipped", "failed", "blocked", "cancelled"]), "how it ended"),
  reason: described(z.exactOptional(z.enum(["when", "guard"])), "why it was skipped; absent elsewhere"),
  durationMs: described(whole, "of all of it, guards and proofs too"),
  exitCode: described(exitStatus, "of its commands; null where none ran or a signal ended them"),
  downloadedBytes: described(
    z.exactOptional(whole),
    "what its host received from outside meanwhile, in two digits that count; absent where that was nothing to speak of",
  ),
  phases: described(z.array(phase), "what each part of it printed, in order"),
});

const residue = z.strictObject({
  kind: described(
    z.enum(["package", "unit", "user", "network", "firewall", "mount", "file"]),
    "the kind of thing that undo left on the host",
  ),
  name: described(z.string(), "its name, or its path"),
  change: described(z.enum(["added", "removed", "changed"]), "what happened to it since before the proof"),
  keeps: described(z.nullable(z.string()), "the page's reason; null where the page gives none, which fails the proof"),
});

const lastFailure = z.strictObject({
  date: described(moment, "when it ended"),
  commit: described(commit, "the commit whose pages failed"),
  stage: described(
    z.enum(["run", "again", "restart", "undo", "script", "copied"]),
    "the part of the proof that failed",
  ),
  step: described(z.nullable(id), "the step that failed; null where it was the whole"),
  hash: described(z.nullable(hash), "that step's hash then; of the whole, the last step's"),
  message: described(z.string(), "what was wrong"),
});

/** The file `evidence/<runbook>@<platform>.json` beside a page: what a proof of its runbook on a clean host left. */
export const evidenceSchema = z.strictObject({
  version: described(z.literal(1), "the version of this form"),
  runbook: described(id, "the runbook's id"),
  platform: described(
    formed(/^[a-z0-9][a-z0-9.-]*$/, "a platform such as lxc-debian-12-amd64"),
    "kind of host, system, its version and architecture, such as `lxc-debian-12-amd64`",
  ),
  date: described(moment, "when the proof ended: ISO 8601, UTC"),
  commit: described(commit, "the commit whose pages were proved"),
  durationMs: described(whole, "of all of it: run, again, restart and undo"),
  host: described(host, "on what it was proved"),
  values: described(textsByName, 'the values that it was proved with; a secret is `"***"`'),
  steps: described(z.array(step), "the runbook's own steps, in page order"),
  again: described(verdict, "whether it ran again and found everything done; `skipped` where that was left out"),
  restart: described(verdict, "whether it still held after the host restarted"),
  undo: described(verdict, "whether undo led back to the host as it was, but for what the page keeps"),
  script: described(
    z.exactOptional(verdict),
    "whether the script of `export --to sh` led to the same end state; absent in evidence of before that was tried",
  ),
  copied: described(
    z.exactOptional(verdict),
    "whether the script that the page's button copies led to the same end state; absent as above",
  ),
  residue: described(z.array(residue), "what was still on the host after undo"),
  lastFailure: described(z.nullable(lastFailure), "the last attempt that failed, where none has succeeded since"),
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
