import * as z from "zod/mini";
import type { ProofEvent, ProofOutcome, Stage } from "../../evidence/events.ts";
import { described, moment, textsByName, whole } from "../../schema/shapes.ts";
import { failure, file, runbook, texts } from "./fields.ts";

const OUTCOMES = ["passed", "failed", "blocked", "cancelled"] as const satisfies readonly ProofOutcome[];

/** Each stage under its own name, so that none can be left out. */
const STAGES: { readonly [Name in Stage]: Name } = {
  layer: "layer",
  start: "start",
  look: "look",
  run: "run",
  proofs: "proofs",
  again: "again",
  restart: "restart",
  undo: "undo",
  residue: "residue",
  probe: "probe",
  script: "script",
  copied: "copied",
  why: "why",
};

const proof = {
  runbook,
  platform: described(z.string(), "the clean host, such as `lxc-debian-12-amd64`"),
  file,
  line: described(whole, "the page's line on which the runbook is declared"),
};

const stage = described(z.enum(STAGES), "see [stages](#stages-of-a-proof)");
const outcome = described(z.enum(OUTCOMES), "how it ended");
const error = z.exactOptional(failure(z.string()));

/** The fields of each type of a proof's events, in order. */
export const PROOF_EVENT_FIELDS = {
  "proof-started": proof,
  "stage-started": {
    ...proof,
    stage,
    detail: described(z.exactOptional(z.string()), "what is made; absent where the stage says it"),
    values: described(textsByName, "the values that are given; none where all are the defaults"),
  },
  "stage-finished": {
    ...proof,
    stage,
    values: described(textsByName, "the values that were given"),
    outcome,
    durationMs: described(whole, "of this part"),
    error: described(
      error,
      "what went wrong, as [a step's](#errors-of-a-step), its `code` the stage's name; absent elsewhere",
    ),
  },
  "proof-finished": {
    ...proof,
    outcome,
    durationMs: described(whole, "of the whole proof"),
    since: described(
      z.exactOptional(moment),
      "when it was proved, where nothing has changed since on this machine; absent elsewhere",
    ),
    notProved: described(z.exactOptional(texts), "steps that their guard skipped at once; absent where there are none"),
    evidence: described(
      z.exactOptional(z.string()),
      "the evidence file that was written, or in which the failure is noted; absent where none was",
    ),
    kept: described(
      z.exactOptional(z.string()),
      "the command that enters the host that was left; absent where none was",
    ),
    error: described(error, "what went wrong; absent where nothing did"),
  },
} as const satisfies {
  [Type in ProofEvent["type"]]: { [Field in keyof Extract<ProofEvent, { type: Type }>]?: z.ZodMiniType };
};
