import type { RunFinished } from "../engine/events.ts";
import { cleanLine } from "../terminal/clean.ts";

/** What a run's end ended, a line a step: such a step is not done, and runs again when the run is resumed. */
export function endedLines({ ended = [] }: RunFinished): string[] {
  const steps = Map.groupBy(ended, ({ runbook, step }) => `${runbook}/${step}`);
  return [...steps].map(([key, processes]) => {
    const commands = processes.map(({ command }) => `\`${cleanLine(command)}\``).slice(0, 3);
    const more = processes.length > 3 ? `, and ${processes.length - 3} more` : "";
    return `Ended with the run, so that ${key} is not done: ${commands.join(", ")}${more}`;
  });
}
