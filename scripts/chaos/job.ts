import type { Host } from "../../src/engine/target/host.ts";

/** What a runner's process is to do. */
export interface Job {
  task: "exec" | "resume" | "undo";
  contentDir: string;
  /** The runbook's id. */
  runbook: string;
  values: Record<string, string>;
  stateDir: string;
  /** Absent for this machine. */
  host?: Pick<Host, "name" | "shell">;
}
