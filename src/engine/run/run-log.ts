import type { EndedWork, Listener, LostWork, Outcome, Phase, RunEvent, StepError } from "../events.ts";
import type { Journal } from "../journal/journal.ts";
import type { KeptState, SavedFile } from "../journal/record.ts";
import type { Plan, PlanStep } from "../plan/plan.ts";
import { recipeOf } from "../plan/undo/recorded-step.ts";
import type { Masker } from "../secrets/mask.ts";
import { textsIn } from "../shell/handed-on.ts";
import type { EndedProcess } from "../shell/protocol/ended.ts";
import { withoutSecrets } from "../shell/state/state.ts";
import { serviceCommand } from "../step/service/service.ts";
import type { BegunBy, StepLog } from "../step/step-in-hand.ts";
import type { StepResult } from "../step/step-result.ts";
import { workOf } from "./hold/work-of.ts";

/** An event without what every event carries. */
type BareEvent = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, "time" | "run"> : never) : never;

/** Where a run is recorded. */
export interface RunLogOptions {
  run: string;
  plan: Plan;
  journal: Journal;
  listen: Listener;
  masker: Masker;
}

/**
 * What happens in a run, recorded once each: in the journal, so that it survives the runner, and as an event for
 * whoever listens. Secrets are masked here, and what cannot be masked (states, files, variables) is not kept.
 */
export class RunLog implements StepLog {
  readonly run: string;
  /** Steps that have ended, by outcome. */
  readonly counts: Record<Outcome, number> = { passed: 0, skipped: 0, failed: 0, left: 0, blocked: 0, cancelled: 0 };
  readonly #plan: Plan;
  readonly #journal: Journal;
  readonly #listen: Listener;
  readonly #masker: Masker;
  readonly #startedAt = performance.now();

  constructor({ run, plan, journal, listen, masker }: RunLogOptions) {
    this.run = run;
    this.#plan = plan;
    this.#journal = journal;
    this.#listen = listen;
    this.#masker = masker;
  }

  /** The host is held, and the first step is about to be asked. */
  runStarted(host: string, values: Record<string, string>, lost: readonly LostWork[]): void {
    const runbooks = this.#plan.runbooks.map(({ id }) => id);
    const ended = lost.map((work) => ({ ...work, command: this.#masker.text(work.command) }));
    this.#emit({ type: "run-started", runbooks, host, values, ...(ended.length > 0 ? { ended } : {}) });
  }

  /** Values were worked out for a runbook; `kept` are all values that the journal may have. */
  valuesComputed(runbook: string, computed: Record<string, string>, kept: Record<string, string>): void {
    this.#journal.setValues(this.run, kept);
    const shown = Object.entries(computed).map(([name, text]) => [name, this.#masker.text(text)]);
    this.#emit({ type: "values", runbook, values: Object.fromEntries(shown) });
  }

  /** A step is in hand: its checks are asked next. */
  stepStarted(step: PlanStep): void {
    const { sets, background } = step.step;
    const kind = { ...(sets.length > 0 ? { sets } : {}), ...(background ? { background } : {}) };
    this.#journal.startStep(this.run, step.key);
    this.#emit({ type: "step-started", ...whereOf(step), ...kind });
  }

  begun(step: PlanStep, attempt: number, by?: BegunBy): void {
    this.#journal.beginStep(this.run, step.key, attempt, by && recipeOf(step, by));
  }

  notBegun({ key }: PlanStep): void {
    this.#journal.correctStep(this.run, key, "notBegun");
  }

  undone({ key }: PlanStep, runs: readonly string[]): void {
    for (const id of runs) this.#journal.markUndone(id, key);
  }

  phaseFinished({ runbook, step }: PlanStep, phase: Phase, exitCode: number | null, durationMs: number): void {
    this.#emit({ type: "phase-finished", runbook: runbook.id, step: step.id, phase, exitCode, durationMs });
  }

  output({ key, runbook, step }: PlanStep, phase: Phase, stream: "stdout" | "stderr", text: string): void {
    this.#journal.appendOutput(this.run, key, phase, stream, text);
    this.#emit({ type: "output", runbook: runbook.id, step: step.id, phase, stream, text });
  }

  fileSaved({ key }: PlanStep, file: SavedFile): void {
    if (this.#masker.contains(`${file.content.toString("utf8")}${file.link ?? ""}`)) return;
    this.#journal.saveFile(this.run, key, file);
  }

  stateLeft({ key }: PlanStep, left: KeptState): void {
    this.#journal.saveState(this.run, key, this.#keptState(left));
  }

  handedOn({ key }: PlanStep, name: string, value: string): void {
    if (!textsIn(value).some((text) => this.#masker.contains(text))) this.#journal.addSets(this.run, key, name, value);
  }

  workLeft(target: string, processes: readonly EndedProcess[]): void {
    const work = workOf(this.#plan, processes, this.run, this.#masker);
    const records = work.map(({ runbook, step, command }) => ({ key: `${runbook}/${step}`, command, service: false }));
    this.#journal.left.keep(this.run, target, records);
  }

  serviceRuns(step: PlanStep, runs: boolean): void {
    const record = { key: step.key, command: this.#masker.text(serviceCommand(step)), service: true };
    this.#journal.left.keep(this.run, `service ${step.key}`, runs ? [record] : []);
  }

  serviceEnded(step: PlanStep, exitCode: number | null, failed?: StepError): void {
    const error = failed && this.#masked(failed);
    if (error) {
      this.#journal.finishStep(this.run, step.key, { outcome: "failed", exitCode, durationMs: 0, error });
      this.counts.passed -= 1;
      this.counts.failed += 1;
    } else this.#journal.correctStep(this.run, step.key, "workEnded");
    this.#emit({ type: "service-ended", ...whereOf(step), exitCode, ...(error ? { error } : {}) });
  }

  /** A step has ended, or is not going to be reached. */
  stepFinished(step: PlanStep, result: StepResult, durationMs: number): void {
    const { outcome, exitCode, reason, left } = result;
    const detail = result.detail && this.#masker.text(result.detail);
    const error = result.error && this.#masked(result.error);
    const warnings = result.warnings?.map((warning) => this.#masked(warning));
    const end = {
      outcome,
      exitCode,
      durationMs,
      ...(reason ? { reason } : {}),
      ...(detail ? { detail } : {}),
      ...(warnings ? { warnings } : {}),
      ...(error ? { error } : {}),
    };
    // A step that was not reached stays as the plan has it.
    if (outcome !== "cancelled") this.#journal.finishStep(this.run, step.key, end, left && this.#keptState(left));
    this.counts[outcome] += 1;
    this.#emit({ type: "step-finished", ...whereOf(step), ...end });
  }

  /** The run has ended in order, and with it what steps had left in the background. */
  runFinished(outcome: Outcome, exitCode: number, ended: EndedWork[] = []): void {
    for (const key of new Set(ended.map(({ runbook, step }) => `${runbook}/${step}`)))
      this.#journal.correctStep(this.run, key, "workEnded");
    this.#journal.finishRun(this.run, outcome, exitCode);
    const durationMs = Math.round(performance.now() - this.#startedAt);
    this.#emit({
      type: "run-finished",
      outcome,
      exitCode,
      counts: this.counts,
      durationMs,
      ...(ended.length > 0 ? { ended } : {}),
    });
  }

  /** The run ended by an error. Where no step had begun, it left no process behind. */
  abandoned(): void {
    if (this.#journal.steps(this.run).some((step) => step.started !== undefined)) return;
    this.#journal.finishRun(this.run, "blocked", 3);
  }

  #masked(error: StepError): StepError {
    const { message, hint } = error;
    return { ...error, message: this.#masker.text(message), ...(hint ? { hint: this.#masker.text(hint) } : {}) };
  }

  /** The part of a shell's state that may be kept. A state that cannot be read is kept as such, so that no older one takes its place. */
  #keptState({ target, state }: KeptState): KeptState {
    return { target, state: withoutSecrets(state, (text) => this.#masker.contains(text)) };
  }

  #emit(event: BareEvent): void {
    this.#listen({ ...event, time: new Date().toISOString(), run: this.run } as RunEvent);
  }
}

/** The place of a step, as its events give it. */
function whereOf({ runbook, step }: PlanStep) {
  const { line } = step.fence.span.start;
  return { runbook: runbook.id, step: step.id, target: step.on, file: runbook.file, line };
}
