import type { Attached, Parameter, Runbook, Step } from "../../language/model/runbook.ts";
import { type TargetKey, targetOf } from "../target/target-key.ts";

/** A value of a run: known from the start, or computed on the host just before its runbook begins. */
export interface PlanValue {
  name: string;
  parameter: Parameter;
  /** The runbook that declares it first. */
  runbook: string;
  /** Absent until it has been computed. */
  text?: string;
  origin: "given" | "default" | "environment" | "computed" | "asked" | "journal";
}

/** A step of a plan, with its place in the order. */
export interface PlanStep {
  /** `ID/STEP`, unique in a plan. */
  key: string;
  /** Its place in the plan, from 0. */
  index: number;
  runbook: Runbook;
  step: Step;
  /** Where its own commands run. */
  target: TargetKey;
  /** What the step means, as evidence and resume compare it. */
  hash: string;
  /** False where `--from`, `--until`, `--only` or `--skip` leave it out. */
  selected: boolean;
}

/** What a run is going to do: runbooks in order, their steps, and every value that is known. */
export interface Plan {
  /** The runbook that was asked for; the last of `runbooks`. */
  runbook: Runbook;
  runbooks: Runbook[];
  steps: PlanStep[];
  values: Map<string, PlanValue>;
}

/** Where a `when`, guard, proof or undo of a step runs: on the step's target, unless it names its own. */
export function targetFor({ target, runbook }: PlanStep, { on }: Attached): TargetKey {
  return on === undefined ? target : targetOf(on, runbook.targets);
}
