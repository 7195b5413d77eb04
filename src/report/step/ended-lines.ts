import type { EndedWork, RunFinished, RunStarted } from "../../engine/events.ts";
import { cleanLine } from "../../terminal/clean.ts";

/** The background work that ended with the run, a line a step: such a step is not done, and runs again on resume. */
export function endedLines({ ended = [] }: RunFinished): string[] {
  return linesOf(ended, "Ended with the run");
}

/** The background work of earlier runs whose runner was killed. */
export function lostLines({ ended = [] }: RunStarted): string[] {
  const runs = Map.groupBy(ended, ({ of }) => of);
  return [...runs].flatMap(([run, work]) => linesOf(work, `Ended with the run ${run}, which was killed`));
}

function linesOf(ended: readonly EndedWork[], how: string): string[] {
  const steps = Map.groupBy(ended, ({ runbook, step }) => `${runbook}/${step}`);
  return [...steps].map(([key, processes]) => {
    const commands = processes.map(({ command }) => `\`${cleanLine(command)}\``).slice(0, 3);
    const more = processes.length > 3 ? `, and ${processes.length - 3} more` : "";
    const what = processes.every(({ service }) => service) ? `: the service ${key},` : `, so that ${key} is not done:`;
    return `${how}${what} ${commands.join(", ")}${more}`;
  });
}
