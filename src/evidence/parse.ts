import { byName, type Complain, list, object, oneOf, optional, orNull, text, truth, whole } from "./fields.ts";
import {
  type Evidence,
  type EvidenceHost,
  type LastFailure,
  type PhaseEvidence,
  type Residue,
  type StepEvidence,
  WORDS,
} from "./schema.ts";

/** An evidence file as it was read: what it says, or each thing that is wrong with it. */
export interface ReadEvidence {
  file: string;
  evidence?: Evidence;
  /** Each with the file and the path in it. */
  problems: string[];
}

const id = text(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "an id");
const platform = text(/^[a-z0-9][a-z0-9.-]*$/, "a platform such as lxc-debian-12-amd64");
const hash = text(/^sha256-[0-9a-f]{64}$/, "a hash, sha256- and 64 hexadecimal digits,");
const commit = text(/^[0-9a-f]{7,64}$/, "a commit's hash");
const day = text(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, "a time such as 2026-11-24T21:00:00Z");

const evidence = object<Evidence>({
  version: oneOf(1),
  runbook: id,
  platform,
  date: time,
  commit,
  durationMs: whole,
  host: object<EvidenceHost>({ os: text(), kernel: text(), cgroup: oneOf(1, 2), tools: byName(text()) }),
  values: byName(text()),
  steps: list(
    object<StepEvidence>({
      id,
      hash,
      outcome: oneOf(...WORDS.outcome),
      reason: optional(oneOf(...WORDS.reason)),
      durationMs: whole,
      exitCode: orNull(whole),
      downloadedBytes: optional(whole),
      phases: list(
        object<PhaseEvidence>({
          phase: oneOf(...WORDS.phase),
          exitCode: orNull(whole),
          durationMs: whole,
          output: text(),
          cut: truth,
        }),
      ),
    }),
  ),
  again: oneOf(...WORDS.verdict),
  restart: oneOf(...WORDS.verdict),
  undo: oneOf(...WORDS.verdict),
  script: optional(oneOf(...WORDS.verdict)),
  copied: optional(oneOf(...WORDS.verdict)),
  residue: list(
    object<Residue>({ kind: oneOf(...WORDS.kind), name: text(), change: oneOf(...WORDS.change), keeps: orNull(text()) }),
  ),
  lastFailure: orNull(
    object<LastFailure>({
      date: time,
      commit,
      stage: oneOf(...WORDS.stage),
      step: orNull(id),
      hash: orNull(hash),
      message: text(),
    }),
  ),
});

/** Reads the text of an evidence file. Never throws; `file` names it in problems, and must agree with what it says. */
export function parseEvidence(source: string, file: string): ReadEvidence {
  const problems: string[] = [];
  const complain: Complain = (path, message) => problems.push(`${file}: ${path ? `${path}: ` : ""}${message}`);
  let data: unknown;
  try {
    data = JSON.parse(source);
  } catch (error) {
    complain("", `no JSON: ${(error as Error).message}`);
    return { file, problems };
  }
  const read = evidence(data, "", complain);
  if (problems.length === 0) checkWhole(read, file, complain);
  return problems.length > 0 ? { file, problems } : { file, evidence: read, problems };
}

function time(value: unknown, path: string, complain: Complain): string {
  const read = day(value, path, complain);
  if (typeof read === "string" && Number.isNaN(Date.parse(read))) complain(path, `there is no such time: ${read}`);
  return read;
}

/** What holds between its fields. */
function checkWhole({ runbook, platform: where, steps, lastFailure }: Evidence, file: string, complain: Complain): void {
  const name = `${runbook}@${where}.json`;
  if (file.split(/[/\\]/).at(-1) !== name) complain("", `what it says belongs in a file named ${name}`);
  const seen = new Set<string>();
  steps.forEach(({ id: step, outcome, reason }, index) => {
    if (seen.has(step)) complain(`steps[${index}].id`, `the step ${step} is there already`);
    seen.add(step);
    if ((outcome === "skipped") !== (reason !== undefined)) {
      complain(`steps[${index}].reason`, "a skipped step has one, and no other");
    }
  });
  if (lastFailure?.step && !lastFailure.hash) complain("lastFailure.hash", "is needed where a step is named");
}
