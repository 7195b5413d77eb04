import type { Plan, PlanValue } from "../../engine/plan/plan.ts";
import type { Parameter } from "../../language/model/runbook.ts";
import { type Style, styleFor } from "../../terminal/style.ts";
import { pad, widthOf, wrap } from "../../terminal/width.ts";
import { type Context, columnsOf } from "../context.ts";
import { onTerminal } from "../run/reports.ts";

/** What a run is going to do, before it does: runbooks with their steps, and the values. */
export function planLines(
  plan: Plan,
  view: { destination: string | undefined; style: Style; columns: number },
): string[] {
  const { destination, style, columns } = view;
  const count = plan.steps.filter((step) => step.selected).length;
  const where = destination ? `on ${destination}` : "on this machine";
  const names = plan.runbooks.map((runbook) => runbook.id);
  const margin = Math.max(...names.map(widthOf), ...[...plan.values.keys()].map(widthOf)) + 4;
  const row = (name: string, text: string): string[] => {
    const lines = wrap(text, Math.max(20, columns - margin));
    return lines.map((line, index) => `  ${pad(index === 0 ? name : "", margin - 2)}${line}`);
  };
  const lines = [
    `${style("bold", plan.runbook.id)}: ${plan.runbook.title}`,
    style("dim", `${count} ${count === 1 ? "step" : "steps"} ${where}`),
  ];
  for (const runbook of plan.runbooks) {
    const steps = plan.steps.filter((step) => step.runbook.id === runbook.id && step.selected);
    lines.push(...row(runbook.id, steps.map((step) => step.step.id).join(", ") || "no step selected"));
  }
  for (const value of plan.values.values()) lines.push(...row(value.name, valueText(value)));
  return [...lines, ""];
}

/** A value as it is shown: never a secret; of one not yet computed, what its page shows. */
export function valueText(value: PlanValue): string {
  if (value.parameter.secret) return "***";
  if (value.text !== undefined) return value.text === "" ? "(empty)" : value.text.replaceAll("\n", "↵");
  return notYet(value.parameter);
}

function notYet({ default: fallback }: Parameter): string {
  return typeof fallback === "object"
    ? `(worked out on the host, such as ${fallback.example || "nothing"})`
    : "(missing)";
}

/** Prints the plan where people will see the run on a terminal; a record of a run begins with the run. */
export function showPlan({ io, quiet, flags }: Context, plan: Plan, destination: string | undefined): void {
  const reported = (flags.get("report") ?? []).some((report) => !report.includes("="));
  if (quiet || reported || !onTerminal(io)) return;
  const style = styleFor(true, io.env);
  io.out(`${planLines(plan, { destination, style, columns: Math.min(100, columnsOf(io)) }).join("\n")}\n`);
}
