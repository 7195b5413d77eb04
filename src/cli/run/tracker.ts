import type { Listener } from "../../engine/events.ts";

/** What the events of a run so far say, as far as its closing lines need it. */
export class Tracker {
  readonly values = new Map<string, string>();
  /** Targets on which a step's work is there, besides the host; with the runbook that names them. */
  readonly reached: { runbook: string; target: string }[] = [];
  run: string | undefined;
  /** The step in hand only reads, or is a service, whose own phase is over at the end only. */
  #reads = false;
  #service = false;
  /** Whether the own commands of any step ran that may change something. */
  changed = false;
  /** Whether the run has ended in order, and its last word was said. */
  ended = false;

  readonly listen: Listener = (event) => {
    this.run ??= event.run;
    if (event.type === "run-started" || event.type === "values") {
      for (const [name, value] of Object.entries(event.values)) this.values.set(name, value);
    }
    if (event.type === "step-started") {
      this.#reads = event.sets !== undefined;
      this.#service = event.background ?? false;
    }
    if (event.type === "phase-finished" && event.phase === "run" && !this.#reads) this.changed = true;
    if (event.type === "run-finished") this.ended = true;
    if (event.type !== "step-finished") return;
    if (this.#service && (event.outcome === "passed" || event.outcome === "failed")) this.changed = true;
    const there =
      event.outcome === "passed" ||
      (event.outcome === "skipped" && event.reason !== "when" && event.reason !== "deselected");
    if (there && event.target !== "host") this.reached.push({ runbook: event.runbook, target: event.target });
  };
}
