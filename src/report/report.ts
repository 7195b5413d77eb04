import type { RunEvent } from "../engine/events.ts";
import type { ProofEvent } from "../evidence/events.ts";
import type { Style } from "../terminal/style.ts";
import type { ReadPage } from "./step/failure.ts";

/** The events that a report gets: those of runs, and of proofs that runs are a part of. */
export type ReportEvent = RunEvent | ProofEvent;

/** Shows a run or a proof, or writes it to a file. */
export interface Report {
  /** Takes the events of each run in order; those of several runs may come by turns. */
  listen: (event: ReportEvent) => void;
  /** Takes what moves off the terminal, so that something else may print or ask; `resume` brings it back. */
  suspend?(): void;
  resume?(): void;
  /** The terminal has another size now. */
  resized?(): void;
  /** Nothing more comes; also after an error. */
  close?(): void;
}

/** The closing words on how to go on; they depend on the command that runs. */
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
