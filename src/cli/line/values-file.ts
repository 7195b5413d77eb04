import { RunbookError } from "../../errors/runbook-error.ts";

// A line ends at LF alone: to the dot of an expression U+2028 and U+2029 would end one too.
const LINE = /^([A-Za-z_][A-Za-z0-9_]*)=([^\n]*)$/;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", '"': '"', "\\": "\\" };

/**
 * Reads the lines `NAME=value` of a values file. The rest of a line is the value, as it stands: nothing is
 * evaluated. In single quotes it ends where they do; in double quotes `\n`, `\t`, `\"` and `\\` mean a line
 * feed, a tab, a quote and a backslash. Empty lines and those that begin with `#` say nothing.
 */
export function parseValuesFile(bytes: Uint8Array, file: string): Map<string, string> {
  const values = new Map<string, string>();
  const text = textOf(bytes, file);
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const place = `${file}:${index + 1}`;
    const [, name, written] = LINE.exec(line) ?? [];
    if (name === undefined || written === undefined) {
      // The line itself may be half a secret, so it is not repeated here.
      throw valuesError(`${place}: this is no line NAME=value.`, "Comments begin with # in the first column.");
    }
    if (values.has(name)) throw valuesError(`${place}: ${name} was given before.`, "Give each value once.");
    values.set(name, unquote(written, `${place}: ${name}`));
  }
  return values;
}

function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const before = new TextDecoder().decode(bytes).split("\ufffd")[0] ?? "";
    const place = `${file}:${before.split("\n").length}`;
    throw valuesError(`${place}: this line has bytes that are no UTF-8.`, "Save the file as UTF-8.");
  }
}

function unquote(written: string, place: string): string {
  const quote = written[0];
  if (quote !== '"' && quote !== "'") return written;
  const body = written.slice(1, -1);
  const closed = written.length > 1 && written.endsWith(quote);
  if (quote === "'") {
    if (closed && !body.includes("'")) return body;
    throw valuesError(`${place} begins with a quote that doesn't end with the line.`, QUOTE_HINT);
  }
  if (!closed || !/^(?:[^"\\]|\\[\s\S])*$/.test(body)) {
    throw valuesError(`${place} begins with a quote that doesn't end with the line.`, QUOTE_HINT);
  }
  return body.replace(/\\([\s\S])/g, (whole, character: string) => {
    const meant = ESCAPES[character];
    if (meant !== undefined) return meant;
    throw valuesError(
      `${place} has the unknown escape ${whole}.`,
      'In double quotes there are \\n, \\t, \\" and \\\\.',
    );
  });
}

const QUOTE_HINT = 'Quote the whole value, or none of it; a quote inside double quotes is written \\".';

function valuesError(message: string, hint: string): RunbookError {
  return new RunbookError("bad-values-file", message, { hint });
}
