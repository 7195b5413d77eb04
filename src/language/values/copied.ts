import type { FileTarget } from "../model/runbook.ts";
import { quoteShell } from "../shell/quote.ts";
import { filledText } from "./fill.ts";
import { referredNames, substitute } from "./substitute.ts";
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

/** Names whose values the shell knows when a copied text runs, and no sooner. */
export interface OpenNames {
  known: ReadonlySet<string>;
  /** Without a value where the step that sets it did not apply; then what refers to it stays as it is written. */
  perhaps: ReadonlySet<string>;
}

const none: OpenNames = { known: new Set(), perhaps: new Set() };

/**
 * The command that writes a file: beside its place, unread by others until it has its permissions, and moved there, so
 * that a link is replaced and never followed.
 */
export function copiedFile(file: FileTarget, text: string, values: Values, open: OpenNames = none): string {
  const path = substitute(file.path, values);
  const slash = path.lastIndexOf("/");
  const folder = wordOf(path.slice(0, slash) || "/", open);
  const beside = wordOf(`${path.slice(0, slash)}/.${path.slice(slash + 1)}.XXXXXX`, open);
  const place = wordOf(path, open);
  const content = contentOf(text, values);
  const end = delimiterFor(content, "EOF");
  const { mode } = file;
  // Without a mode a file keeps its own, and a new one is readable by all, whatever the reader's umask says.
  const modes = mode
    ? [`  chmod ${mode} "$new" &&`]
    : [`  chmod 0644 "$new" &&`, `  { [ -L ${place} ] || [ ! -f ${place} ] || cp -p ${place} "$new"; } &&`];
  const write = referredNames(content).some((name) => open.known.has(name) || open.perhaps.has(name))
    ? [`  printf %s ${wordOf(content, open)} >"$new" &&`]
    : [`  cat >"$new" <<'${end}' &&`, `${content}${end}`];
  return [
    "(",
    "  umask 022",
    `  mkdir -p ${folder} &&`,
    // Who owns the folder could put something else in the file's place while root writes it.
    `  { [ -O ${folder} ] || [ "$(id -u)" != 0 ] || { echo "another user owns the folder" >&2; false; }; } &&`,
    `  new=$(mktemp ${beside}) && trap 'rm -f "$new"' EXIT &&`,
    ...modes,
    ...write,
    `  mv -fT "$new" ${place}`,
    ")",
  ].join("\n");
}

/** A text as one word of a shell; what refers to an open value stays a reference, in double quotes. */
function wordOf(text: string, { known, perhaps }: OpenNames): string {
  const parts = text.split(/(\$(?:\{[A-Za-z_][A-Za-z0-9_]*\}|[A-Za-z_][A-Za-z0-9_]*))/);
  const words = parts.map((part, index) => {
    if (index % 2 === 0) return part === "" ? "" : quoteShell(part);
    const name = part.replace(/[${}]/g, "");
    if (known.has(name)) return `"$${name}"`;
    return perhaps.has(name) ? `"\${${name}-${part.replace(/[$}]/g, "\\$&")}}"` : quoteShell(part);
  });
  return words.join("") || "''";
}

/** A heredoc's delimiter that is no line of its text. */
export function delimiterFor(content: string, word: string): string {
  const lines = content.split("\n");
  let end = word;
  for (let number = 2; lines.includes(end); number++) end = word + number;
  return end;
}

/** Whether a text may read a variable: any mention counts, in a program that it calls, or in arithmetic. */
export function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`).test(text);
}
