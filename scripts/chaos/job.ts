import type { Host } from "../../src/engine/target/host.ts";

/** The task of a runner's process. */
export interface Job {
  task: "exec" | "resume" | "undo";
  contentDir: string;
  /** The runbook's id. */
  runbook: string;
  values: Record<string, string>;
  stateDir: string;
  /** The host to run on; absent where it is this machine. */
  host?: Pick<Host, "name" | "shell">;
}
