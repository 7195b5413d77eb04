import type { Plan, PlanStep } from "../plan.ts";

/** A step of an undo, in the order in which it is undone. */
export interface UndoItem {
  step: PlanStep;
  /** The step's key in its own run. */
  key: string;
  /** The run whose work it is; absent where the step's guard has to say whether there is any. */
  run?: string;
  /** That run, and the earlier runs of its line that began the step, too. */
  runs: string[];
  /** Today's page has another undo for the step, which can be asked for in place of the recorded one. */
  otherToday?: boolean;
  /** The journal has work of it that was undone, and none that was not. */
  undone?: true;
}

/** What an undo is going to do. */
export interface UndoPlan {
  title: string;
  /** The id of the runbook that was asked for. */
  runbook: string;
  /** The name of the host that the work is on. */
  host: string;
  /** The steps in the order in which they are undone, with the values that they had. */
  plan: Plan;
  steps: UndoItem[];
  /** Steps whose work stays, and why. */
  kept: { key: string; why: string; runs: string[]; otherToday?: boolean }[];
  /** Steps whose work stays because a later run stands on it. */
  held: { key: string; run: string }[];
  /** Work that is gone once all steps are undone: steps without an undo, inside of what these take away. */
  gone: { key: string; runs: string[] }[];
}
