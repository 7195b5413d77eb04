import { randomUUID } from "node:crypto";
import { relative, resolve } from "node:path";
import type { ProofError } from "../../evidence/events.ts";
import { PlainReport } from "../plain/plain.ts";
import { ProofRecorder } from "../record/record-proof.ts";
import { RunRecorder } from "../record/record-run.ts";
import type { Report, ReportEvent, ReportView } from "../report.ts";
import { jobSummary, runSummary } from "./job-summary.ts";
import { proofSummary } from "./proof-summary.ts";
import { annotation } from "./workflow-command.ts";

/** What a report for GitHub Actions needs beside the view. */
export interface GithubView extends ReportView {
  /** The checkout's folder, to which annotations are relative (`GITHUB_WORKSPACE`). */
  workspace: string;
  /** The folder that paths of events are relative to. */
  cwd: string;
  /** Writes the job's summary; absent where there is none (`GITHUB_STEP_SUMMARY`). */
  writeSummary?: (markdown: string) => void;
  /** Makes the report that people read in the job's log; by default the plain one. */
  text?: (view: ReportView) => Report;
}

/**
 * A report for people in a job's log, annotations on the pages' own lines, and a summary of the job. While the report for
 * people is written, workflow commands are stopped by a token that no page can know: whatever a step prints forges none.
 */
export class GithubReport implements Report {
  readonly #view: GithubView;
  readonly #runs = new RunRecorder();
  readonly #proofs = new ProofRecorder();
  readonly #text: Report;
  readonly #token = randomUUID();
  /** Places that have an annotation: a step that fails makes its stage fail there, too. */
  readonly #annotated = new Set<string>();
  #stopped = false;

  constructor(view: GithubView) {
    const { text = (plain) => new PlainReport(plain) } = view;
    this.#view = view;
    this.#text = text({ ...view, write: (words) => this.#writeStopped(words) });
  }

  readonly listen = (event: ReportEvent): void => {
    this.#runs.listen(event);
    this.#proofs.listen(event);
    this.#text.listen(event);
    if (event.type === "stage-finished" || event.type === "proof-finished") {
      const level = event.outcome === "blocked" ? "warning" : "error";
      if (event.error) this.#annotate(level, event.error, `${event.runbook} on ${event.platform}`, event.run);
    }
    if (event.type !== "step-finished" && event.type !== "service-ended") return;
    const title = `${event.runbook}/${event.step}`;
    const warnings = event.type === "step-finished" ? event.warnings : undefined;
    for (const warning of warnings ?? []) this.#annotate("warning", warning, title, event.proof?.run);
    // Of a proof the stage says it, which knows which failure counts.
    if (event.error && !event.proof) this.#annotate("error", event.error, title);
  };

  close(): void {
    this.#text.close?.();
    this.#resume();
    const { runs } = this.#runs;
    const parts = [
      ...runs.filter(({ proof }) => !proof).flatMap(runSummary),
      ...this.#proofs.proofs.flatMap((proof) =>
        proofSummary(
          proof,
          runs.filter((run) => run.proof?.run === proof.start.run),
        ),
      ),
    ];
    if (parts.length > 0) this.#view.writeSummary?.(jobSummary(parts));
  }

  #annotate(
    level: "error" | "warning",
    { code, message, hint, file, line, column }: ProofError,
    title: string,
    proof?: string,
  ): void {
    const known = JSON.stringify([proof, level, file, line, column]);
    if (proof !== undefined && this.#annotated.has(known)) return;
    this.#annotated.add(known);
    this.#resume();
    const place = { file: this.#path(file), line, col: column, title: `${title}: ${code}` };
    this.#view.write(annotation(level, place, hint ? `${message}\n${hint}` : message));
  }

  #writeStopped(text: string): void {
    if (!this.#stopped) this.#view.write(`::stop-commands::${this.#token}\n`);
    this.#stopped = true;
    this.#view.write(text);
  }

  #resume(): void {
    if (this.#stopped) this.#view.write(`::${this.#token}::\n`);
    this.#stopped = false;
  }

  #path(file: string): string {
    const path = relative(this.#view.workspace, resolve(this.#view.cwd, file));
    return path.startsWith("..") ? file : path;
  }
}
