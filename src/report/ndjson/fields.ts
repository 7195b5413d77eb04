import * as z from "zod/mini";
import type { Outcome, Phase, SkipReason } from "../../engine/events.ts";
import { described, whole } from "../../schema/shapes.ts";

const OUTCOMES = ["passed", "skipped", "failed", "left", "blocked", "cancelled"] as const satisfies readonly Outcome[];
const PHASES = ["when", "guard", "run", "proof", "undo"] as const satisfies readonly Phase[];
const REASONS = ["when", "guard", "journal", "deselected"] as const satisfies readonly SkipReason[];

/** How a step or a run ended. */
export const outcome = z.enum(OUTCOMES);

/** The part of a step. */
export const phase = z.enum(PHASES);

/** Why a step was skipped. */
export const reason = z.enum(REASONS);

/** A list of texts. */
export const texts = z.array(z.string());

/** The runbook's id, with its meaning. */
export const runbook = described(z.string(), "the runbook's id");

/** The page, with its meaning. */
export const file = described(z.string(), "the page");

/** What went wrong, with its place in the page; `code` is one of some codes. */
export function failure(code: z.ZodMiniType<string>): z.ZodMiniObject {
  const hint = z.exactOptional(z.string());
  return z.strictObject({ code, message: z.string(), hint, file: z.string(), line: whole, column: whole });
}
