import type { StepFinished } from "../../engine/events.ts";
import { clean } from "../../terminal/clean.ts";
import { duration } from "../../words/duration.ts";
import type { Report, ReportEvent, ReportView } from "../report.ts";
import { endedLines, lostLines } from "../step/ended-lines.ts";
import { countWords } from "../step/outcome-words.ts";
import { afterStep, stepName, stepNote } from "../step/step-view.ts";
import { StepsAtWork } from "../step/steps-at-work.ts";

/** Lines for pipes and logs: one a step when it has ended, and a failing step's output. */
export class PlainReport implements Report {
  readonly #view: ReportView;
  readonly #steps = new StepsAtWork();
  #done = 0;

  constructor(view: ReportView) {
    this.#view = view;
  }

  readonly listen = (event: ReportEvent): void => {
    switch (event.type) {
      case "run-started":
        for (const line of lostLines(event)) this.#line(line);
        return;
      case "step-started":
        this.#steps.start(event);
        return;
      case "output":
        this.#steps.write(event);
        if (this.#view.verbose) this.#view.write(clean(event.text));
        return;
      case "step-finished":
        this.#finish(event);
        return;
      case "service-ended":
        for (const line of this.#steps.serviceEnd(event, { ...this.#view, columns: 160 })) this.#line(line);
        return;
      case "run-finished":
        if (!this.#view.quiet || event.exitCode !== 0) {
          this.#line(`${event.outcome}: ${countWords(event.counts)} in ${duration(event.durationMs)}`);
          for (const line of [...endedLines(event), ...this.#view.goOn(event)]) this.#line(line);
        }
        return;
      default:
    }
  };

  #finish(event: StepFinished): void {
    this.#done += 1;
    const after = afterStep(event, this.#steps.finish(event), {
      ...this.#view,
      columns: 160,
      isLast: this.#done >= this.#view.total,
    });
    if (!this.#view.quiet || event.error) this.#line(this.#stepLine(event));
    for (const line of after) this.#line(line);
  }

  #stepLine(event: StepFinished): string {
    const note = stepNote(event, this.#view);
    const time = event.outcome === "cancelled" ? "" : `  ${duration(event.durationMs)}`;
    const count = `[${this.#done}/${Math.max(this.#done, this.#view.total)}]`;
    return `${count} ${event.outcome.padEnd(9)} ${stepName(event)}${note && `  (${note})`}${time}`;
  }

  #line(text: string): void {
    this.#view.write(`${text}\n`);
  }
}
