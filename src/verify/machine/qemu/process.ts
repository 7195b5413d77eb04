import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { endOf } from "../../../words/last-lines.ts";
import { endProcess } from "../process-end.ts";
import { RUN_FOLDER } from "../run-folder.ts";

/** The folder of a slot's sockets and process id; short, since the path of a socket may be, and gone when the machine restarts. */
export function machineFolder(slot: number): string {
  return join(RUN_FOLDER, `qemu-${slot}`);
}

/** The process of a virtual machine. */
export interface MachineProcess {
  /** Resolves when the machine is off. */
  ended: Promise<void>;
  over: boolean;
  /** The machine stays off when it goes down next. */
  last: boolean;
}

/**
 * Starts QEMU. Unless it is to outlive this process, the kernel kills it when this process ends, however that ends. In a session
 * of its own it gets no Ctrl-C of a terminal.
 *
 * A machine that is restarted from within goes down here, and another QEMU boots it: in the same one a boot loader writes where
 * translated code of the last start lies, and QEMU then takes milliseconds for each byte.
 */
export async function startMachine(
  words: readonly string[],
  folder: string,
  { outlives }: { outlives: boolean },
): Promise<MachineProcess> {
  const machine: MachineProcess = { over: false, last: outlives, ended: Promise.resolve() };
  machine.ended = keepUp(
    machine,
    outlives ? words : ["setpriv", "--pdeathsig", "KILL", ...words, "-no-reboot"],
    folder,
  );
  const listens = (): boolean => existsSync(join(folder, "qmp"));
  while (!listens()) {
    await Promise.race([machine.ended, sleep(20)]);
    // It may have listened and ended in the meantime.
    if (machine.over && !listens()) {
      throw new RunbookError("machine-failed", `QEMU did not start: ${lastWords(folder)}`);
    }
  }
  return machine;
}

/** Runs QEMU until it fails, is killed, or the machine is to be off. */
async function keepUp(machine: MachineProcess, words: readonly string[], folder: string): Promise<void> {
  const snapshot = words.indexOf("-loadvm");
  const booting = snapshot < 0 ? words : words.toSpliced(snapshot, 2);
  let status = await runQemu(words, folder, machine.last);
  while (status === 0 && !machine.last) status = await runQemu(booting, folder, false);
  machine.over = true;
}

/** The exit status of QEMU, once it has ended; undefined where it was killed or could not be started. */
async function runQemu([file = "", ...args]: readonly string[], folder: string, outlives: boolean): Promise<unknown> {
  const log = openSync(join(folder, "log"), "w", 0o600);
  // Not execa: nothing of QEMU's streams comes here, and QEMU may outlive this process.
  const child: ChildProcess = spawn(file, args, { stdio: ["ignore", log, log], detached: true });
  closeSync(log);
  if (outlives) child.unref();
  const [status] = await Promise.race([once(child, "exit"), once(child, "error")]);
  return status;
}

/** What QEMU said, and then what the machine's console shows, as far as that explains why it is gone. */
export function lastWords(folder: string): string {
  const texts = ["log", "console"].map((name) => {
    const file = join(folder, name);
    return existsSync(file) ? endOf(readFileSync(file, "utf8"), 5) : "";
  });
  return texts.filter(Boolean).join("\n") || "it said nothing";
}

/** Ends the machine that a slot has, whoever started it, and takes its sockets away. */
export async function endMachine(slot: number): Promise<void> {
  const folder = machineFolder(slot);
  if (!existsSync(folder)) return;
  const pid = processOf(folder);
  if (pid !== undefined) await endProcess(pid, { graceMs: 0 });
  rmSync(folder, { recursive: true, force: true });
}

/** The process id of the machine whose sockets lie in a folder; undefined where it does not run. */
function processOf(folder: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(folder, "pid"), "utf8").trim());
    // Process ids are used again: only one that names the folder is meant.
    return pid > 1 && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`${folder}/`) ? pid : undefined;
  } catch {
    return undefined;
  }
}
