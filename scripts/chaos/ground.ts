import type { Job } from "./job.ts";

/** The things of a machine that are compared: a line for each, by name. */
export type Look = ReadonlyMap<string, string>;

/** The place of a campaign: its state can be read and put back. */
export interface Ground {
  /** How a runner's process reaches the place. */
  host?: NonNullable<Job["host"]>;
  /** Reads the current state. */
  look(): Promise<Look>;
  /** Keeps the current state under a name. */
  keep(name: string): Promise<void>;
  /** Puts back the state that was kept under this name. */
  putBack(name: string): Promise<void>;
  /** Processes that belong to one of these runs, all of which have ended. */
  leftovers(runs: readonly string[]): Promise<string[]>;
  close(): Promise<void>;
}

/** The names of the things that differ between two states, in order. */
export function differences(one: Look, other: Look): string[] {
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter((name) => one.get(name) !== other.get(name)).sort();
}
