import { existsSync, readFileSync } from "node:fs";
import { forAll, writeWhole } from "../../write-whole.ts";
import type { Inventory } from "../residue/inventory.ts";

/** Versions by package, of the host that a proof ended on. */
export type PackageList = ReadonlyMap<string, string>;

/** The packages that an inventory found installed. */
export function packagesOf(inventory: Inventory): PackageList {
  const installed = [...(inventory.get("package") ?? [])].flatMap(([name, state]): [string, string][] => {
    const [version = "", status] = state.split(" ");
    return status === "installed" ? [[name, version]] : [];
  });
  return new Map(installed.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Where the packages of an evidence file are listed. */
export function packageFile(evidence: string): string {
  return evidence.replace(/\.json$/, ".packages.txt");
}

/** A package a line, so that a diff shows which changed. */
export function packagesText(packages: PackageList): string {
  return [...packages].map(([name, version]) => `${name} ${version}\n`).join("");
}

/** Reads a text that `packagesText` wrote. */
export function parsePackages(text: string): PackageList {
  const lines = text.split("\n").filter(Boolean);
  return new Map(lines.map((line) => line.split(" ") as [string, string]));
}

/** Writes the packages beside an evidence file. */
export function writePackages(evidence: string, packages: PackageList): void {
  writeWhole(packageFile(evidence), packagesText(packages), { mode: forAll });
}

/** The packages of the last proof that held; undefined where no list of them is there. */
export function readPackages(evidence: string): PackageList | undefined {
  const file = packageFile(evidence);
  return existsSync(file) ? parsePackages(readFileSync(file, "utf8")) : undefined;
}
