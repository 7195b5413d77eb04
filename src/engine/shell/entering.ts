import type { HostShell } from "./launch.ts";

/** What a shell is entered with. */
export interface EnterOptions {
  host: HostShell;
  /** The target's command; absent for the host itself. */
  command?: string;
  /** The variables that the command and the target's shell see. */
  variables: ReadonlyMap<string, string>;
  run: string;
  /** Seconds of silence after which the far side takes the line as lost. */
  beat?: number;
  /** Milliseconds that entering may take. */
  limitMs?: number;
  /** Breaks the entering off. */
  signal?: AbortSignal;
}

/** How a text is given to a worker. */
export interface Exchange {
  sequence: number;
  mark: string;
  /** Ask for the state that it leaves. */
  keep?: boolean;
  /** `latin1` for a text that is bytes, a character each. */
  encoding?: "utf8" | "latin1";
}
