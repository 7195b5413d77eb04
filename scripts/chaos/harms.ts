import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import type { Campaign, Reference } from "./campaign.ts";
import { differences, type Look } from "./ground.ts";
import { leftovers } from "./leftovers.ts";
import { type Ended, startRunner } from "./runner.ts";

/** A way to harm a run. */
export type Harm = "kill" | "kill-often" | "kill-undo" | "full-disk" | "race";

/** The state that a harm starts from, and one round of the harm. A round returns what is wrong afterwards, in words. */
interface HarmRow {
  from: "before" | "done";
  /** A description of the harm. */
  about: string;
  round: (campaign: Campaign, reference: Reference) => Promise<string[]>;
}

/** In a `kill-often` round: the most kills of one run, and the longest time between two kills as a part of an unharmed run's time. */
const often = { kills: 12, part: 0.3 };

/** The exit code of a run that could not go on, because another run holds the host or the state folder is full. */
const heldOrFull = 3;

/** The ways to harm a run, by name. */
export const HARMS: Readonly<Record<Harm, HarmRow>> = {
  kill: {
    from: "before",
    about: "the runner is killed at a random instant, then gone on with, then undone",
    round: kill,
  },
  "kill-often": {
    from: "before",
    about: "the runner is killed and gone on with again and again until it passes; not undone",
    round: killOften,
  },
  "kill-undo": { from: "done", about: "an undo is killed at a random instant, then undone once more", round: killUndo },
  "full-disk": {
    from: "before",
    about: "the disk of the state folder is full from a random instant on",
    round: fullDisk,
  },
  race: { from: "before", about: "two runs begin at once", round: race },
};

async function kill(campaign: Campaign, reference: Reference): Promise<string[]> {
  return [...(await killedAndGoneOn(campaign, reference)), ...(await undone(campaign, reference))];
}

/** Each kill hits the state that the kill before left, so the end state shows the harm of all kills. */
async function killOften(campaign: Campaign, reference: Reference): Promise<string[]> {
  const { job, random } = campaign;
  for (let kill = 0; kill < often.kills; kill += 1) {
    const task = kill === 0 ? "exec" : "resume";
    const end = await killedAfter(campaign, task, random() * reference.execMs * often.part);
    if (end.exitCode === 0) break;
    if (end.exitCode !== undefined) return ended(`after ${kill} kills`, end);
  }
  const last = await startRunner({ ...job, task: "resume" }).ended;
  return [
    ...ended("gone on with", last),
    ...(await compared(campaign, reference, "done")),
    ...(await nothingLeft(campaign, reference)),
  ];
}

async function killedAndGoneOn(campaign: Campaign, reference: Reference): Promise<string[]> {
  const { job, random } = campaign;
  const first = await killedAfter(campaign, "exec", random() * reference.execMs * 1.1);
  // Some runs are killed once more while they are resumed.
  if (random() < 0.25) await killedAfter(campaign, "resume", random() * reference.execMs);
  const second = await startRunner({ ...job, task: random() < 0.7 ? "resume" : "exec" }).ended;
  return [
    ...ended("gone on with", second),
    ...(await compared(campaign, reference, "done")),
    ...(first.exitCode === undefined || first.exitCode === 0 ? [] : [`it failed before it was killed: ${first.said}`]),
  ];
}

async function killUndo(campaign: Campaign, reference: Reference): Promise<string[]> {
  const { random } = campaign;
  await killedAfter(campaign, "undo", random() * reference.undoMs * 1.1);
  return await undone(campaign, reference);
}

async function killedAfter(campaign: Campaign, task: "exec" | "resume" | "undo", ms: number): Promise<Ended> {
  const runner = startRunner({ ...campaign.job, task });
  const over = new AbortController();
  void runner.ended.then(() => over.abort());
  await sleep(ms, undefined, { signal: over.signal }).catch(() => {});
  runner.kill(campaign.random() < 0.5 ? "runner" : "line");
  const end = await runner.ended;
  if (end.exitCode === undefined) campaign.killed();
  return end;
}

/** Undoes the run. It is no fault where an earlier undo has left nothing to do. */
async function undone(campaign: Campaign, reference: Reference): Promise<string[]> {
  const undo = await startRunner({ ...campaign.job, task: "undo" }).ended;
  return [
    ...ended("undone", undo),
    ...(await compared(campaign, reference, "undone")),
    ...(await nothingLeft(campaign, reference)),
  ];
}

async function nothingLeft(campaign: Campaign, reference: Reference): Promise<string[]> {
  const left = (await leftovers(campaign)).filter((process) => !reference.left.has(process));
  return left.length === 0 ? [] : [`processes are left: ${left.join(", ")}`];
}

async function fullDisk(campaign: Campaign, reference: Reference): Promise<string[]> {
  const { job, random } = campaign;
  mkdirSync(job.stateDir, { mode: 0o700 });
  await execa("mount", ["-t", "tmpfs", "-o", "size=3m,mode=0700", "none", job.stateDir]);
  try {
    const runner = startRunner({ ...job, task: "exec" });
    await sleep(random() * reference.execMs);
    const filler = join(job.stateDir, "filler");
    fill(job.stateDir, filler);
    const first = await runner.ended;
    rmSync(filler, { force: true });
    const second = await startRunner({ ...job, task: "resume" }).ended;
    return [
      ...(first.exitCode === 0 || first.exitCode === 1 || first.exitCode === heldOrFull ? [] : ended("full", first)),
      ...ended("gone on with", second),
      ...(await compared(campaign, reference, "done")),
      ...(await undone(campaign, reference)),
    ];
  } finally {
    await execa("umount", [job.stateDir]);
  }
}

/** Writes until nothing more fits. */
function fill(folder: string, file: string): void {
  const { bavail, bsize } = statfsSync(folder);
  for (const bytes of [bavail * bsize, bsize]) {
    try {
      writeFileSync(file, Buffer.alloc(bytes), { flag: "a" });
    } catch {
      // The disk is full now, as intended.
    }
  }
}

async function race(campaign: Campaign, reference: Reference): Promise<string[]> {
  const { job } = campaign;
  const ends = await Promise.all([0, 1].map(() => startRunner({ ...job, task: "exec" }).ended));
  const passed = ends.filter(({ exitCode }) => exitCode === 0);
  const refused = ends.filter(({ exitCode, said }) => exitCode === heldOrFull && said.startsWith("host-held"));
  // Sometimes the second run starts only after the first has ended. Then both pass.
  const right = passed.length >= 1 && passed.length + refused.length === 2;
  const wrong = right ? [] : ends.flatMap((end) => ended("raced", end));
  return [...wrong, ...(await compared(campaign, reference, "done")), ...(await undone(campaign, reference))];
}

function ended(how: string, { exitCode, said }: Ended): string[] {
  return exitCode === 0 ? [] : [`${how}, it ended with ${exitCode}: ${said.split("\n").at(-1)}`];
}

async function compared(campaign: Campaign, reference: Reference, end: "done" | "undone"): Promise<string[]> {
  const now: Look = await campaign.ground.look();
  const names = differences(reference[end], now).filter((name) => !reference.noise.has(name));
  if (names.length === 0) return [];
  const shown = names.slice(0, 8).map((name) => `${name} (${now.get(name) ?? "gone"})`);
  return [`${end}, it differs in ${names.length}: ${shown.join(", ")}`];
}
