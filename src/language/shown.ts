import { fillTemplate, type Piece } from "./fill.ts";
import { quoteShell } from "./quote.ts";
import type { Fence, Step } from "./runbook.ts";
import { substitute } from "./substitute.ts";
import { shellTemplate } from "./template.ts";

type Values = ReadonlyMap<string, string>;

/** A step's text as it is shown for some values: in place where that is exact; of a file, its content. */
export function shownText(step: Step, values: Values): string {
  return joined(shownPieces(step, values));
}

/** The same in pieces, each value apart, so that it can be marked. */
export function shownPieces(step: Step, values: Values): Piece[] {
  return step.file
    ? [{ text: substitute(step.fence.text, values) }]
    : fillTemplate(shellTemplate(step.fence.text), values);
}

/** The text that a reader copies: it does the same wherever it is pasted, with nothing set before. */
export function copiedText(step: Step, values: Values): string {
  return step.file ? copiedFile(step, values) : copiedShell(step.fence, values);
}

/** The same for a shell fence that belongs to a step. */
export function copiedShell(fence: Fence, values: Values): string {
  const text = joined(fillTemplate(shellTemplate(fence.text), values));
  const settings = [...values].filter(([name]) => mentions(text, name));
  // Exported, as the runner's are: a program that is called may read it too.
  const lines = settings.map(([name, value]) => `export ${name}=${quoteShell(value)}\n`);
  return lines.join("") + text;
}

/** The bytes that a file step gives its file: the fence's lines, each with its end. */
export function fileContent(step: Step, values: Values): string {
  const text = substitute(step.fence.text, values);
  return text === "" ? "" : `${text}\n`;
}

/** A file is written beside its place and then moved there, so that a link is replaced and never followed. */
function copiedFile(step: Step, values: Values): string {
  const path = substitute(step.file?.path ?? "", values);
  const slash = path.lastIndexOf("/");
  const folder = quoteShell(path.slice(0, slash) || "/");
  const beside = quoteShell(`${path.slice(0, slash)}/.${path.slice(slash + 1)}.XXXXXX`);
  const content = fileContent(step, values);
  const end = delimiterFor(content);
  const place = quoteShell(path);
  const mode = step.file?.mode;
  // Without a mode a file keeps its own, and a new one is readable by all, whatever the reader's umask says.
  const modes = mode
    ? [`  chmod ${mode} "$new" &&`]
    : [`  chmod 0644 "$new" &&`, `  { [ -L ${place} ] || [ ! -f ${place} ] || cp -p ${place} "$new"; } &&`];
  return [
    `mkdir -p ${folder} &&`,
    `  new=$(mktemp ${beside}) &&`,
    ...modes,
    `  cat >"$new" <<'${end}' &&`,
    `${content}${end}`,
    `  mv -fT "$new" ${place}`,
  ].join("\n");
}

function delimiterFor(content: string): string {
  const lines = new Set(content.split("\n"));
  let end = "EOF";
  for (let number = 2; lines.has(end); number++) end = `EOF${number}`;
  return end;
}

// Any mention counts: a name may be read by a program that the text calls, or in arithmetic.
function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`).test(text);
}

function joined(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join("");
}
