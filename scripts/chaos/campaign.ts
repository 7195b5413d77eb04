import { cpSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { differences, type Ground, type Look } from "./ground.ts";
import { HARMS, type Harm } from "./harms.ts";
import type { Job } from "./job.ts";
import { leftovers } from "./leftovers.ts";
import { startRunner } from "./runner.ts";

/** A campaign: a runbook that is harmed in many ways, and must come to the same ends. */
export interface Campaign {
  ground: Ground;
  /** What every job has. */
  job: Omit<Job, "task">;
  rounds: number;
  /** Which harms are done, in turn. */
  harms: readonly Harm[];
  /** Between 0 and 1, as `Math.random` gives them. */
  random: () => number;
  /** Called for each runner that was killed. */
  killed: () => void;
  tell: (line: string) => void;
}

/** What unharmed runs came to, and how long they took. */
export interface Reference {
  done: Look;
  undone: Look;
  /** Names that are others in two unharmed runs, so that they say nothing. */
  noise: ReadonlySet<string>;
  /** Processes that an unharmed run leaves, as a container that it started. */
  left: ReadonlySet<string>;
  execMs: number;
  undoMs: number;
}

/** What is counted of a campaign. */
export type Counts = Record<string, { rounds: number; right: number }>;

/** Harms the runbook again and again, and compares what it comes to with what it comes to unharmed. */
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

/** Runs the runbook and takes it back unharmed, twice: what differs then is nobody's fault. */
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
