import type { Listener, RunEvent } from "../engine/events.ts";
import type { Style } from "../terminal/style.ts";
import type { ReadPage } from "./failure.ts";

/** What shows a run, or writes it down. */
export interface Report {
  /** Takes the run's events in order. */
  listen: Listener;
  /** Takes what moves off the terminal, so that something else may print or ask; `resume` brings it back. */
  suspend?(): void;
  resume?(): void;
  /** The terminal has another size now. */
  resized?(): void;
  /** Nothing more comes; also after an error. */
  close?(): void;
}

/** What a run's end says about going on; it depends on the command that runs. */
export type GoOn = (end: Extract<RunEvent, { type: "run-finished" }>) => string[];

/** What the reports for people need to know. */
export interface ReportView {
  write: (text: string) => void;
  style: Style;
  readPage: ReadPage;
  goOn: GoOn;
  /** Steps in all, where it is known. */
  total: number;
  /** The steps are being undone. */
  undoing: boolean;
  /** Shows every step's output. */
  verbose: boolean;
  /** Shows nothing but what went wrong. */
  quiet: boolean;
}
