import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../checkout.ts";
import { fileGuardText, fileWriteText, permissionsOf } from "../../engine/step/file/file-step.ts";
import {
  type Attached,
  endsWell,
  type FileTarget,
  type Parameter,
  type Runbook,
  type Step,
} from "../../language/model/runbook.ts";
import { quoteShell } from "../../language/shell/quote.ts";
import { cleanTitle } from "../../terminal/clean.ts";
import { expectation } from "./expectation.ts";
import { toPosixExpression } from "./expression.ts";

/** One bash script that does what the runbooks do, in order, and needs nothing but bash and the usual tools. */
export function exportScript(runbooks: readonly Runbook[], given: ReadonlyMap<string, string>): string {
  const own = runbooks.at(-1);
  const total = runbooks.reduce((sum, runbook) => sum + runbook.steps.length, 0);
  const parameters = new Map(runbooks.flatMap((runbook) => runbook.params.map((one) => [one.name, one] as const)));
  const names = namesOf(runbooks);
  return [
    "#!/usr/bin/env bash",
    comment(`${own?.id}: ${own?.title}`),
    comment(
      `Made by \`./runbook export ${own?.id} --to sh\`. Steps whose work is done are skipped; it is gone on with by`,
    ),
    comment(
      "running it again. With the word `undo` it takes away what it did, each step from a fresh shell. It does not",
    ),
    comment("keep others from the host meanwhile. --help lists the values."),
    "",
    ...["values.bash", "shells.bash", "steps.bash", "undo.bash"].map(runtime),
    ...fileLibrary(),
    "# ---- The runbook itself.",
    "",
    `total=${total}`,
    ...[...parameters.values()].flatMap((parameter) => parameterLines(parameter, given)),
    ...targetLines(runbooks),
    ...computingLines(runbooks, given),
    'arguments "$@"',
    ...(runbooks.some(({ needs }) => needs.includes("root")) ? [ROOT_CHECK] : []),
    "settle",
    `keep ${own?.id}`,
    "",
    ...runbooks.flatMap((runbook) => [
      `[[ $verb == undo ]] || runbook ${runbook.id} # ${oneLine(runbook.title)}`,
      "",
      ...runbook.steps.flatMap((step) => [...stepLines(runbook, step, names), ""]),
    ]),
    "[[ $verb != undo ]] || undo_all",
    "",
  ].join("\n");
}

/** All names that a step may find a value under. */
export function namesOf(runbooks: readonly Runbook[]): Set<string> {
  return new Set(
    runbooks.flatMap(({ params, steps }) => [...params.map(({ name }) => name), ...steps.flatMap(({ sets }) => sets)]),
  );
}

export function targetLines(runbooks: readonly Runbook[]): string[] {
  return runbooks.flatMap(({ targets }) =>
    targets.map(({ name, command }) => `target ${quoteShell(name)} ${quoteShell(command)}`),
  );
}

/** The defaults that are worked out on the host, each before the first runbook that has it. */
export function computingLines(runbooks: readonly Runbook[], given: ReadonlyMap<string, string>): string[] {
  const computing = new Set<string>();
  return runbooks.flatMap((runbook) =>
    runbook.params.flatMap(({ name, default: fallback }) => {
      if (typeof fallback !== "object" || given.has(name) || computing.has(name)) return [];
      computing.add(name);
      return heredoc(`computes ${name} ${runbook.id}`, fallback.command);
    }),
  );
}

const ROOT_CHECK = `[[ $(id -u) == 0 ]] || die 3 "This needs root: sudo bash $0 $*"`;

export function runtime(name: string): string {
  return readFileSync(join(checkout, "src/cli/export", name), "utf8");
}

export function comment(text: string): string {
  return `# ${oneLine(text)}`;
}

function oneLine(text: string): string {
  return cleanTitle(text);
}

export function parameterLines(parameter: Parameter, given: ReadonlyMap<string, string>): string[] {
  const { name, description = "", pattern, enum: choices, list, secret, multiline, default: fallback } = parameter;
  const kinds = [...(list ? ["list"] : []), ...(secret ? ["secret"] : []), ...(multiline ? ["multiline"] : [])];
  const value = given.get(name) ?? (typeof fallback === "string" ? fallback : undefined);
  return [
    `param ${name} ${quoteShell(cleanTitle(description))}${kinds.length > 0 ? ` ${quoteShell(kinds.join(" "))}` : ""}`,
    // grep's Perl expressions have what POSIX has not.
    ...(pattern === undefined
      ? []
      : [`matches ${name} ${quoteShell(toPosixExpression(pattern) ?? `perl:\\A(?:${pattern})\\z`)}`]),
    ...(choices ? [`one_of ${name} ${quoteShell(choices.join(" "))}`] : []),
    ...(value === undefined || secret ? [] : [`default ${name} ${quoteShell(value)}`]),
  ];
}

export function stepLines(runbook: Runbook, step: Step, names: ReadonlySet<string>): string[] {
  const { id, on, fence, file, timeoutMs, retry, sets, danger, output, background } = step;
  const attached = (fences: readonly Attached[]): string[] => fences.flatMap((one) => attachedLines(one, on));
  return [
    `step ${runbook.id}/${id} ${quoteShell(on)} ${quoteShell(`${runbook.file}:${fence.span.start.line}`)}`,
    ...(timeoutMs === undefined ? [] : [`limit ${seconds(timeoutMs)}`]),
    ...(background ? ["background"] : []),
    ...(endsWell(step) ? [] : [`exits ${step.exits.join(" ")}`]),
    ...(retry > 1 ? [`tries ${retry}`] : []),
    ...(sets.length > 0 ? [`sets ${sets.join(" ")}`] : []),
    ...(danger === undefined ? [] : [`danger ${quoteShell(danger)}`]),
    ...(output ? [`output ${expectation(output.text, names).map(quoteShell).join(" ")}`] : []),
    ...attached(step.when),
    ...attached(step.guard),
    ...(file ? heredoc(`file ${quoteShell(file.path)} ${modeWords(file)}`, fence.text) : heredoc("body", fence.text)),
    ...attached(step.proof),
    ...attached(step.undo),
    "go",
  ];
}

/** A file's mode as `chmod` takes it and as `ls` writes it; both empty where its page names none. */
function modeWords({ mode }: FileTarget): string {
  return mode === undefined ? "'' ''" : `${mode} ${permissionsOf(Number.parseInt(mode, 8))}`;
}

/** The commands of file steps, as the engine's own steps have them. */
export function fileLibrary(): string[] {
  return [
    "# ---- What writes files on a target.",
    "",
    ...heredoc("IFS= read -r -d '' file_guard", fileGuardText),
    ...heredoc("IFS= read -r -d '' file_write", fileWriteText),
    "",
  ];
}

function attachedLines({ role, text, on, withinMs, timeoutMs }: Attached, stepTarget: string): string[] {
  const usual = role === "undo" ? "$((2 * check_limit))" : "$check_limit";
  const limit = timeoutMs === undefined ? usual : seconds(timeoutMs);
  const within = role === "proof" ? ` ${seconds(withinMs ?? 0)}` : "";
  return heredoc(`${role} ${quoteShell(on ?? stepTarget)} "${limit}"${within}`, text);
}

function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000);
}

/** A command that reads a text; its end mark is one that no line of the text is. */
export function heredoc(command: string, text: string): string[] {
  const lines = text === "" ? [] : text.split("\n");
  let end = "END";
  for (let number = 2; lines.includes(end); number += 1) end = `END${number}`;
  return [`${command} <<'${end}'`, ...lines, end];
}
