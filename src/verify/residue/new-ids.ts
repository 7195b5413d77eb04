import type { Residue } from "../../evidence/schema.ts";

type Change = Omit<Residue, "keeps">;

/** What programs name things by where each run is to have another name: hexadecimal digits, UUIDs, Docker's short links and builds. */
const ids =
  /(?<![0-9A-Za-z])(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{12,}|[0-9A-Z]{26}|[0-9a-z]{25})(?![0-9A-Za-z])/g;

/** Temporary names that are others each time: a Go program's end in a random number, and mktemp's are `tmp.` and ten random characters. */
const temporaryIds = /^(\/(?:var\/)?tmp\/)(?:([^/]*?)(?<!\d)\d{6,10}|tmp\.[0-9A-Za-z]{10})(?=\/|$)/;

/**
 * Changes between two hosts on which the same was done, without those that are a new name only: what one has and the other
 * lacks is the same thing where the names differ in such ids alone. What one host has more of stays a change.
 */
export function withoutNewIds(changes: readonly Change[]): Change[] {
  const open = new Map<string, Change[]>();
  const left = new Set(changes);
  for (const one of changes) {
    const common = one.name.replace(temporaryIds, "$1$2<id>").replace(ids, "<id>");
    if (one.change === "changed" || common === one.name) continue;
    const other = one.change === "added" ? "removed" : "added";
    const counterpart = open.get(`${other} ${one.kind} ${common}`)?.pop();
    if (counterpart) {
      left.delete(counterpart);
      left.delete(one);
      continue;
    }
    const key = `${one.change} ${one.kind} ${common}`;
    open.set(key, [...(open.get(key) ?? []), one]);
  }
  return [...left];
}
