/** Reads evidence. Pure, so that the site can use it, too. */
export { diagnoseEvidence } from "./diagnose.ts";
export { parseEvidence, type ReadEvidence } from "./parse.ts";
export type * from "./schema.ts";
export {
  compareEvidence,
  type PlatformProof,
  type RunbookState,
  type StepState,
  worstState,
} from "./state.ts";
