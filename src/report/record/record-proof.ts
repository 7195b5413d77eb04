import type { ProofFinished, ProofStarted, StageFinished } from "../../evidence/events.ts";
import type { ReportEvent } from "../report.ts";

/** A proof, put together from its events; its runs are with the recorder of runs. */
export interface ProofRecord {
  start: ProofStarted;
  /** Those that ended, in order. */
  stages: StageFinished[];
  /** Absent where it broke off. */
  end?: ProofFinished;
}

/** Listens to proofs, also to several by turns. */
export class ProofRecorder {
  readonly proofs: ProofRecord[] = [];

  readonly listen = (event: ReportEvent): void => {
    if (event.type === "proof-started") this.proofs.push({ start: event, stages: [] });
    const record = this.proofs.findLast(({ start }) => start.run === event.run);
    if (event.type === "stage-finished") record?.stages.push(event);
    if (event.type === "proof-finished" && record) record.end = event;
  };
}

/** The values that a part of a proof was given, as they are typed; empty where all were the defaults. */
export function valueWords(values: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  return pairs.length > 0 ? ` (${pairs.join(" ")})` : "";
}
