import { jsonText } from "../../terminal/json.ts";
import type { Report, ReportEvent } from "../report.ts";
import { EVENT_FIELDS } from "./event-schema.ts";

/** One object a line, in order, with the fields of the event's schema and no others. */
export class NdjsonReport implements Report {
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  readonly listen = (event: ReportEvent): void => {
    const source: Record<string, unknown> = { ...event };
    const line: Record<string, unknown> = { type: event.type, time: event.time, run: event.run };
    for (const field of Object.keys(EVENT_FIELDS[event.type])) {
      if (source[field] !== undefined) line[field] = source[field];
    }
    if (source["proof"] !== undefined) line["proof"] = source["proof"];
    this.#write(`${jsonText(line)}\n`);
  };
}
