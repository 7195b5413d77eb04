import type { HostShell } from "./launch.ts";
import type { Passed } from "./passed.ts";
import { EnterError, type Wire } from "./protocol/wire.ts";
import { enterLine, shellLine, supervisorText } from "./supervision.ts";

/** The options of entering a shell. */
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
  /** Ends the attempt to enter. */
  signal?: AbortSignal;
}

/** The options of handing a text to a worker. */
export interface Exchange {
  sequence: number;
  mark: string;
  /** Ask for the state that it leaves. */
  keep?: boolean;
  /** `latin1` for a text that is bytes, a character each. */
  encoding?: "utf8" | "latin1";
}

/** Enters within the time limit, and stops at the signal. On failure it closes the line and throws the reason. */
export async function withinLimit(
  wire: Wire,
  passed: Passed,
  { limitMs = 60_000, signal }: EnterOptions,
  enter: () => Promise<void>,
): Promise<void> {
  let late = false;
  const giveUp = (): void => wire.kill();
  const limit = setTimeout(() => {
    late = true;
    giveUp();
  }, limitMs);
  signal?.addEventListener("abort", giveUp);
  try {
    await enter();
  } catch (error) {
    giveUp();
    throw passed.explained(error, late);
  } finally {
    clearTimeout(limit);
    signal?.removeEventListener("abort", giveUp);
  }
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
  const answer = (await wire.expect("BPT")).kind;
  if (answer === "T") throw new EnterError("the target's shell has a terminal", "", "terminal");
  const kind = answer === "B" ? "bash" : "sh";
  wire.send(supervisorText(kind, { nonce, run, beat, isHost: command === undefined }));
  return { kind, supervisor: Number((await wire.expect("R")).text.split(" ")[1]) };
}
