import { expect } from "vitest";

/** The lines that GitHub would take as workflow commands: those that stand while commands are not stopped. */
export function commands(log: string): string[] {
  const taken: string[] = [];
  let token: string | undefined;
  for (const line of log.split("\n")) {
    if (token !== undefined) {
      if (line === `::${token}::`) token = undefined;
      continue;
    }
    const stop = /^::stop-commands::(.+)$/.exec(line)?.[1];
    if (stop) token = stop;
    else if (line.trimStart().startsWith("::") || line.includes("##[")) taken.push(line);
  }
  expect(token).toBeUndefined();
  return taken;
}
