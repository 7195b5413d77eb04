import * as z from "zod/mini";
import { moment, textsByName } from "../../schema/shapes.ts";
import type { ReportEvent } from "../report.ts";
import { PROOF_EVENT_FIELDS } from "./proof-events.ts";
import { RUN_EVENT_FIELDS } from "./run-events.ts";

/** The fields of each type of event, in order, beside `type`, `time` and `run`. */
export const EVENT_FIELDS = { ...RUN_EVENT_FIELDS, ...PROOF_EVENT_FIELDS };

/** The proof that a run is a part of. */
const runOfProof = z.strictObject({ run: z.string(), stage: z.string(), values: z.exactOptional(textsByName) });

/** The whole schema of a type of event: of a line of `--report ndjson`. */
export function eventSchema(type: ReportEvent["type"]): z.ZodMiniObject {
  const common = { type: z.literal(type), time: moment, run: z.string() };
  return z.strictObject({ ...common, ...EVENT_FIELDS[type], proof: z.exactOptional(runOfProof) });
}
