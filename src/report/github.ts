import { randomUUID } from "node:crypto";
import { relative, resolve } from "node:path";
import type { RunEvent, StepError } from "../engine/events.ts";
import { jobSummary } from "./job-summary.ts";
import { PlainReport } from "./plain.ts";
import { RunRecorder } from "./record-run.ts";
import type { Report, ReportView } from "./report.ts";
import { annotation } from "./workflow-command.ts";

/** What a report for GitHub Actions needs beside the view. */
export interface GithubView extends ReportView {
  /** The checkout's folder, to which annotations are relative (`GITHUB_WORKSPACE`). */
  workspace: string;
  /** The folder that paths of events are relative to. */
  cwd: string;
  /** Writes the job's summary; absent where there is none (`GITHUB_STEP_SUMMARY`). */
  writeSummary?: (markdown: string) => void;
}

/**
 * The plain report in a job's log, annotations on the pages' own lines, and a summary of the job. While the plain report
 * is written, workflow commands are stopped by a token that no page can know: whatever a step prints forges none.
 */
export class GithubReport implements Report {
  readonly #view: GithubView;
  readonly #recorder = new RunRecorder();
  readonly #plain: PlainReport;
  readonly #token = randomUUID();
  #stopped = false;

  constructor(view: GithubView) {
    this.#view = view;
    this.#plain = new PlainReport({ ...view, write: (text) => this.#writeStopped(text) });
  }

  readonly listen = (event: RunEvent): void => {
    this.#recorder.listen(event);
    this.#plain.listen(event);
    if (event.type !== "step-finished") return;
    const title = `${event.runbook}/${event.step}`;
    for (const warning of event.warnings ?? []) this.#annotate("warning", warning, title);
    if (event.error) this.#annotate("error", event.error, title);
  };

  close(): void {
    this.#resume();
    if (this.#recorder.runs.length > 0) this.#view.writeSummary?.(jobSummary(this.#recorder.runs));
  }

  #annotate(level: "error" | "warning", { code, message, hint, file, line, column }: StepError, step: string): void {
    this.#resume();
    const place = { file: this.#path(file), line, col: column, title: `${step}: ${code}` };
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
