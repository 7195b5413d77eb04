import { RunbookError } from "../../errors/runbook-error.ts";
import { type HostShell, localShell } from "../shell/launch.ts";
import { openConnection } from "./connection.ts";

/** A host that steps run on: this machine, or another one over one ssh connection. */
export interface Host {
  /** `localhost`, or what ssh connects to. */
  name: string;
  /** Whether it is the machine that the runner itself runs on. */
  local: boolean;
  shell: HostShell;
  /** What is put before a command that a person's terminal is to run there; absent for this machine. */
  terminal?: string[];
  /** Seconds of silence after which the far side takes the line as lost. */
  beat?: number;
  /** Makes the way there again, where it is one that a restart of the host cuts. */
  reconnect?(): Promise<void>;
  close(): Promise<void>;
}

/** The name of this machine as a host, in the journal too. */
const localName = "localhost";

/** Where ssh has to go for a host that the journal names so; undefined for this machine. */
export function destinationOf(name: string): string | undefined {
  return name === localName ? undefined : name;
}

/** What a host is called that is reached so. */
export function hostName(destination: string | undefined): string {
  return destination ?? localName;
}

/** Opens the host of a run. Over ssh one connection is made here, and every target's line goes through it. */
export async function openHost(
  destination: string | undefined,
  stateDir: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<Host> {
  if (destination === undefined) return { name: localName, local: true, shell: localShell(), close: async () => {} };
  if (!/^[A-Za-z0-9._-]+@?[A-Za-z0-9._:[\]-]*$/.test(destination) || destination.startsWith("-")) {
    throw new RunbookError("bad-host", `\`${destination}\` is no host that ssh can connect to.`, {
      hint: "Write it as ssh does: root@name, or an alias of your ssh configuration.",
    });
  }
  const { options, close, reconnect } = await openConnection(destination, stateDir, signal);
  const env = process.env as Record<string, string>;
  return {
    name: destination,
    local: false,
    shell: { file: "ssh", args: [...options, "-T", destination, "sh"], env },
    terminal: ["ssh", ...options, "-t", destination],
    beat: 60,
    close,
    reconnect,
  };
}
