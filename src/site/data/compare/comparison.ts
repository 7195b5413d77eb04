import type { SystemId } from "../drawing/drawing.ts";

/** What a system's support of something is, in fixed words. */
export type Support = "supported" | "supported, with caveats" | "experimental" | "not offered" | "not applicable";

/** A cell: a fixed phrase or a fact, what limits it, and where that is said. */
export interface Cell {
  is: string;
  note?: string;
  source: string;
}

/** The properties that are compared, in the order in which they are shown. */
export const properties = {
  kind: "Kind",
  ownKernel: "Own kernel",
  boundary: "Boundary",
  guests: "Guests",
  windows: "Windows guests",
  hosts: "Host systems",
  architectures: "Architectures",
  hardware: "Needs VT-x or the like",
  nested: "Nested",
  migration: "Live migration",
  snapshots: "Snapshots",
  gpu: "GPU passthrough",
  rootless: "Without root",
  api: "API",
  licence: "Licence",
} as const;

/** A property's name. */
export type Property = keyof typeof properties;

/** What one system offers, by property. */
export type SystemFacts = Record<Property, Cell>;

/** What every system offers. */
export type Comparison = Record<SystemId, SystemFacts>;

/** A cell with a source. */
export function cell(is: string, source: string, note?: string): Cell {
  return { is, source, ...(note !== undefined && { note }) };
}

/** A cell of fixed words. */
export function support(is: Support, source: string, note?: string): Cell {
  return cell(is, source, note);
}
