import type { PackageList } from "../evidence/package-list.ts";

/** A package whose version is another than at an earlier proof; absent where it was not there, or is not any more. */
export interface PackageChange {
  name: string;
  was?: string;
  is?: string;
}

/** What changed between two proofs: first the packages that the runbook's own commands come from. */
export function packageChanges(
  before: PackageList,
  now: PackageList,
  tools: ReadonlySet<string> = new Set(),
): PackageChange[] {
  const names = [...new Set([...before.keys(), ...now.keys()])].sort();
  const changes = names.flatMap((name): PackageChange[] => {
    const [was, is] = [before.get(name), now.get(name)];
    if (was === is) return [];
    return [{ name, ...(was !== undefined && { was }), ...(is !== undefined && { is }) }];
  });
  const far = ({ name }: PackageChange): number => (tools.has(plainName(name)) ? 0 : 1);
  return changes.sort((one, other) => far(one) - far(other));
}

/** A package's name without its architecture. */
export function plainName(name: string): string {
  return name.replace(/:.*/, "");
}

/** A change in words, such as `lxc 1:5.0.2-1 → 1:5.0.3-1`. */
export function changeWords({ name, was, is }: PackageChange): string {
  return `${plainName(name)} ${was ?? "(not there)"} → ${is ?? "(not there)"}`;
}
