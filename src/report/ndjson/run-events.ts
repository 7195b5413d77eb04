import * as z from "zod/mini";
import type { RunEvent } from "../../engine/events.ts";
import { STEP_ERRORS, type StepErrorCode } from "../../errors/codes.ts";
import { described, exitStatus, textsByName, whole } from "../../schema/shapes.ts";
import { failure, file, outcome, phase, reason, runbook, texts } from "./fields.ts";

const step = {
  runbook,
  step: described(z.string(), "the step's id"),
};

const placed = {
  ...step,
  target: described(z.string(), "where it runs; `host` is the host"),
  file,
  line: described(whole, "the page's line on which the step's fence begins"),
};

const error = failure(z.enum(Object.keys(STEP_ERRORS) as StepErrorCode[]));

const endedWork = {
  runbook: z.string(),
  step: z.string(),
  command: z.string(),
  service: z.exactOptional(z.literal(true)),
};

/** The fields of each type of a run's events, in order. */
export const RUN_EVENT_FIELDS = {
  "run-started": {
    runbooks: described(texts, "ids of the runbooks, in the order in which they run"),
    host: described(z.string(), "`localhost`, or what `--host` named"),
    values: described(textsByName, 'the values that are known; a secret is `"***"`, one not yet computed is absent'),
    ended: described(
      z.exactOptional(z.array(z.strictObject({ ...endedWork, of: z.string() }))),
      "background processes of earlier runs whose runner was killed, all ended by now: each with `of`, the run's id, and `runbook`, `step`, `command` and `service` as in `run-finished`; their steps are not done; absent where there were none",
    ),
  },
  values: {
    runbook: described(z.string(), "the runbook that the values belong to"),
    values: described(textsByName, "the values that were computed"),
  },
  "step-started": {
    ...placed,
    sets: described(z.exactOptional(texts), "names of the variables that it hands on; absent where there are none"),
    background: described(
      z.exactOptional(z.literal(true)),
      "it is a service, whose output may come after its end, too; absent elsewhere",
    ),
  },
  "phase-finished": {
    ...step,
    phase: described(phase, "see [phases](#phases)"),
    exitCode: described(exitStatus, "of its commands; null where it was ended from outside"),
    durationMs: described(whole, "of this phase alone; of a proof that is polled, the last try"),
  },
  output: {
    ...step,
    phase: described(phase, "the part of the step that printed it, see [phases](#phases)"),
    stream: described(z.enum(["stdout", "stderr"]), "the stream that it was printed on"),
    text: described(z.string(), "at most 64 KiB, cut anywhere; bytes that are no UTF-8 are U+FFFD, secrets `***`"),
  },
  "step-finished": {
    ...placed,
    outcome: described(outcome, "see [outcomes](#outcomes)"),
    exitCode: described(exitStatus, "of its commands; null where none ran or a signal ended them"),
    durationMs: described(whole, "of all of it, guards and proofs too"),
    reason: described(z.exactOptional(reason), "why it was skipped, see [reasons](#reasons-to-skip); absent elsewhere"),
    error: described(
      z.exactOptional(error),
      "what went wrong, see [errors](#errors-of-a-step); absent where nothing did",
    ),
  },
  "service-ended": {
    ...placed,
    exitCode: described(exitStatus, "of its commands; null where its target was lost"),
    error: described(
      z.exactOptional(error),
      "what went wrong: the step then counts as failed; absent where it ended with 0",
    ),
  },
  "run-finished": {
    outcome: described(outcome, "see [outcomes](#outcomes)"),
    exitCode: described(whole, "what `runbook` exits with"),
    counts: described(z.record(outcome, whole), "the number of steps by outcome; all six outcomes are there"),
    durationMs: described(whole, "of the run"),
    ended: described(
      z.exactOptional(z.array(z.strictObject(endedWork))),
      "background processes of steps that ended with the run, each with `runbook`, `step` and `command`, and with `service` where it is a service, which is meant to end with the run; absent where there were none",
    ),
  },
} as const satisfies {
  [Type in RunEvent["type"]]: { [Field in keyof Extract<RunEvent, { type: Type }>]?: z.ZodMiniType };
};
