import type { HostShell } from "./launch.ts";
import { enterLine, shellLine, supervisorText } from "./supervision.ts";
import type { Wire } from "./wire.ts";

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

/** Leads a line into a target, and makes the shell there a supervisor. Throws EnterError where the line is lost. */
export async function enterTarget(
  wire: Wire,
  nonce: string,
  { command, variables, run, beat }: EnterOptions,
): Promise<{ kind: "bash" | "sh"; supervisor: number }> {
  if (command !== undefined) {
    wire.send(enterLine(command, variables, nonce));
    await wire.expect("1");
  }
  wire.send(shellLine(nonce));
  const kind = (await wire.expect("BP")).kind === "B" ? "bash" : "sh";
  wire.send(supervisorText(kind, { nonce, run, beat, isHost: command === undefined }));
  return { kind, supervisor: Number((await wire.expect("R")).text.split(" ")[1]) };
}
