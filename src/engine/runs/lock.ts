import { hostname, userInfo } from "node:os";
import { RunbookError } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import type { TargetShell } from "../shell/shell.ts";
import type { Host } from "../targets/host.ts";
import { sweepRun, sweepStranger } from "./sweep.ts";

/** The file on a host that a run holds locked; its one line says which run. Known on that host, from wherever it is run. */
export const lockFile = "/run/lock/runbook.lock";

/**
 * Takes the host for a run. Throws `host-held` where another one has it. What dead runs left alive there is ended first.
 */
export async function holdHost(shell: TargetShell, host: Host, journal: Journal, run: string): Promise<void> {
  const words = `run=${run} by=${userInfo().username}@${hostname()} pid=${process.pid} since=${new Date().toISOString()}`;
  const { held, words: before } = await shell.lock(lockFile, words.replace(/[^\x21-\x7e ]/g, "?"));
  const named = readWords(before);
  if (held) {
    const who = named.run
      ? `Run ${named.run} (${named.by}, process ${named.pid}, since ${named.since})`
      : "Another run";
    throw new RunbookError("host-held", `${who} holds ${host.name}.`, {
      exitCode: 3,
      hint: "One run at a time holds a host: wait for it to end, or interrupt it where it runs.",
    });
  }
  const dead = journal.unfinished(host.name).filter((record) => record.id !== run);
  for (const record of dead) await sweepRun(host, journal, record);
  if (named.run && !dead.some((record) => record.id === named.run) && !isKnown(journal, named.run)) {
    await sweepStranger(host, named.run);
  }
}

function isKnown(journal: Journal, run: string): boolean {
  return journal.runs().some((record) => record.id === run);
}

function readWords(words: string): Record<string, string> {
  const pairs = words.split(" ").filter((word) => word.includes("="));
  return Object.fromEntries(pairs.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]));
}
