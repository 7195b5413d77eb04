import { jsonText } from "../terminal/json.ts";
import type { Report, ReportEvent } from "./report.ts";

/** The fields of each type of event, in order: the contract, whatever else an event may carry inside. */
export const EVENT_FIELDS = {
  "run-started": ["runbooks", "host", "values", "ended"],
  values: ["runbook", "values"],
  "step-started": ["runbook", "step", "target", "file", "line", "sets", "background"],
  "phase-finished": ["runbook", "step", "phase", "exitCode", "durationMs"],
  output: ["runbook", "step", "phase", "stream", "text"],
  "step-finished": [
    "runbook",
    "step",
    "target",
    "file",
    "line",
    "outcome",
    "exitCode",
    "durationMs",
    "reason",
    "error",
  ],
  "service-ended": ["runbook", "step", "target", "file", "line", "exitCode", "error"],
  "run-finished": ["outcome", "exitCode", "counts", "durationMs", "ended"],
  "proof-started": ["runbook", "platform", "file", "line"],
  "stage-started": ["runbook", "platform", "file", "line", "stage", "detail", "values"],
  "stage-finished": ["runbook", "platform", "file", "line", "stage", "values", "outcome", "durationMs", "error"],
  "proof-finished": [
    "runbook",
    "platform",
    "file",
    "line",
    "outcome",
    "durationMs",
    "since",
    "notProved",
    "evidence",
    "kept",
    "error",
  ],
} as const satisfies { [Type in ReportEvent["type"]]: readonly (keyof Extract<ReportEvent, { type: Type }>)[] };

/** One object a line, in order. */
export class NdjsonReport implements Report {
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  readonly listen = (event: ReportEvent): void => {
    const source: Record<string, unknown> = { ...event };
    const line: Record<string, unknown> = { type: event.type, time: event.time, run: event.run };
    for (const field of EVENT_FIELDS[event.type]) {
      if (source[field] !== undefined) line[field] = source[field];
    }
    if (source["proof"] !== undefined) line["proof"] = source["proof"];
    this.#write(`${jsonText(line)}\n`);
  };
}
