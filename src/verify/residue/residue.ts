import { dirname } from "node:path";
import type { Residue } from "../../evidence/schema.ts";

type Change = Omit<Residue, "keeps">;

/** The changes of a step whose work stays, with the page's reason. */
export interface KeptChanges {
  step: string;
  why: string;
  changes: readonly Change[];
}

/**
 * What undo left on a host: each change, with the page's reason where a step that `keeps` its work made it. A thing in a
 * folder that such a step made belongs to it as well.
 */
export function residueOf(changes: readonly Change[], kept: readonly KeptChanges[]): Residue[] {
  const told = changes.map((change) => ({
    ...change,
    keeps: kept.find(({ changes: own }) => covers(own, change))?.why ?? null,
  }));
  return folded(told);
}

/** Where a step keeps many files in one folder, only the folder is named. */
function folded(residue: readonly Residue[]): Residue[] {
  const groupOf = ({ kind, name, change, keeps }: Residue): string =>
    kind === "file" && keeps !== null ? JSON.stringify([dirname(name), change, keeps]) : JSON.stringify([kind, name]);
  const groups = new Map<string, Residue[]>();
  for (const one of residue) groups.set(groupOf(one), [...(groups.get(groupOf(one)) ?? []), one]);
  return [...groups.values()].map(([first, ...others]) => {
    const one = first as Residue;
    return others.length === 0 ? one : { ...one, name: `${dirname(one.name)}/…` };
  });
}

function covers(own: readonly Change[], { kind, name }: Change): boolean {
  return own.some(
    (one) => one.kind === kind && (one.name === name || (kind === "file" && name.startsWith(`${one.name}/`))),
  );
}
