/** A part of the tests, as far as its place among the others goes. */
export interface Scheduled {
  name: string;
  /**
   * What a stage has to do with the machine: `leaves` it as it is, `changes` it (mounts, interfaces, control groups), or `compares` it
   * before and after. What compares runs beside nothing that changes.
   */
  machine: "leaves" | "changes" | "compares";
  /** The stage that has to end first. */
  after?: string;
  /** Whether a run of this stage holds the same lock as those of the others that say so: one such stage at a time. */
  sharesLock?: boolean;
  /** Whether it waits much of the time, so that it leaves half a core to others. */
  waits?: boolean;
}

/** Runs stages in the order given as far as they may stand beside each other, and as many at once as keep the cores busy. */
export async function schedule<Stage extends Scheduled>(
  stages: readonly Stage[],
  cores: number,
  run: (stage: Stage) => Promise<void>,
): Promise<void> {
  const waiting = [...stages];
  const running = new Map<Stage, Promise<void>>();
  while (waiting.length + running.size > 0) {
    const beside = [...running.keys()];
    const busy = beside.reduce((sum, { waits }) => sum + (waits ? 0.5 : 1), 0);
    const ended = (name: string): boolean => ![...waiting, ...beside].some((stage) => stage.name === name);
    const next = waiting.find(
      (stage) =>
        busy < cores &&
        (stage.after === undefined || ended(stage.after)) &&
        beside.every((other) => mayStandBeside(stage, other)),
    );
    if (next) {
      waiting.splice(waiting.indexOf(next), 1);
      // One that breaks is left there, so that the whole breaks with it.
      running.set(
        next,
        run(next).then(() => void running.delete(next)),
      );
    } else await Promise.race(running.values());
  }
}

function mayStandBeside(one: Scheduled, other: Scheduled): boolean {
  if (one.sharesLock && other.sharesLock) return false;
  const kinds = [one.machine, other.machine];
  return !(kinds.includes("compares") && (kinds.includes("changes") || one.machine === other.machine));
}
