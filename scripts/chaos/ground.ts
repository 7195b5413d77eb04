import type { Job } from "./job.ts";

/** What is compared of a machine: a line a thing, by its name. */
export type Look = ReadonlyMap<string, string>;

/** Where a campaign takes place: it can be looked at, and put back to how it was. */
export interface Ground {
  /** How a runner's process reaches it. */
  host?: NonNullable<Job["host"]>;
  /** Looks at it as it is now. */
  look(): Promise<Look>;
  /** Keeps it as it is now, under a name. */
  keep(name: string): Promise<void>;
  /** Puts it back to what was kept. */
  putBack(name: string): Promise<void>;
  /** Processes there that belong to one of these runs, none of which goes on. */
  leftovers(runs: readonly string[]): Promise<string[]>;
  close(): Promise<void>;
}

/** The names of what is another in two looks, in order. */
export function differences(one: Look, other: Look): string[] {
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter((name) => one.get(name) !== other.get(name)).sort();
}
