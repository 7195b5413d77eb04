import { runbookOrder } from "../../../language/meaning/order.ts";
import { type Attached, endsWell, type Parameter, type Runbook, type Step } from "../../../language/model/runbook.ts";
import { fillTemplate } from "../../../language/values/fill.ts";
import { shownText } from "../../../language/values/shown.ts";
import { substitute } from "../../../language/values/substitute.ts";
import { shellTemplate } from "../../../language/values/template.ts";
import { clean } from "../../../terminal/clean.ts";
import { type Style, styleFor } from "../../../terminal/style.ts";
import { table } from "../../../terminal/table.ts";
import { duration } from "../../../words/duration.ts";
import { type Context, columnsOf, printJson } from "../../context.ts";
import { givenValues, knownValues } from "../../line/given-values.ts";
import { readRunbook } from "../../pages.ts";
import { describe } from "../../views/describe.ts";

/** Shows a runbook as it will run. */
export async function run(context: Context): Promise<number> {
  const { io } = context;
  const { library, runbook } = await readRunbook(context, context.words[0] ?? "");
  const runbooks = runbookOrder(library.runbooks, runbook.id);
  const given = givenValues(context, runbooks);
  const values = knownValues(runbooks, given);
  if (context.json) {
    printJson(io, describe(runbooks, given, values));
    return 0;
  }
  const style = styleFor(Boolean(io.stdout.isTTY), io.env);
  const view: View = { style, columns: columnsOf(io), values, verbose: context.verbose };
  const total = runbooks.flatMap(({ steps }) => steps).length;
  const lines = [`${style("bold", runbook.id)}: ${clean(runbook.title)}`, ...headLines(runbooks, view)];
  let number = 0;
  for (const one of runbooks) {
    for (const step of one.steps) {
      number += 1;
      lines.push("", ...stepLines(one, step, `${number}/${total}`, view));
    }
  }
  io.out(`${lines.join("\n")}\n`);
  return 0;
}

interface View {
  style: Style;
  columns: number;
  values: ReadonlyMap<string, string>;
  verbose: boolean;
}

function headLines(runbooks: readonly Runbook[], { style, columns, values }: View): string[] {
  const needs = [...new Set(runbooks.flatMap((runbook) => runbook.needs))];
  const parameters = new Map(runbooks.flatMap((runbook) => runbook.params.map((one) => [one.name, one] as const)));
  const valueRows = [...parameters.values()].map((parameter) => [
    `  ${parameter.name}`,
    valueText(parameter, values),
    clean(parameter.description ?? ""),
  ]);
  const targetRows = runbooks.flatMap(({ targets }) =>
    targets.map(({ name, command }) => [`  ${name}`, filled(command, values)]),
  );
  const section = (title: string, rows: string[][]): string[] =>
    rows.length > 0 ? ["", style("bold", title), ...table(rows, columns)] : [];
  return [
    ...section(
      "Runbooks, in order",
      runbooks.map(({ id, file }) => [`  ${id}`, file]),
    ),
    ...(needs.length > 0 ? ["", `${style("bold", "Needs")} ${needs.join(", ")}`] : []),
    ...section("Values", valueRows),
    ...section("Targets", targetRows),
  ];
}

function valueText({ name, default: fallback, secret }: Parameter, values: ReadonlyMap<string, string>): string {
  const value = values.get(name);
  if (value !== undefined) return value === "" ? "(empty)" : clean(value).replaceAll("\n", "↵");
  if (secret) return "(secret)";
  return typeof fallback === "object" ? `(worked out on the host, such as ${fallback.example})` : "(required)";
}

function stepLines(runbook: Runbook, step: Step, count: string, view: View): string[] {
  const { style, values } = view;
  const notes = [
    ...(step.on === "host" ? [] : [`on ${step.on}`]),
    ...(step.sets.length > 0 ? [`sets ${step.sets.join(", ")}`] : []),
    ...(step.retry > 1 ? [`${step.retry} attempts`] : []),
    ...(endsWell(step) ? [] : [`is to exit ${step.exits.join(" or ")}`]),
    ...(step.background ? ["runs beside the steps that follow"] : []),
    ...(step.reboot ? ["restarts the host"] : []),
    ...(step.timeoutMs === undefined ? [] : [`at most ${duration(step.timeoutMs)}`]),
    ...(step.danger === undefined ? [] : [`danger: ${clean(step.danger)}`]),
    ...(step.keeps === undefined ? [] : [`undo leaves it: ${clean(step.keeps)}`]),
  ];
  const place = `${runbook.file}:${step.fence.span.start.line}`;
  const head = `${count} ${style("bold", `${runbook.id}/${step.id}`)}${notes.length > 0 ? ` (${notes.join("; ")})` : ""}`;
  const write = step.file ? `writes ${clean(substitute(step.file.path, values))}` : "run";
  return [
    `${head}  ${style("dim", place)}`,
    ...step.when.flatMap((fence) => attachedLines("when", fence, view)),
    ...step.guard.flatMap((fence) => attachedLines("guard", fence, view)),
    ...labelled(write, shownText(step, values), view),
    ...(step.session && step.output ? labelled("prints", substitute(step.output.text, values), view) : []),
    ...step.proof.flatMap((fence) => attachedLines("proof", fence, view)),
    ...undoLines(step, view),
  ];
}

/** `exec` doesn't run it, and it may be long. */
function undoLines({ undo }: Step, view: View): string[] {
  if (view.verbose) return undo.flatMap((fence) => attachedLines("undo", fence, view));
  return undo.length > 0 ? [`  ${view.style("dim", "undo: shown by --verbose")}`] : [];
}

function attachedLines(label: string, { text, on, withinMs }: Attached, view: View): string[] {
  const notes = [...(on === undefined ? [] : [`on ${on}`]), ...(withinMs ? [`within ${duration(withinMs)}`] : [])];
  return labelled([label, ...notes].join(" "), filled(text, view.values), view);
}

function labelled(label: string, text: string, { style }: View): string[] {
  const lines = clean(text).split("\n");
  return [`  ${style("dim", `${label}:`)}`, ...lines.map((line) => `    ${line}`.trimEnd())];
}

function filled(text: string, values: ReadonlyMap<string, string>): string {
  return fillTemplate(shellTemplate(text), values)
    .map((piece) => piece.text)
    .join("");
}
