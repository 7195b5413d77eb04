import { execa } from "execa";
import { quoteShell } from "../../language/shell/quote.ts";
import { needsBash } from "../shell/handed-on.ts";
import { shellText } from "../shell/supervision.ts";
import type { Host } from "./host.ts";

/** Which processes are to be ended on a target: those of a run, or of one of its steps. */
export interface Sweep {
  /** The target's command, empty for the host. */
  command: string;
  /** Every value that the command may name. */
  values: ReadonlyMap<string, string>;
  /** The shell text that ends it: one of the files beside `ending.sh`, which is put before it. */
  text: "sweep.sh" | "sweep-step.sh";
  /** The variables that the text reads. */
  variables: Readonly<Record<string, string>>;
  /** Milliseconds that it may take. */
  limitMs: number;
}

/** Enters a target only to end the processes that were left there. A target that cannot be entered is passed over. */
export async function sweepTarget(host: Host, sweep: Sweep): Promise<void> {
  const { command } = sweep;
  const head = Object.entries(sweep.variables).map(([name, value]) => `${name}=${quoteShell(value)}`);
  const text = `${head.join(" ")}\n${shellText("ending.sh")}\n${shellText(sweep.text)}`;
  const texts = [...sweep.values].filter(([, value]) => !needsBash(value));
  const exports = texts.map(([name, value]) => `export ${name}=${quoteShell(value)}\n`).join("");
  const input =
    command === "" ? text : `${exports}${command.replaceAll("\n", " ")} sh <<'RUNBOOK_SWEEP'\n${text}\nRUNBOOK_SWEEP\n`;
  const { file, args, env } = host.shell;
  await execa(file, args, {
    input,
    env,
    extendEnv: false,
    reject: false,
    timeout: sweep.limitMs,
    // What enters the target runs below the shell, and may ignore SIGTERM.
    killDescendants: true,
    killSignal: "SIGKILL",
    stdout: "ignore",
    stderr: "ignore",
  });
}
