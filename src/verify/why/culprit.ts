import type { ProofFailure } from "../stage/findings/verdict.ts";
import { changeWords, type PackageChange } from "./package-changes.ts";

/** A proof with one package held back: it fails the same way, or not so; `unavailable`: the package can't be held back. */
export type Trial = "same" | "other" | "unavailable";

/** Which changed package a failure comes from, as far as it could be found. */
export interface Why {
  changes: readonly PackageChange[];
  /** With this package held back, the failure is gone. */
  culprit?: PackageChange;
  /** With each of these held back, the proof still fails. */
  innocent: PackageChange[];
  /** Earlier versions that the archive no longer has, or that don't fit the other packages. */
  unavailable: PackageChange[];
}

/** Tries each change until holding one back takes the failure away. */
export async function findCulprit(
  changes: readonly PackageChange[],
  tryWithout: (change: PackageChange) => Promise<Trial>,
): Promise<Why> {
  const why: Why = { changes, innocent: [], unavailable: [] };
  for (const change of changes) {
    const trial = change.was === undefined ? "unavailable" : await tryWithout(change);
    if (trial === "other") return { ...why, culprit: change };
    (trial === "same" ? why.innocent : why.unavailable).push(change);
  }
  return why;
}

/** Whether two proofs failed at the same. */
export function sameFailure(one: ProofFailure, other: ProofFailure): boolean {
  return one.stage === other.stage && one.step === other.step && one.place.line === other.place.line;
}

const shown = 20;

/** The result in words. */
export function whyWords({ changes, culprit, innocent, unavailable }: Why, since: string): string {
  const day = since.slice(0, 10);
  if (changes.length === 0) return `No package of the host has another version than at the proof of ${day}.`;
  const listed = changes.slice(0, shown).map(changeWords).join(", ");
  const more = changes.length > shown ? `, and ${changes.length - shown} more` : "";
  const names = (some: readonly PackageChange[]): string => some.slice(0, shown).map(changeWords).join(", ");
  return [
    `Changed since the proof of ${day}: ${listed}${more}.`,
    ...(culprit
      ? [`With ${culprit.name} held back at ${culprit.was} it does not fail so: ${changeWords(culprit)} is the cause.`]
      : []),
    ...(!culprit && innocent.length > 0
      ? [`Held back, each by itself, it fails all the same: ${names(innocent)}.`]
      : []),
    ...(!culprit && unavailable.length > 0
      ? [`The archive has the earlier version no more, or it does not fit: ${names(unavailable)}.`]
      : []),
  ].join("\n");
}
