import type { RunEvent, StepFinished } from "../../engine/events.ts";
import { cleanLine } from "../../terminal/clean.ts";
import { cut, pad, widthOf } from "../../terminal/width.ts";
import { duration } from "../../words/duration.ts";
import type { Report, ReportEvent, ReportView } from "../report.ts";
import { endedLines, lostLines } from "../step/ended-lines.ts";
import { countWords, STATE_SIGNS } from "../step/outcome-words.ts";
import { afterStep, signOf, stepName, stepNote } from "../step/step-view.ts";
import { StepsAtWork } from "../step/steps-at-work.ts";
import { LiveArea } from "./live-area.ts";

/** A terminal, as the report sees it. */
export interface TerminalView extends ReportView {
  /** Its size now. */
  size: () => { columns: number; rows: number };
  /** Whether signs must be ASCII. */
  ascii: boolean;
  now: () => number;
  /** Calls back regularly until the returned function is called. */
  every: (milliseconds: number, call: () => void) => () => void;
}

const REDRAW_MS = 100;
/** Wider lines are hard to follow from a step's name to its time. */
const COMFORTABLE_COLUMNS = 100;
/** Below this, names need the room that aligned times would take. */
const NARROW_COLUMNS = 60;

/** The display on a terminal: a line a step, and below it the running step with the end of its output. */
export class TerminalReport implements Report {
  readonly #view: TerminalView;
  readonly #live: LiveArea;
  readonly #steps = new StepsAtWork();
  #startedAt = 0;
  #done = 0;
  #stopTicking: (() => void) | undefined;
  #suspended = false;

  constructor(view: TerminalView) {
    this.#view = view;
    this.#live = new LiveArea(view.write, () => this.#columns());
  }

  readonly listen = (event: ReportEvent): void => {
    switch (event.type) {
      case "run-started":
        this.#print(lostLines(event));
        return;
      case "step-started":
        this.#steps.start(event);
        this.#startedAt = this.#view.now();
        this.#stopTicking ??= this.#view.every(REDRAW_MS, () => this.#draw());
        this.#draw();
        return;
      case "output":
        this.#steps.write(event);
        if (this.#view.verbose) this.#print(event.text.replace(/\n$/, "").split("\n").map(cleanLine));
        return;
      case "step-finished":
        this.#finish(event);
        return;
      case "service-ended":
        this.#print(this.#steps.serviceEnd(event, { ...this.#view, columns: this.#columns() }));
        return;
      case "run-finished":
        this.#end(event);
        return;
      default:
    }
  };

  suspend(): void {
    this.#suspended = true;
    this.#live.erase();
  }

  resume(): void {
    this.#suspended = false;
    this.#draw();
  }

  resized(): void {
    this.#draw();
  }

  close(): void {
    this.#stopTicking?.();
    this.#stopTicking = undefined;
    this.#steps.current = undefined;
    this.#live.erase();
  }

  #finish(event: StepFinished): void {
    const after = afterStep(event, this.#steps.finish(event), {
      ...this.#view,
      columns: this.#columns(),
      isLast: this.#done + 1 >= this.#view.total,
    });
    this.#done += 1;
    // Those that a failure kept from running are counted in the end; a line each would push it off the screen.
    const unreached = event.outcome === "cancelled" && after.length === 0;
    const shown = (!this.#view.quiet && !unreached) || event.error ? [this.#stepLine(event)] : [];
    this.#print([...shown, ...after]);
  }

  #end(event: Extract<RunEvent, { type: "run-finished" }>): void {
    this.close();
    if (this.#view.quiet && event.exitCode === 0) return;
    const { style } = this.#view;
    const { mark } = STATE_SIGNS[event.outcome];
    const head = `${style(mark, event.outcome)}: ${countWords(event.counts)} in ${duration(event.durationMs)}`;
    this.#print(["", head, ...endedLines(event), ...this.#view.goOn(event)]);
  }

  #stepLine(event: StepFinished): string {
    const { mark } = STATE_SIGNS[event.outcome];
    const sign = `${signOf(event.outcome, this.#view)} ${event.outcome}`;
    const time = event.outcome === "cancelled" ? "" : duration(event.durationMs);
    return this.#line(
      this.#view.style(mark, pad(sign, 11)),
      this.#done,
      stepName(event),
      stepNote(event, this.#view),
      time,
    );
  }

  /** State, name and note on the left; count and time on the right, where the eye looks for them. */
  #line(state: string, number: number, name: string, note: string, time: string): string {
    const total = Math.max(number, this.#view.total);
    const columns = Math.min(this.#columns(), COMFORTABLE_COLUMNS);
    const count = `${String(number).padStart(String(total).length)}/${total}`;
    const right = `${count}  ${columns < NARROW_COLUMNS ? time : time.padStart(9)}`;
    const room = columns - 12 - widthOf(right) - 2;
    const left = cut(note === "" ? name : `${name}  ${note}`, Math.max(8, room));
    const rest = left.slice(name.length);
    const shown = left.startsWith(name) ? name + this.#view.style("dim", rest) : left;
    return `${state} ${shown}${" ".repeat(Math.max(1, columns - 12 - widthOf(left) - widthOf(right)))}${right.trimEnd()}`;
  }

  #print(lines: readonly string[]): void {
    this.#live.print(lines);
    this.#draw();
  }

  #draw(): void {
    const running = this.#steps.current;
    if (this.#suspended || this.#view.quiet || !running) return;
    const { style, size, now } = this.#view;
    const state = style(STATE_SIGNS.running.mark, pad(`${signOf("running", this.#view)} running`, 11));
    const name = running.target === "host" ? running.key : `${running.key} on ${running.target}`;
    // The tail leaves room for the lines above it: on a low terminal it shrinks and then goes.
    const tailLines = this.#view.verbose ? 0 : Math.max(0, Math.min(5, size().rows - 4));
    const tail = running.both.lines(5).filter((line) => line !== "…");
    this.#live.draw([
      this.#line(state, this.#done + 1, name, "", wholeSeconds(now() - this.#startedAt)),
      ...(tailLines === 0 ? [] : tail.slice(-tailLines)).map((line) =>
        style("dim", cut(`  | ${line}`, this.#columns() - 1)),
      ),
    ]);
  }

  #columns(): number {
    return Math.min(500, Math.max(40, this.#view.size().columns));
  }
}

/** The time of a step that runs, which changes once a second; nothing during the first. */
function wholeSeconds(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds === 0) return "";
  return seconds < 60 ? `${seconds} s` : duration(seconds * 1000);
}
