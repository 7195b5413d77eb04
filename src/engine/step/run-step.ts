import { matchOutput } from "../../language/output/match.ts";
import { placeInFence } from "../../language/read/fence/fence.ts";
import type { Outcome, SkipReason, StepError } from "../events.ts";
import type { KeptState } from "../journal/record.ts";
import type { PlanStep } from "../plan/plan.ts";
import { markOf, type Session } from "../run/session.ts";
import { withoutSecrets } from "../shell/state/state.ts";
import { EnterError } from "../shell/wire.ts";
import { askCheck, prove, tryCheck } from "./checks.ts";
import { enterFailure, failure, pieceFailure } from "./failures.ts";
import { fileIsThere } from "./file-guard.ts";
import { fileCommands } from "./file-step.ts";
import { keepFile } from "./keep-file.ts";
import { type PieceResult, runPiece } from "./phase.ts";
import { undoStep } from "./undo-step.ts";

/** How a step ended. */
export interface StepResult {
  outcome: Outcome;
  exitCode: number | null;
  reason?: SkipReason;
  detail?: string;
  error?: StepError;
  warnings?: StepError[];
  /** Whether the step's own commands ran. */
  ran: boolean;
  /** The state of its target's shell, where it is still to be kept. */
  left?: KeptState;
}

const skipped = (reason: SkipReason, detail?: string): StepResult => ({
  outcome: "skipped",
  exitCode: null,
  reason,
  ran: false,
  ...(detail ? { detail } : {}),
});

const failed = (error: StepError, exitCode: number | null, ran: boolean): StepResult => ({
  outcome: "failed",
  exitCode,
  error,
  ran,
});

/** Runs one step of a run: when, guard, run, proof. What it does is in the journal before and after. */
export async function runStep(session: Session, step: PlanStep): Promise<StepResult> {
  const mark = markOf(session.id, step.index, 1);
  for (const when of step.step.when) {
    const answer = await askCheck(session, step, when, mark);
    if (answer.says === "broken") return failed(answer.error, null, false);
    if (answer.says === "no") return skipped("when", session.masker.text(answer.printed));
  }
  const guarded = await askGuards(session, step, mark);
  if (guarded.says === "broken") return failed(guarded.error, null, false);
  if (guarded.says === "yes") return skipped("guard");
  if (guarded.says === "none" && session.done.has(step.key)) return skipped("journal");
  const refused = await askPerson(session, step);
  if (refused) return refused;
  if (session.doubtful.has(step.key) && (step.step.undo.length > 0 || step.step.file)) {
    const undone = await undoStep(session, step, mark);
    if (undone.error) return failed(undone.error, null, true);
  }
  return await attempt(session, step);
}

/** Asks the guards of a step; one without any is guarded by its proofs. `none`: nothing can tell. */
async function askGuards(
  session: Session,
  step: PlanStep,
  mark: string,
): Promise<{ says: "yes" | "no" | "none" } | { says: "broken"; error: StepError }> {
  const { guard, proof, sets, file } = step.step;
  if (sets.length > 0) return { says: "none" };
  if (file && !(await fileIsThere(session, step, mark, true))) return { says: "no" };
  const checks = guard.length > 0 ? guard : file ? [] : proof;
  if (checks.length === 0 && !file) return { says: "none" };
  for (const check of checks) {
    if (check.role === "proof") {
      // A proof that is broken says no more than that it does not hold yet.
      const held = await tryCheck(session, step, check, mark).then(
        (result) => result.how === "ended" && result.status === 0,
        (error) => {
          if (error instanceof EnterError) return false;
          throw error;
        },
      );
      if (!held) return { says: "no" };
      continue;
    }
    const answer = await askCheck(session, step, check, mark);
    if (answer.says === "broken") return answer;
    if (answer.says === "no") return { says: "no" };
  }
  return { says: "yes" };
}

/** Asks before what is dangerous, in doubt, or wanted step by step. */
async function askPerson(session: Session, step: PlanStep): Promise<StepResult | undefined> {
  const doubtful = session.doubtful.has(step.key);
  const { danger } = step.step;
  const kind = danger ? "danger" : doubtful ? "retry" : session.each ? "step" : undefined;
  if (kind === undefined || (session.yes && kind !== "step")) return undefined;
  const text =
    kind === "danger"
      ? `${step.key}: ${danger}`
      : kind === "retry"
        ? `${step.key} was begun by the run before and not finished. ${step.step.undo.length > 0 ? "Undo it and try" : "Try"} it again?`
        : `Run ${step.key}?`;
  if (await session.ask({ kind, text, hint: "`--yes` answers yes." })) return undefined;
  if (kind === "step") return skipped("deselected", "you said no");
  return failed(failure(step, step.step.fence, "refused", "You said no; nothing was run."), null, false);
}

async function attempt(session: Session, step: PlanStep): Promise<StepResult> {
  const { target } = step;
  let result: StepResult | undefined;
  for (let count = 1; count <= step.step.retry; count += 1) {
    const mark = markOf(session.id, step.index, count);
    if (count > 1) session.journal.startStep(session.id, step.key, count);
    try {
      result = await once(session, step, mark);
    } catch (error) {
      if (!(error instanceof EnterError)) throw error;
      result = failed(enterFailure(step, step.step.fence, target.name, error), null, false);
    }
    if (result.outcome === "passed" || session.interrupt.first.aborted) break;
    if (count < step.step.retry)
      await new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** (count - 1), 5000)));
  }
  return result as StepResult;
}

async function once(session: Session, step: PlanStep, mark: string): Promise<StepResult> {
  const { step: own } = step;
  const { target } = step;
  let text: string | undefined;
  if (own.file) {
    const commands = fileCommands(step, session.values);
    const lost = await keepFile(session, step, target, mark, commands);
    if (lost) return failed(lost, 1, false);
    text = commands.write;
  }
  const result = await runPiece(session, {
    step,
    phase: "run",
    target,
    fence: own.fence,
    copy: own.file !== undefined,
    mark,
    ...(text === undefined ? {} : { text }),
    ...(own.timeoutMs === undefined ? {} : { timeoutMs: own.timeoutMs }),
    sets: own.sets,
  });
  const meant = result.status !== null && own.exits.includes(result.status);
  const good = result.how === "ended" && meant && !result.interrupted && !result.timedOut;
  // Compared while the state is still coming.
  const warnings = good ? compareOutput(session, step, result) : [];
  const state = await result.state;
  const left = leftState(session, target.key, state);
  // The step's end and its state are written as one, unless proofs come between.
  const keep = good && own.proof.length === 0 ? left && { left } : undefined;
  if (left && !keep) session.journal.saveState(session.id, step.key, left);
  if (!good) return failed(pieceFailure(step, own.fence, "run", result, own.timeoutMs), result.status, true);
  // Without its state the next step would not go on where this one stopped.
  if (state === null) return failed(pieceFailure(step, own.fence, "run", { ...result, how: "lost" }), null, true);
  const missing = handOn(session, step, result);
  if (missing) return failed(missing, result.status, true);
  const unproved = await prove(session, step, mark);
  if (unproved) return { ...failed(unproved, result.status, true), ...(warnings.length > 0 ? { warnings } : {}) };
  return {
    outcome: "passed",
    exitCode: result.status,
    ran: true,
    ...(warnings.length > 0 ? { warnings } : {}),
    ...keep,
  };
}

/** What is kept of a shell's state; nothing where a secret is in all of it, or where it could not be told. */
function leftState(session: Session, target: string, told: string | null | undefined): KeptState | undefined {
  const state = withoutSecrets(told ?? "", (text) => session.masker.contains(text));
  return state === "" ? undefined : { target, state };
}

function handOn(session: Session, step: PlanStep, result: PieceResult): StepError | undefined {
  for (const name of step.step.sets) {
    const value = result.sets.get(name);
    if (value === undefined) {
      const message = `The step should hand on ${name}, but left it unset.`;
      return failure(
        step,
        step.step.fence,
        "sets-missing",
        message,
        `Set ${name} in the step, or take it out of \`sets\`.`,
      );
    }
    session.values.set(name, value);
    if (!session.masker.contains(value)) session.journal.addSets(session.id, step.key, name, value);
  }
  return undefined;
}

/** Output that differs from what the page shows: a warning for `exec`. */
function compareOutput(session: Session, step: PlanStep, result: PieceResult): StepError[] {
  const { output } = step.step;
  if (!output) return [];
  if (result.cut) return [failure(step, output, "output-differs", "The output is too long to be compared.")];
  const difference = matchOutput(output.text, result.stdout, session.values);
  if (!difference) return [];
  const at = placeInFence(output, difference.line, 1);
  const line = (text: string | undefined): string =>
    text === undefined ? "nothing more" : `\`${session.masker.text(text)}\``;
  const message = `The output differs: the page shows ${line(difference.expected)}, the step printed ${line(difference.actual)}.`;
  return [failure(step, output, "output-differs", message, undefined, at)];
}
