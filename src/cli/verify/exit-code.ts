import type { Verified } from "../../verify/verify.ts";

/** What `verify` exits with after these. */
export function exitCodeOf(all: readonly Verified[], strict: boolean): number {
  const count = (outcome: string): number => all.filter(({ result }) => result.outcome === outcome).length;
  const [failed, blocked] = [count("failed"), count("blocked")];
  const partly = all.some(
    ({ result }) => result.outcome === "proved" && result.proof.steps.some(({ reason }) => reason === "guard"),
  );
  if (failed > 0) return 1;
  if (blocked > 0 && (strict || blocked === all.length)) return 3;
  return strict && partly ? 1 : 0;
}
