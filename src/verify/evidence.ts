/** Evidence and what it says: pure, so that the site can read it too. */
export { diagnoseEvidence } from "./evidence/diagnose.ts";
export { parseEvidence, type ReadEvidence } from "./evidence/parse.ts";
export type * from "./evidence/schema.ts";
export {
  compareEvidence,
  type PlatformProof,
  type RunbookState,
  type StepState,
  worstState,
} from "./evidence/state.ts";
