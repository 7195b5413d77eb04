import { cpSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { differences, type Ground, type Look } from "./ground.ts";
import { HARMS, type Harm } from "./harms.ts";
import type { Job } from "./job.ts";
import { leftovers } from "./leftovers.ts";
import { startRunner } from "./runner.ts";

/** A campaign: it harms runs of a runbook in many ways, and checks that each reaches the same end state. */
export interface Campaign {
  ground: Ground;
  /** The fields that all jobs of the campaign share. */
  job: Omit<Job, "task">;
  rounds: number;
  /** The harms, which take turns. */
  harms: readonly Harm[];
  /** Returns numbers between 0 and 1, like `Math.random`. */
  random: () => number;
  /** Called for each runner that was killed. */
  killed: () => void;
  tell: (line: string) => void;
}

/** The end states of unharmed runs, and how long these runs took. */
export interface Reference {
  done: Look;
  undone: Look;
  /** Names that differ between two unharmed runs, so that a difference in them proves nothing. */
  noise: ReadonlySet<string>;
  /** Processes that an unharmed run leaves running, such as a container. */
  left: ReadonlySet<string>;
  execMs: number;
  undoMs: number;
}

/** How many rounds of each harm there were, and how many of them ended right. */
export type Counts = Record<string, { rounds: number; right: number }>;

/** Harms runs of the runbook again and again, and compares each end state with that of an unharmed run. */
export async function runCampaign(campaign: Campaign): Promise<Counts> {
  const { ground, rounds, harms, tell } = campaign;
  await ground.keep("before");
  const reference = await takeReference(campaign);
  tell(`unharmed: ${seconds(reference.execMs)} to the end, ${seconds(reference.undoMs)} back`);
  const counts: Counts = {};
  for (let round = 1; round <= rounds; round += 1) {
    const harm = harms[(round - 1) % harms.length] as Harm;
    clean(campaign);
    await ground.putBack(HARMS[harm].from);
    if (HARMS[harm].from === "done") cpSync(keptState(campaign), campaign.job.stateDir, { recursive: true });
    const begun = performance.now();
    const wrong = await HARMS[harm].round(campaign, reference).catch((error: unknown) => [String(error)]);
    counts[harm] ??= { rounds: 0, right: 0 };
    counts[harm].rounds += 1;
    if (wrong.length === 0) counts[harm].right += 1;
    tell(
      `${round}/${rounds} ${harm}: ${wrong.length === 0 ? "right" : wrong.join("; ")} (${seconds(performance.now() - begun)})`,
    );
  }
  clean(campaign);
  rmSync(keptState(campaign), { recursive: true, force: true });
  return counts;
}

/** Runs and undoes the runbook twice without harm. Differences between the two are noise. */
async function takeReference(campaign: Campaign): Promise<Reference> {
  const { ground, job } = campaign;
  const looks: { done: Look; undone: Look }[] = [];
  const left = new Set<string>();
  let execMs = 0;
  let undoMs = 0;
  for (let time = 0; time < 2; time += 1) {
    clean(campaign);
    if (time > 0) await ground.putBack("before");
    const exec = await startRunner({ ...job, task: "exec" }).ended;
    if (exec.exitCode !== 0) throw new Error(`Unharmed, it does not pass: ${exec.said}`);
    const done = await ground.look();
    for (const process of await leftovers(campaign)) left.add(process);
    if (time === 1) {
      await ground.keep("done");
      cpSync(job.stateDir, keptState(campaign), { recursive: true });
    }
    const undo = await startRunner({ ...job, task: "undo" }).ended;
    if (undo.exitCode !== 0) throw new Error(`Unharmed, it can't be taken back: ${undo.said}`);
    await sleep(200);
    looks.push({ done, undone: await ground.look() });
    execMs = Math.max(execMs, exec.durationMs);
    undoMs = Math.max(undoMs, undo.durationMs);
  }
  const [first, second] = looks as [{ done: Look; undone: Look }, { done: Look; undone: Look }];
  const noise = new Set([...differences(first.done, second.done), ...differences(first.undone, second.undone)]);
  return { ...second, noise, left, execMs, undoMs };
}

function clean({ job }: Campaign): void {
  rmSync(job.stateDir, { recursive: true, force: true });
}

function keptState({ job }: Campaign): string {
  return `${job.stateDir}.done`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
