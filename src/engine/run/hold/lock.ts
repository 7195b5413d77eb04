import { hostname, userInfo } from "node:os";
import { RunbookError } from "../../../errors/runbook-error.ts";
import type { LostWork } from "../../events.ts";
import type { Journal } from "../../journal/journal.ts";
import type { RunRecord } from "../../journal/record.ts";
import type { LockAnswer } from "../../shell/protocol/lock-answer.ts";
import type { TargetShell } from "../../shell/shell.ts";
import type { Asking } from "../../step/ask-person.ts";
import type { LiveRun } from "../../step/step-in-hand.ts";
import type { Host } from "../../target/host.ts";
import { processExists } from "../../target/process-exists.ts";
import { sweepRun, sweepStranger } from "./sweep.ts";

/**
 * Takes the host for a run. Throws `host-held` where another one has it. What dead runs left alive there is ended first,
 * and what of it had been in the background is told.
 */
export async function holdHost(
  live: LiveRun,
  journal: Journal,
  shell: TargetShell,
  asking: Asking,
): Promise<LostWork[]> {
  const lost: LostWork[] = [];
  const { host, id: run } = live;
  const words = `run=${run} by=${userInfo().username}@${hostname()} pid=${process.pid} since=${new Date().toISOString()}`;
  const signal = live.interrupt.first;
  const taking = { host, run, journal, asking, lost, signal, words: words.replace(/[^\x21-\x7e ]/g, "?") };
  const named = await takeLock(taking, shell);
  live.targets.heldBy(async (again, before) => {
    await takeLock(taking, again, before);
  });
  const dead = journal.unfinished(host.name).filter((record) => record.id !== run && !waits(journal, record));
  for (const record of dead) lost.push(...(await sweepRun(host, journal, record)));
  if (named?.run && !dead.some((record) => record.id === named.run) && !isKnown(journal, named.run)) {
    await sweepStranger(host, named.run);
  }
  return lost;
}

/** Whether a run is not dead but waits for this lock: its runner is there, and no step of it has been in hand. */
function waits(journal: Journal, { id, pid }: RunRecord): boolean {
  return processExists(pid) && journal.steps(id).every(({ started }) => started === undefined);
}

/** Who takes a lock, and for what. */
interface Taking {
  host: Host;
  run: string;
  journal: Journal;
  asking: Asking;
  /** What others are told of this run. */
  words: string;
  signal: AbortSignal;
  /** Takes what dead runs had left in the background. */
  lost: LostWork[];
}

/** How often the lock is tried while another run is about to release it, a tenth of a second apart. */
const tries = 50;

/**
 * Takes the lock, from a run whose runner is dead too, once what is left of that has been ended. Tells which run of
 * this user had it last and did not give it back.
 */
async function takeLock(taking: Taking, shell: TargetShell, before?: TargetShell): Promise<Words | undefined> {
  const { host, journal, run, lost } = taking;
  for (let count = 0; ; count += 1) {
    const { state, own, others } = await answered(taking, shell);
    if (state === "none") return await goOnUnlocked(taking);
    const named = readWords(own);
    if (state === "free") return named;
    const dead = journal.unfinished(host.name).find((record) => record.id === named.run && hasEnded(named));
    const stranger = readWords(others);
    if (dead) lost.push(...(await sweepRun(host, journal, dead)));
    // This run's own earlier supervisor, whose line is lost, holds the lock: it ends the step's processes and then exits.
    else if (named.run === run && before && count < 4 * tries) {
      if (count === 2 * tries) shell.killSupervisor(before.supervisor);
    }
    // A run that ends in order gives its name up before it lets go.
    else if (count > tries || ((stranger.run ?? named.run) && count === 0)) {
      throw heldError(host, stranger.run && (!named.run || hasEnded(named)) ? stranger : named);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The host's answer; an interruption does not wait for it. */
async function answered({ words, signal }: Taking, shell: TargetShell): Promise<LockAnswer> {
  const drop = (): void => shell.drop();
  signal.addEventListener("abort", drop);
  try {
    return await shell.lock(words);
  } finally {
    signal.removeEventListener("abort", drop);
  }
}

/** A host that cannot be locked is used only where a person, or `--yes`, agrees. */
async function goOnUnlocked({ host, asking: { ask, yes } }: Taking): Promise<undefined> {
  const text = `${host.name} has no \`flock\`, so nothing keeps a second run from working on it at the same time. Go on?`;
  if (yes || (await ask({ kind: "unlocked", text, hint: "Install util-linux there: it brings `flock`." }))) return;
  throw new RunbookError("host-unlocked", `${host.name} could not be locked, and you said no.`, {
    hint: "Install util-linux there: it brings `flock`.",
  });
}

/** Whether the runner that holds a lock was one of this machine's and is gone. */
function hasEnded({ by, pid }: Words): boolean {
  return by?.endsWith(`@${hostname()}`) === true && /^\d+$/.test(pid ?? "") && !processExists(Number(pid));
}

function heldError(host: Host, { run, by, pid, since }: Words): RunbookError {
  if (run === undefined) {
    return new RunbookError("host-held", `${host.name} is locked, and no run says who it is.`, {
      hint: "A process holds the lock on /run/lock there: `lslocks --notruncate` shows which. Wait for it to end, or end it.",
    });
  }
  return new RunbookError("host-held", `Run ${run} (${by}, process ${pid}, since ${since}) holds ${host.name}.`, {
    hint: "One run at a time holds a host: wait for it to end, or interrupt it where it runs.",
  });
}

function isKnown(journal: Journal, run: string): boolean {
  return journal.runs().some((record) => record.id === run);
}

type Words = Partial<Record<"run" | "by" | "pid" | "since", string>>;

/** Reads words that a host told; a run's id goes into commands, so it must look like one. */
function readWords(words: string): Words {
  const pairs = words.split(" ").filter((word) => word.includes("="));
  const named: Words = Object.fromEntries(
    pairs.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]),
  );
  return /^[a-z0-9-]{1,40}$/i.test(named.run ?? "") ? named : {};
}
