import { type DataProblem, readData } from "../schema/read-data.ts";
import { type Evidence, evidenceSchema } from "./schema.ts";

/** An evidence file as it was read: what it says, or each thing that is wrong with it. */
export interface ReadEvidence {
  file: string;
  evidence?: Evidence;
  /** Each with the file and the path in it. */
  problems: string[];
}

/** Reads the text of an evidence file. Never throws; `file` names it in problems, and must agree with what it says. */
export function parseEvidence(source: string, file: string): ReadEvidence {
  let data: unknown;
  try {
    data = JSON.parse(source);
  } catch (error) {
    return { file, problems: [`${file}: no JSON: ${(error as Error).message}`] };
  }
  const read = readData(evidenceSchema, data);
  const problems = "problems" in read ? read.problems : contradictions(read.data, file);
  if ("data" in read && problems.length === 0) return { file, evidence: read.data, problems: [] };
  return { file, problems: problems.map(({ path, message }) => `${file}: ${path ? `${path}: ` : ""}${message}`) };
}

/** Fields that contradict each other. */
function contradictions({ runbook, platform, steps, lastFailure }: Evidence, file: string): DataProblem[] {
  const problems: DataProblem[] = [];
  const name = `${runbook}@${platform}.json`;
  if (file.split(/[/\\]/).at(-1) !== name) {
    problems.push({ path: "", message: `what it says belongs in a file named ${name}` });
  }
  const seen = new Set<string>();
  for (const [index, { id, outcome, reason }] of steps.entries()) {
    if (seen.has(id)) problems.push({ path: `steps[${index}].id`, message: `the step ${id} is there already` });
    seen.add(id);
    if ((outcome === "skipped") !== (reason !== undefined)) {
      problems.push({ path: `steps[${index}].reason`, message: "a skipped step has one, and no other" });
    }
  }
  if (lastFailure?.step && !lastFailure.hash) {
    problems.push({ path: "lastFailure.hash", message: "is needed where a step is named" });
  }
  return problems;
}
