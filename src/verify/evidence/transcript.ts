import type { RunEvent } from "../../engine/events.ts";
import type { PhaseEvidence, StepEvidence } from "../../evidence/schema.ts";
import { capped, type Machine, sanitise } from "./sanitise.ts";

type Finished = Extract<RunEvent, { type: "step-finished" }>;

/** Far more than is kept of any phase: what lies between its beginning and end need not be held. */
const held = 2_000_000;

/** As many lines show what a command that failed said, and leave the rest of a report on the screen. */
const lastWords = 5;

/** The steps of one runbook in a run, put together from the run's events. */
export class Transcript {
  readonly #runbook: string;
  readonly #phases = new Map<string, PhaseEvidence[]>();
  /** By step and phase: a service prints beside the steps that follow. */
  readonly #printed = new Map<string, string>();
  readonly #stdout = new Map<string, string>();
  readonly #waited = new Map<string, number>();
  /** How each step ended, by its id. */
  readonly finished = new Map<string, Finished>();
  /** How each step of all runbooks ended, in order. */
  readonly all: Finished[] = [];

  constructor(runbook: string) {
    this.#runbook = runbook;
  }

  listen = (event: RunEvent): void => {
    if (event.type === "step-finished") this.all.push(event);
    if (!("runbook" in event) || event.runbook !== this.#runbook || !("step" in event)) return;
    if (event.type === "step-started") {
      for (const name of this.#printed.keys()) if (name.startsWith(`${event.step} `)) this.#printed.delete(name);
      this.#stdout.delete(event.step);
    } else if (event.type === "output") {
      const { step, phase, stream, text } = event;
      if (phase === "run" && stream === "stdout")
        this.#stdout.set(step, (this.#stdout.get(step) ?? "").slice(0, held) + text);
      const name = `${step} ${phase}`;
      const before = this.#printed.get(name) ?? "";
      if (before.length < held) this.#printed.set(name, before + text);
    } else if (event.type === "phase-finished") {
      const { step, phase, exitCode, durationMs } = event;
      const output = this.#printed.get(`${step} ${phase}`) ?? "";
      this.#printed.delete(`${step} ${phase}`);
      this.#phases.set(step, [...(this.#phases.get(step) ?? []), { phase, exitCode, durationMs, output, cut: false }]);
    } else if (event.type === "step-finished") this.finished.set(event.step, event);
  };

  /** What a step's own commands printed on stdout. */
  stdoutOf(step: string): string {
    return this.#stdout.get(step) ?? "";
  }

  /** The last lines that a step printed in the phase that ended last, on both streams. */
  lastWordsOf(step: string): string {
    const lines = (this.#phases.get(step)?.at(-1)?.output ?? "").trim().split("\n");
    return lines.slice(-lastWords).join("\n");
  }

  /** Leaves out of a step's duration the milliseconds for which verify itself held the step up. */
  waited(key: string, milliseconds: number): void {
    this.#waited.set(key, milliseconds);
  }

  /** The evidence of a step; undefined where the run did not reach it. */
  evidenceOf(step: string, hash: string, machine: Machine): StepEvidence | undefined {
    const end = this.finished.get(step);
    if (!end) return undefined;
    const { outcome, exitCode, reason } = end;
    const durationMs = Math.max(0, end.durationMs - Math.round(this.#waited.get(`${this.#runbook}/${step}`) ?? 0));
    const phases = tellingPhases(this.#phases.get(step) ?? [], outcome === "passed");
    return {
      id: step,
      hash,
      // Only an undo ends as `left`, and evidence is about the run.
      outcome: outcome === "left" ? "failed" : outcome,
      ...(outcome === "skipped" && { reason: reason === "when" ? ("when" as const) : ("guard" as const) }),
      durationMs,
      exitCode,
      phases: phases.map((phase) => ({ ...phase, ...capped(sanitise(outputOf(phase), machine)) })),
    };
  }
}

/** What a phase printed. A proof that is polled says the same until it holds, as often as it happens to be asked. */
function outputOf({ phase, output }: PhaseEvidence): string {
  return phase === "proof" ? output.replaceAll(/^(.*\n)\1+/gm, "$1") : output;
}

/** The phases that say something: of a step that passed not the tries before, nor that its guard said no. */
function tellingPhases(phases: readonly PhaseEvidence[], passed: boolean): PhaseEvidence[] {
  const ran = phases.findLastIndex(({ phase }) => phase === "run");
  return phases.filter(({ phase, exitCode }, index) => {
    if (phase === "run") return !passed || index === ran;
    if (phase === "proof") return index > ran && (!passed || exitCode === 0);
    return phase === "when" || !passed;
  });
}
