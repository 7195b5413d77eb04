import { diff } from "node:util";
import type { Plan } from "../../engine/plan/plan.ts";
import { type DryStep, dryRun } from "../../engine/run/dry-run.ts";
import { openHost } from "../../engine/target/host.ts";
import { clean } from "../../terminal/clean.ts";
import { type Mark, type Style, styleFor } from "../../terminal/style.ts";
import { type Context, flagValue } from "../context.ts";
import { watchSignals } from "../signals.ts";

const WORDS: Readonly<Record<DryStep["guard"], readonly [text: string, mark: Mark]>> = {
  done: ["already done: would be skipped", "green"],
  "not done": ["not done: would run", "yellow"],
  "not running": ["a service, which does not run: would be started", "yellow"],
  "not known yet": ["not known yet: an earlier step would have to run first", "yellow"],
  none: ["no guard: would run", "yellow"],
  "not applicable": ["does not apply: would be skipped", "dim"],
  broken: ["its guard is broken: would fail", "red"],
  deselected: ["left out", "dim"],
};

const READS = ["only reads: would run", "dim"] as const;

/** Shows what a run would do: the commands, what the guards say, and how files would change. */
export async function showDryRun(context: Context, plan: Plan): Promise<number> {
  const { io, stateDir, quiet } = context;
  const style = styleFor(Boolean(io.stdout.isTTY), io.env);
  if (!quiet) io.out("A dry run: nothing is run but `when`, guards and defaults that are worked out.\n");
  const { interrupt, stop } = watchSignals();
  const host = await openHost(flagValue(context, "host"), stateDir);
  let broken = false;
  let number = 0;
  try {
    for await (const dry of dryRun(plan, { host, interrupt })) {
      number += 1;
      if (dry.guard === "broken") broken = true;
      if (!quiet || dry.guard === "broken")
        io.out(`\n${stepLines(dry, `${number}/${plan.steps.length}`, style).join("\n")}\n`);
    }
  } finally {
    await host.close();
    stop();
  }
  if (interrupt.first.aborted) return 130;
  return broken ? 1 : 0;
}

function stepLines({ step, commands, guard, detail, before, after }: DryStep, count: string, style: Style): string[] {
  const [words, mark] = guard === "none" && step.step.sets.length > 0 ? READS : WORDS[guard];
  const { key, runbook } = step;
  const on = step.step.on === "host" ? "" : ` on ${step.step.on}`;
  const place = `${runbook.file}:${step.step.fence.span.start.line}`;
  const shown = guard !== "done" && guard !== "not applicable" && guard !== "deselected";
  return [
    `${count} ${style("bold", key)}${on}  ${style("dim", place)}`,
    `  ${style(mark, words)}${detail ? ` (${clean(detail.trim()).split("\n")[0]})` : ""}`,
    ...(shown
      ? clean(commands)
          .split("\n")
          .map((line) => `    ${line}`.trimEnd())
      : []),
    ...(after === undefined || !shown ? [] : diffLines(before, after, style)),
  ];
}

/** How a file would change; whole where there is none yet. */
function diffLines(before: string | undefined, after: string, style: Style): string[] {
  const lines = (text: string): string[] => clean(text).replace(/\n$/, "").split("\n");
  const head = `  ${style("dim", before === undefined ? "a new file:" : "changes of the file:")}`;
  const changes = diff(before === undefined ? [] : lines(before), lines(after));
  return [
    head,
    ...changes.map(([kind, line]) => {
      // `diff` looks from what is to what should be: -1 is only in the second.
      if (kind === -1) return `    ${style("green", `+ ${line}`)}`;
      return kind === 1 ? `    ${style("red", `- ${line}`)}` : `      ${line}`.trimEnd();
    }),
  ];
}
