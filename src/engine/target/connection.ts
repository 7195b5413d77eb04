import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { FewDescriptorsError, isLimit } from "../../errors/few-descriptors.ts";
import { RunbookError } from "../../errors/runbook-error.ts";
import { processExists } from "./process-exists.ts";

/** One ssh connection, which all ssh of a run goes through. */
export interface Connection {
  /** The options by which another ssh goes through it. */
  options: string[];
  /** Makes it again where it is cut; where that fails, it stays cut. */
  reconnect(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds that making the connection may take. */
const connectMs = 30_000;

/** The longest path of a socket that ssh can make: it adds 17 characters of its own to it while it does. */
const longestSocket = 107 - 17;

/** Makes the connection. However this process ends, the connection ends with it: its far side reads from this process. */
export async function openConnection(destination: string, stateDir: string, signal: AbortSignal): Promise<Connection> {
  await closeLeft(stateDir);
  const socket = socketPath(stateDir);
  const common = ["-o", "BatchMode=yes", "-o", `ControlPath=${socket}`, "-o", "ServerAliveInterval=15"];
  const ask = async (word: "check" | "exit"): Promise<boolean> =>
    (await execa("ssh", [...common, "-O", word, destination], { reject: false, timeout: 5000 })).exitCode === 0;
  const remove = (): void =>
    rmSync(dirname(socket) === stateDir ? socket : dirname(socket), { recursive: true, force: true });
  let master = await connect(destination, common, signal);
  if (master.refused !== undefined) {
    remove();
    throw unreachable(destination, master.refused);
  }
  return {
    options: [...common, "-o", "ControlMaster=no"],
    async close() {
      await ask("exit");
      master.kill();
      remove();
    },
    async reconnect() {
      if (await ask("check")) return;
      master.kill();
      rmSync(socket, { force: true });
      master = await connect(destination, common, signal);
    },
  };
}

/** Starts the ssh that holds the connection; where that ssh ends instead, returns its message. */
async function connect(
  destination: string,
  common: readonly string[],
  signal: AbortSignal,
): Promise<{ kill: () => void; refused?: string }> {
  const limits = ["-o", "ConnectTimeout=20", "-o", "ControlPersist=no"];
  // The far side's `cat` ends when this process does, and with it the connection.
  const said = "echo runbook-connected; exec cat >/dev/null";
  const master = execa("ssh", [...common, ...limits, "-o", "ControlMaster=yes", "-T", destination, said], {
    reject: false,
    detached: true,
    cleanup: false,
    stdin: "pipe",
    stdout: "pipe",
    buffer: { stdout: false },
  });
  const kill = (): void => void master.kill("SIGTERM");
  // Not execa's `timeout` and `cancelSignal`: they would end the connection later, too. Nor its lines: who leaves them early
  // waits for the process to end.
  const timer = setTimeout(kill, connectMs);
  signal.addEventListener("abort", kill);
  const connected = await new Promise<boolean>((resolve) => {
    let text = "";
    master.stdout.on("data", (chunk: Buffer) => {
      text = (text + chunk.toString("latin1")).slice(-4096);
      if (text.includes("runbook-connected")) resolve(true);
    });
    void master.then(() => resolve(false));
  });
  clearTimeout(timer);
  signal.removeEventListener("abort", kill);
  if (connected) return { kill };
  const { stderr, code } = await master;
  if (isLimit(code)) throw new FewDescriptorsError(code);
  return { kill, refused: typeof stderr === "string" ? stderr.trim() : "" };
}

function unreachable(destination: string, said: string): RunbookError {
  return new RunbookError(
    "host-unreachable",
    `ssh does not reach ${destination}: ${said || "it did not answer in time"}`,
    {
      hint: `Try \`ssh ${destination} true\`: it must work without asking (a known host key, a key or an agent).`,
    },
  );
}

/** In the state folder, or where its path is too long for a socket, in a folder of this user's own. */
function socketPath(stateDir: string): string {
  const name = `ssh-${process.pid}-${randomBytes(4).toString("hex")}`;
  const socket = join(stateDir, name);
  if (Buffer.byteLength(socket) <= longestSocket) return socket;
  return join(mkdtempSync(join(Buffer.byteLength(tmpdir()) < 50 ? tmpdir() : "/tmp", "runbook-")), name);
}

/** Ends connections of runners that are gone: a connection whose far side hangs outlives its runner. */
async function closeLeft(stateDir: string): Promise<void> {
  for (const name of readdirSync(stateDir)) {
    const pid = /^ssh-(\d+)-[0-9a-f]+$/.exec(name)?.[1];
    if (pid === undefined || processExists(Number(pid))) continue;
    const socket = join(stateDir, name);
    await execa("ssh", ["-o", `ControlPath=${socket}`, "-O", "exit", "left"], { reject: false, timeout: 5000 });
    rmSync(socket, { force: true });
  }
}
