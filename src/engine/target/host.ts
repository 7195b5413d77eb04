import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { RunbookError } from "../../errors/runbook-error.ts";
import { type HostShell, localShell } from "../shell/launch.ts";

/** A host that steps run on: this machine, or another one over one ssh connection. */
export interface Host {
  /** `localhost`, or what ssh connects to. */
  name: string;
  /** Whether it is the machine that the runner itself runs on. */
  local: boolean;
  shell: HostShell;
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
export async function openHost(destination: string | undefined, stateDir: string): Promise<Host> {
  if (destination === undefined) return { name: localName, local: true, shell: localShell(), close: async () => {} };
  if (!/^[A-Za-z0-9._-]+@?[A-Za-z0-9._:[\]-]*$/.test(destination) || destination.startsWith("-")) {
    throw new RunbookError("bad-host", `\`${destination}\` is no host that ssh can connect to.`, {
      hint: "Write it as ssh does: root@name, or an alias of your ssh configuration.",
    });
  }
  const socket = join(stateDir, `ssh-${randomBytes(4).toString("hex")}`);
  const options = ["-o", "BatchMode=yes", "-o", `ControlPath=${socket}`, "-o", "ServerAliveInterval=15"];
  const env = process.env as Record<string, string>;
  const ready = async (): Promise<boolean> =>
    (await execa("ssh", [...options, "-O", "check", destination], { reject: false })).exitCode === 0;
  /** Opens the connection; gives what ssh said where it ended instead. */
  const connect = async (): Promise<{ master: { kill: (signal: "SIGTERM") => boolean }; refused?: string }> => {
    const master = execa("ssh", [...options, "-o", "ControlMaster=yes", "-N", destination], {
      reject: false,
      detached: true,
      cleanup: false,
      stdin: "ignore",
    });
    let refused: string | undefined;
    void master.then(({ stderr }) => {
      refused = typeof stderr === "string" ? stderr : "";
    });
    while (!(await ready())) {
      if (refused !== undefined) return { master, refused };
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return { master };
  };
  let connection = await connect();
  if (connection.refused !== undefined) {
    throw new RunbookError("host-unreachable", `ssh does not reach ${destination}: ${connection.refused.trim()}`, {
      hint: `Try \`ssh ${destination} true\`: it must work without asking (a known host key, a key or an agent).`,
    });
  }
  return {
    name: destination,
    local: false,
    shell: { file: "ssh", args: [...options, "-o", "ControlMaster=no", "-T", destination, "sh"], env },
    beat: 60,
    async close() {
      await execa("ssh", [...options, "-O", "exit", destination], { reject: false });
      connection.master.kill("SIGTERM");
      rmSync(socket, { force: true });
    },
    async reconnect() {
      if (await ready()) return;
      connection.master.kill("SIGTERM");
      rmSync(socket, { force: true });
      connection = await connect();
    },
  };
}
