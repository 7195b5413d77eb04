import type { Runbook, Step } from "../../../language/model/runbook.ts";
import { cleanTitle } from "../../../terminal/clean.ts";
import { stepLines } from "../script.ts";
import { verbatim } from "./yaml.ts";

/** A task of a playbook, as YAML has it. */
export type Task = Record<string, unknown>;

/** A step with where it belongs, as its tasks need it. */
export interface PlacedStep {
  runbook: Runbook;
  step: Step;
  /** The runbook that was asked for, not one that it requires. */
  own: boolean;
  /** All names that a step may find a value under. */
  names: ReadonlySet<string>;
}

/** Tags that Ansible gives a meaning of its own. */
const SPECIAL_TAGS = new Set(["always", "never", "all", "tagged", "untagged"]);

/** A step's name: its id, and its title where the page gives one. */
export function nameOf({ runbook, step }: PlacedStep): string {
  const id = `${runbook.id}/${step.id}`;
  return step.title === undefined ? id : `${id}: ${cleanTitle(step.title)}`;
}

/** A step is chosen by its runbook, by `ID/STEP`, and in the runbook that was asked for by its own id. */
export function tagsOf({ runbook, step, own }: PlacedStep): string[] {
  const tags = [runbook.id, `${runbook.id}/${step.id}`, ...(own ? [step.id] : [])];
  return tags.filter((tag) => !SPECIAL_TAGS.has(tag));
}

/** What a session is asked: a verb, and the parts of the step that it needs for an answer. */
export function request(placed: PlacedStep, module: string, verb: "step" | "undo", parts: Partial<Step>): Task {
  const { runbook, step, names } = placed;
  const asked = { ...step, when: [], guard: [], proof: [], undo: [], ...parts };
  const lines = stepLines(runbook, asked, names).slice(0, -1);
  return {
    [module]: {
      session: "{{ runbook_session }}",
      ...(verb === "step" ? {} : { verb }),
      request: verbatim(`${lines.join("\n")}\n`),
    },
  };
}

/** What makes Ansible ask again while a proof may still come to hold. */
export function untilProved({ proof, retry }: Step): Task {
  const seconds = proof.reduce((sum, { withinMs = 0 }) => sum + Math.ceil(withinMs / 1000), 0);
  // Attempts come after proofs, so a step with several asks its proofs by itself.
  if (seconds === 0 || retry > 1) return {};
  const until = "runbook_result.outcome | default('failed') != 'waits'";
  return { register: "runbook_result", until, retries: seconds + 1, delay: 1 };
}
