import { stripVTControlCharacters } from "node:util";
import type { LastFailure, PhaseEvidence, Residue } from "../../evidence/index.ts";
import { duration } from "../../words/duration.ts";

const head = 30;
const tail = 20;

/** A part of a step as its transcript shows it. */
export interface ShownPhase {
  title: string;
  text: string;
  /** Lines of it, or its middle, are not there. */
  cut: boolean;
}

/** A phase in words, its output as plain text, long ones without their middle. */
export function shownPhase({ phase, exitCode, durationMs, output, cut }: PhaseEvidence): ShownPhase {
  const lines = plain(output).split("\n");
  const long = lines.length > head + tail + 1;
  const left = lines.length - head - tail;
  const shown = long ? [...lines.slice(0, head), `… ${left} lines left out …`, ...lines.slice(-tail)] : lines;
  const exit = exitCode === null ? "no exit code" : `exit ${exitCode}`;
  return { title: `${phase}: ${exit}, ${duration(durationMs)}`, text: shown.join("\n"), cut: cut || long };
}

/** A number of bytes for people. */
export function size(bytes: number): string {
  const [unit, one] = bytes < 1e6 ? ["kB", 1e3] : bytes < 1e9 ? ["MB", 1e6] : ["GB", 1e9];
  return `${Number((bytes / Number(one)).toPrecision(2))} ${unit}`;
}

/** What undo left, in words. */
export function residueWords({ kind, name, change, keeps }: Residue): string {
  return `${kind} ${name} ${change}: ${keeps ?? "no reason given"}`;
}

const stages = {
  run: "the run",
  again: "the second run",
  restart: "after the restart",
  undo: "undo",
  script: "the exported script",
  copied: "the copied script",
};

/** A failed attempt, in words. */
export function failureWords({ date, stage, step, message }: LastFailure): string {
  return `${date.slice(0, 10)}, ${stages[stage]}${step ? `, at ${step}` : ""}: ${message}`;
}

/** Without colours and with nothing that could act; of a line that was written over, what was seen last. */
function plain(output: string): string {
  return stripVTControlCharacters(output)
    .replace(/\r+(\n|$)/g, "$1")
    .replace(/[^\n]*\r/g, "")
    .replace(/(?![\n\t])\p{Cc}/gu, "\ufffd")
    .replace(/\n+$/, "");
}
