import { hostname, userInfo } from "node:os";
import { RunbookError } from "../../errors/runbook-error.ts";
import type { Journal } from "../journal/journal.ts";
import type { TargetShell } from "../shell/shell.ts";
import type { LiveRun } from "../step/step-in-hand.ts";
import type { Host } from "../target/host.ts";
import { sweepRun, sweepStranger } from "./sweep.ts";

/** The file on a host that a run holds locked; its one line says which run. Known on that host, from wherever it is run. */
export const lockFile = "/run/lock/runbook.lock";

/**
 * Takes the host for a run. Throws `host-held` where another one has it. What dead runs left alive there is ended first.
 */
export async function holdHost(live: LiveRun, journal: Journal, shell: TargetShell): Promise<void> {
  const { host, id: run } = live;
  const words = `run=${run} by=${userInfo().username}@${hostname()} pid=${process.pid} since=${new Date().toISOString()}`;
  const printable = words.replace(/[^\x21-\x7e ]/g, "?");
  const named = await takeLock(shell, host, journal, printable);
  live.targets.heldBy(async (again) => {
    const { held, words: others } = await again.lock(lockFile, printable);
    if (held) throw heldError(host, readWords(others));
  });
  const dead = journal.unfinished(host.name).filter((record) => record.id !== run);
  for (const record of dead) await sweepRun(host, journal, record);
  if (named.run && !dead.some((record) => record.id === named.run) && !isKnown(journal, named.run)) {
    await sweepStranger(host, named.run);
  }
}

/** Takes the lock, from a run whose runner is dead too, once what is left of that has been ended. */
async function takeLock(shell: TargetShell, host: Host, journal: Journal, words: string): Promise<Words> {
  for (let tries = 0; ; tries += 1) {
    const { held, words: before } = await shell.lock(lockFile, words);
    const named = readWords(before);
    if (!held) return named;
    const dead = journal.unfinished(host.name).find((record) => record.id === named.run && hasEnded(named));
    if (dead) await sweepRun(host, journal, dead);
    // A run that ends in order gives its name up before it lets go.
    else if ((named.run && tries === 0) || tries > 50) throw heldError(host, named);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Whether the runner that holds a lock was one of this machine's and is gone. */
function hasEnded({ by, pid }: Words): boolean {
  if (!by?.endsWith(`@${hostname()}`) || !/^\d+$/.test(pid ?? "")) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function heldError(host: Host, named: Words): RunbookError {
  const who = named.run ? `Run ${named.run} (${named.by}, process ${named.pid}, since ${named.since})` : "Another run";
  return new RunbookError("host-held", `${who} holds ${host.name}.`, {
    hint: "One run at a time holds a host: wait for it to end, or interrupt it where it runs.",
  });
}

function isKnown(journal: Journal, run: string): boolean {
  return journal.runs().some((record) => record.id === run);
}

type Words = Partial<Record<"run" | "by" | "pid" | "since", string>>;

function readWords(words: string): Words {
  const pairs = words.split(" ").filter((word) => word.includes("="));
  return Object.fromEntries(pairs.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]));
}
