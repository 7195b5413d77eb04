import type { FileTarget } from "../model/runbook.ts";
import { quoteShell } from "../shell/quote.ts";
import { filledText } from "./fill.ts";
import { substitute } from "./substitute.ts";
import type { Template } from "./template.ts";

type Values = ReadonlyMap<string, string>;

// What a reader copies, from templates: it needs no parser, so that a browser can make it.

/** The text of a shell fence, with what it refers to set before where it can't stand in place. */
export function copiedTemplate(template: Template, values: Values): string {
  const text = filledText(template, values);
  const settings = [...values].filter(([name]) => mentions(text, name));
  // Exported, as the runner's are: a program that is called may read it too.
  const lines = settings.map(([name, value]) => `export ${name}=${quoteShell(value)}\n`);
  return lines.join("") + text;
}

/** The bytes of a file: the fence's lines, each with its end. */
export function contentOf(text: string, values: Values): string {
  const filled = substitute(text, values);
  return filled === "" ? "" : `${filled}\n`;
}

/** A file is written beside its place and then moved there, so that a link is replaced and never followed. */
export function copiedFile(file: FileTarget, text: string, values: Values): string {
  const path = substitute(file.path, values);
  const slash = path.lastIndexOf("/");
  const folder = quoteShell(path.slice(0, slash) || "/");
  const beside = quoteShell(`${path.slice(0, slash)}/.${path.slice(slash + 1)}.XXXXXX`);
  const content = contentOf(text, values);
  const end = delimiterFor(content, "EOF");
  const place = quoteShell(path);
  const { mode } = file;
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

/** A heredoc's delimiter that is no line of its text. */
export function delimiterFor(content: string, word: string): string {
  const lines = content.split("\n");
  let end = word;
  for (let number = 2; lines.includes(end); number++) end = word + number;
  return end;
}

// Any mention counts: a name may be read by a program that the text calls, or in arithmetic.
function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`).test(text);
}
