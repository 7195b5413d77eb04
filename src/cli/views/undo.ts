import type { UndoPlan } from "../../engine/plan/undo/undo-plan.ts";
import { clean } from "../../terminal/clean.ts";
import { styleFor } from "../../terminal/style.ts";
import { table } from "../../terminal/table.ts";
import type { Context } from "../context.ts";
import { afterRun } from "../run/next-lines.ts";

/** Prints what an undo is going to do: the steps, last first, and what stays. */
export function showUndo(context: Context, undo: UndoPlan): void {
  const { io, quiet, flags } = context;
  const nothingToDo = undo.steps.length === 0;
  if (quiet && !nothingToDo) return;
  const style = styleFor(Boolean(io.stdout.isTTY), io.env);
  const rows = (entries: readonly (readonly [string, string])[]): string[] =>
    table(entries.map(([key, why]) => [`  ${key}`, clean(why)]));
  const { takeAway } = afterRun(context);
  const stays = [
    ...undo.kept.map(({ key, why, otherToday }) => {
      return [key, otherToday ? `${why}; today's page has one, which --current takes` : why] as const;
    }),
    ...undo.held.map(({ key, run }) => [key, `run ${run} stands on it: undo that first (${takeAway(run)})`] as const),
  ];
  const lines = [
    `${style("bold", "Undo")} of ${undo.title}`,
    ...rows(undo.steps.map((item) => [item.step.key, noteOf(item)])),
    // Earlier runs may have left the same behind.
    ...(stays.length > 0 ? ["What stays:", ...new Set(rows(stays))] : []),
    ...(nothingToDo ? ["Nothing is undone."] : []),
    "",
  ];
  // What is shown in place of the usual report belongs to a program.
  const reported = (flags.get("report") ?? []).some((report) => !report.includes("="));
  (reported ? io.err : io.out)(`${lines.join("\n")}\n`);
}

function noteOf({ run, otherToday }: UndoPlan["steps"][number]): string {
  if (run === undefined) return "where its guard says done";
  return otherToday ? "as it was when it ran; today's page has another undo, which --current takes" : "";
}
