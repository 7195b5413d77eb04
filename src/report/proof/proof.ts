import type { ProofError, ProofFinished } from "../../evidence/events.ts";
import { clean, cleanLine } from "../../terminal/clean.ts";
import { excerpt } from "../../terminal/excerpt.ts";
import { duration } from "../../words/duration.ts";
import { valueWords } from "../record/record-proof.ts";
import type { Report, ReportEvent, ReportView } from "../report.ts";

/** What the report of proofs for people needs to know. */
export interface ProofView extends Pick<ReportView, "write" | "style" | "readPage" | "quiet" | "verbose"> {
  /** Writes what goes on meanwhile; it is no result. */
  note: (text: string) => void;
  columns: number;
}

/** How proofs go, and what each came to, for people. */
export class ProofReport implements Report {
  readonly #view: ProofView;
  readonly #counts = { passed: 0, failed: 0, blocked: 0, cancelled: 0 };

  constructor(view: ProofView) {
    this.#view = view;
  }

  readonly listen = (event: ReportEvent): void => {
    if (event.type === "stage-started") {
      const words = event.detail === undefined ? event.stage : cleanLine(event.detail);
      this.#note(`${event.runbook}: ${words}${cleanLine(valueWords(event.values))}`);
    } else if (event.type === "output" && this.#view.verbose) this.#view.note(clean(event.text));
    else if (event.type === "proof-finished") {
      this.#counts[event.outcome] += 1;
      for (const line of this.#lines(event)) this.#view.write(`${line}\n`);
    }
  };

  close(): void {
    const { passed, failed, blocked, cancelled } = this.#counts;
    if (this.#view.quiet || passed + failed + blocked + cancelled < 2) return;
    this.#view.write(`${passed} proved, ${failed} failed, ${blocked} blocked\n`);
  }

  #note(text: string): void {
    if (!this.#view.quiet) this.#view.note(`${text}\n`);
  }

  #lines(event: ProofFinished): string[] {
    const { outcome, runbook, platform, durationMs, since, notProved = [], evidence, kept, error } = event;
    const { style, quiet } = this.#view;
    const name = `${runbook} on ${platform}`;
    if (outcome === "passed") {
      if (quiet) return [];
      const when = since === undefined ? duration(durationMs) : `nothing has changed since ${since.slice(0, 10)}`;
      const skipped = notProved.map((step) => `  not proved: "${step}", which its guard skipped at once`);
      return [`${style("green", "proved")}   ${name} (${when})`, ...skipped];
    }
    if (outcome === "cancelled") return quiet ? [] : [`${style("yellow", "ended")}    ${name}`];
    if (outcome === "blocked") {
      const hint = error?.hint ? [`  = ${clean(error.hint)}`] : [];
      return [`${style("yellow", "blocked")}  ${name}: ${clean(error?.message ?? "")}`, ...hint];
    }
    return [
      `${style("red", "failed")}   ${name} (${duration(durationMs)})`,
      ...(error ? this.#errorLines(error) : []),
      ...(evidence === undefined ? [] : [`  its evidence of an earlier proof says so now: ${evidence}`]),
      ...(kept === undefined ? [] : [`  the host is left: ${kept}`, "  ./runbook cache --prune takes it away"]),
    ];
  }

  #errorLines({ code, message, hint, file, line, column }: ProofError): string[] {
    const { style, columns, readPage } = this.#view;
    const text = readPage(file);
    const lines = text === undefined ? [] : excerpt({ text, line, column, columns: columns - 4, style });
    return [
      `${style("red", `error[${code}]`)} ${style("bold", clean(message))}`,
      `  --> ${file}:${line}:${column}`,
      ...lines.map((shown) => `  ${shown}`),
      ...(hint ? [`  ${style("blue", "=")} ${clean(hint)}`] : []),
    ];
  }
}
